"""Lines of townships for inclusion into monitoring, and the discontinuity of income at them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.designs.judged import judged_estimate
from analysis.designs.kinds import Check, DesignEstimate
from analysis.designs.line_checks import line_checks
from analysis.designs.line_split import at_lines, line_names, split_at
from analysis.estimates.discontinuity.break_line import Line, Lines, find_lines
from analysis.estimates.discontinuity.cross_fit import CrossFit
from analysis.estimates.discontinuity.local_polynomial import LocalPolynomial
from analysis.estimates.effects import SEED
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.power import detectable_by
from analysis.estimates.results import Estimate
from analysis.panel.build import Panel
from analysis.panel.screening import screening
from analysis.region import Region

NEEDED = {"identified_month", "township_code", "village_code", "income_nominal", "subsidies", "posts"}
SPLITS = 3
WHOLE_YUAN = 1.0
"""A discontinuity that could not tell a yuan for a yuan from nothing is refused."""
SAYS = "households just below their township's line, as it is found among others, against those just above"


@dataclass(frozen=True, slots=True)
class TownshipLine:
    """The line of one township on all households, and those on two random halves.

    `jump` is the rate of inclusion below less above the line of the other half.
    """

    found: Line
    first: float | None
    second: float | None
    jump: Estimate | None


@dataclass(frozen=True, slots=True, eq=False)
class TownshipLines:
    """Lines as distances from the official line, in shares of it, and the pass-through at them.

    `effect` is refused where it could not be told from nothing, or where the line moves other help.
    """

    lines: tuple[TownshipLine, ...]
    effect: DesignEstimate
    checks: tuple[Check, ...]


def township_lines(panel: Panel, region: Region) -> TownshipLines | NotApplicable:
    """Return the lines and the discontinuity at them, or what keeps these records from it."""
    name = "Discontinuity at the lines"
    if not set(panel.frame) >= NEEDED or not region.line_by_year:
        reason = "it needs months of inclusion, townships, an official line, subsidies and posts"
        return NotApplicable(name, reason)
    return attempted(name, lambda: lines_of(panel, screening(panel.frame, region.line_by_year)))


def lines_of(panel: Panel, rows: pd.DataFrame) -> TownshipLines:
    """Return everything about the lines, from the split of median power."""
    splits = sorted(
        (split_at(rows, panel, SEED + number) for number in range(SPLITS)),
        key=lambda split: detectable_by(split.found.robust).value,
    )
    split = splits[SPLITS // 2]
    moved = at_lines(split.rows, panel, "posts")
    return TownshipLines(
        lines=tuple(with_halves(find_lines(rows, **line_names()), split.lines)),
        effect=judged_lines(split.found, moved),
        checks=line_checks(split, at_lines(split.rows, panel, "included"), moved),
    )


def judged_lines(found: LocalPolynomial, moved: LocalPolynomial) -> DesignEstimate:
    """Return the pass-through at the lines, refused without power or where posts jump there as well."""
    judged = judged_estimate("lines", "Discontinuity at the lines", SAYS, found.robust, WHOLE_YUAN)
    elsewhere = not moved.robust.conf_low <= 0 <= moved.robust.conf_high
    if elsewhere and not judged.refused:
        return replace(judged, refused="inclusion moves posts as well")
    return judged


def with_halves(everywhere: Lines, split: CrossFit) -> Iterator[TownshipLine]:
    """Yield each township that has a line on all households, with what the halves say of it."""
    jumps = {jump.term: jump for jump in split.strengths}
    first, second = split.first.by_group(), split.second.by_group()
    for line in everywhere.lines:
        yield TownshipLine(line, first.get(line.group), second.get(line.group), jumps.get(str(line.group)))

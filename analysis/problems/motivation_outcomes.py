"""What officials do and how households fare in each township, by the records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.shares import Share, share_of
from analysis.panel.build import Panel
from analysis.panel.screening import screening
from analysis.problems.after_exit import after_exit
from analysis.problems.audit import Violation, exit_audit, inclusion_audit, post_audit
from analysis.problems.average import Average
from analysis.problems.exit import NEEDED as EXITS
from analysis.problems.exits import against_line, exit_decisions
from analysis.problems.inclusion import NEEDED as INCLUSIONS
from analysis.problems.inclusion_errors import inclusion_errors
from analysis.problems.waiting import waiting
from analysis.region import Region

RULES = ("late", "post_old", "post_idle", "exit_below", "exit_helpless")
"""Audit rules that tell of the diligence of officials."""

Cells = Mapping[str, Share | Average]


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Outcomes by name, each by township code, and the audit rules of `RULES` that could be checked."""

    cells: Mapping[str, Cells] = field(repr=False)
    rules: Mapping[str, Violation] = field(repr=False)


def outcomes_of(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> Outcomes:
    """Return the outcomes that the records give."""
    frame = panel.frame
    if "township_code" not in frame:
        return Outcomes({}, {})
    included = set(frame) >= INCLUSIONS | {"under_monitoring"} and frame["identified_month"].notna().any()
    watched = bool(included) and bool(region.line_by_year)
    exits = watched and set(frame) >= EXITS
    removals = against_line(exit_decisions(frame), region.line_by_year) if exits else None
    every = {rule.name: rule for rule in rules_of(frame, tables, removals, watched)}
    rules = {name: every[name] for name in RULES if name in every}
    cells = {
        **(dict(inclusion_cells(frame, region)) if watched else {}),
        **{name: rule.by_township() for name, rule in rules.items()},
        **({} if removals is None else return_cells(frame, removals)),
        **below_cells(panel.study),
    }
    return Outcomes(cells, rules)


def rules_of(
    frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame], removals: pd.DataFrame | None, watched: bool
) -> Iterator[Violation]:
    """Yield the audit rules that the records allow to check."""
    yield from inclusion_audit(frame, tables) if watched else post_audit(frame, tables)
    if removals is not None:
        yield from exit_audit(removals)


def inclusion_cells(frame: pd.DataFrame, region: Region) -> Iterator[tuple[str, Cells]]:
    """Yield months from alert to inclusion, and both errors under the official line."""
    waits = waiting(frame)
    if not isinstance(waits, NotApplicable):
        yield "wait", waits.townships
    errors = inclusion_errors(screening(frame, region.line_by_year)).townships
    yield "left_out", {code: own.left_out for code, own in errors.items()}
    yield "beyond", {code: own.beyond for code, own in errors.items()}


def return_cells(frame: pd.DataFrame, removals: pd.DataFrame) -> dict[str, Cells]:
    """Return the shares below the line in the year after removal."""
    after = after_exit(frame, removals)
    return {} if isinstance(after, NotApplicable) else {"back": after.townships}


def below_cells(study: pd.DataFrame) -> dict[str, Cells]:
    """Return the shares of households below the line in the last year."""
    if "below_line" not in study:
        return {}
    last = study[study["year"] == study["year"].max()]
    below = (last["below_line"] == 1).groupby(last["township_code"].astype(str))
    return {"below_line": {str(code): share_of(own) for code, own in below}}

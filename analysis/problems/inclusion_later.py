"""Knowledge or drift: whether households taken in beyond the official line did worse later."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.shares import Share, share_of
from analysis.problems.lines_applied import ROUNDING, LinesApplied
from analysis.problems.slope import Slope
from analysis.problems.township_slope import township_slope

KEY = ["household_id", "year"]
NEAR = 0.20
"""Risks are compared among households whose income was this close to the official line, share of it."""
TENTH = 0.1
GROUPS = ("taken in below the official line", "taken in beyond it", "left out below it", "neither")
FEWEST = 20


@dataclass(frozen=True, slots=True, eq=False)
class Later:
    """Shares below the line in the year after the decision by group.

    `extra` is the share below the line of households taken in beyond the official line less that of those
    below it. `risk` is by how much the share rises, among households of equal income that were not taken
    in, where the line of the township is a tenth of the official line higher: townships that know of
    risks set higher lines where they are.
    """

    below: Mapping[str, Share]
    extra: Slope | NotApplicable
    risk: Slope | NotApplicable


def inclusion_later(
    panel: pd.DataFrame, rows: pd.DataFrame, lines: LinesApplied | NotApplicable
) -> Later | NotApplicable:
    """Return what became of households near the official line one year after the decision."""
    name = "later income"
    if isinstance(lines, NotApplicable):
        return NotApplicable(name, lines.reason)
    if "below_line" not in panel:
        return NotApplicable(name, "income is not known against the line")
    after = panel[[*KEY, "below_line"]].assign(year=panel["year"] - 1)
    after = after.rename(columns={"below_line": "later"})
    near = rows[rows["distance"].abs() < NEAR].drop(columns=["below_line"])
    known = near.merge(after, on=KEY, how="inner", validate="one_to_one")
    known = known.assign(group=groups_of(known))
    below = {name: share_of(known.loc[known["group"] == name, "later"] == 1) for name in GROUPS}
    return Later(
        below=below,
        extra=difference(below[GROUPS[1]], below[GROUPS[0]]),
        risk=risk_at_equal_income(known, lines),
    )


def groups_of(rows: pd.DataFrame) -> pd.Series:
    """Return what became of each household by its income against the official line and the decision."""
    below, taken = rows["distance"] < 0, rows["included"] == 1
    choice = np.select([taken & below, taken, below], GROUPS[:3], GROUPS[3])
    return pd.Series(choice, index=rows.index)


def difference(first: Share, second: Share) -> Slope | NotApplicable:
    """Return a difference of two shares with the interval of Newcombe (1998) from Wilson's intervals."""
    if min(first.n, second.n) < FEWEST:
        reason = f"groups of {first.n} and {second.n}, fewer than {FEWEST}"
        return NotApplicable("difference of shares", reason)
    gap = first.value - second.value
    down = np.hypot(first.value - first.low, second.high - second.value)
    up = np.hypot(first.high - first.value, second.value - second.low)
    return Slope(gap, gap - float(down), gap + float(up), first.n + second.n)


def risk_at_equal_income(known: pd.DataFrame, lines: LinesApplied) -> Slope | NotApplicable:
    """Return the slope of later shares on the township's line, in tenths of the official line."""
    found = lines.spread
    if found.spread.low <= ROUNDING:
        return NotApplicable("risk by line", "the lines do not surely differ")
    height = {str(code): line / TENTH for code, line in zip(found.groups, found.spread.means, strict=True)}
    rows = known[known["included"] == 0]
    rows = rows.assign(line=rows["township_code"].astype(str).map(height)).dropna(subset=["line"])
    return township_slope(rows, "later", "line", ("distance",))

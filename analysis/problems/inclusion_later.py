"""Knowledge or drift: whether households taken in beyond the official line did worse later."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.means import mean
from analysis.estimates.shares import Share, share_of
from analysis.panel.income import OWN_PAYMENT
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
    """Shares below the line in the year after the decision by group, and `help` received in that year.

    Help is income per capita from subsidies, projects and posts, mean yuan of the base year; a group without
    rows has none.

    `extra` is the share below the line of households taken in beyond the official line less that of those
    below it. `risk` is by how much the share rises, among households of equal income that were not taken
    in, where the line of the township is a tenth of the official line higher: townships that know of
    risks set higher lines where they are.
    """

    below: Mapping[str, Share]
    help: Mapping[str, IndexEstimate]
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
    received = panel[list(OWN_PAYMENT.values())].sum(axis="columns")
    after = panel[[*KEY, "below_line"]].assign(year=panel["year"] - 1, help=received)
    after = after.rename(columns={"below_line": "later"})
    near = rows[rows["distance"].abs() < NEAR].drop(columns=["below_line"])
    known = near.merge(after, on=KEY, how="inner", validate="one_to_one")
    known = known.assign(group=groups_of(known))
    later, households = known["later"] == 1, known["household_id"]
    below = {name: share_of(later[known["group"] == name], households) for name in GROUPS}
    return Later(
        below=below,
        help={str(name): mean(own, "help", clusters="household_id") for name, own in known.groupby("group")},
        extra=taken_beyond(below),
        risk=risk_at_equal_income(known, lines),
    )


def groups_of(rows: pd.DataFrame) -> pd.Series:
    """Return what became of each household by its income against the official line and the decision."""
    below, taken = rows["distance"] < 0, rows["included"] == 1
    choice = np.select([taken & below, taken, below], GROUPS[:3], GROUPS[3])
    return pd.Series(choice, index=rows.index)


def taken_beyond(below: Mapping[str, Share]) -> Slope | NotApplicable:
    """Return the share of those taken in beyond the line less that of those taken in below it."""
    few = [f"{below[name].n} {name}" for name in GROUPS[:3] if below[name].n < FEWEST]
    if few:
        return NotApplicable("difference of shares", f"{' and '.join(few)}, fewer than {FEWEST}")
    return difference(below[GROUPS[1]], below[GROUPS[0]])


def difference(first: Share, second: Share) -> Slope:
    """Return a difference of two shares with the interval of Newcombe (1998) from Wilson's intervals."""
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

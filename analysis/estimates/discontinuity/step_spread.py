"""How far the lines of groups differ, where some groups have few decisions near their line."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.discontinuity.break_line import LineColumns, complete_decisions
from analysis.estimates.regressors import Floats
from analysis.estimates.spread import Spread, spread_between

ROUNDS = 25
CLOSE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class StepSpread:
    """The spread of lines between `groups`, and the rates of the decision below and above all lines."""

    groups: tuple[object, ...]
    spread: Spread
    rate_below: float
    rate_above: float
    n_obs: int


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Decisions by group and candidate line: yes and no below it and not below it."""

    yes_below: Floats
    no_below: Floats
    yes_above: Floats
    no_above: Floats

    def likelihood(self, below: float, above: float) -> Floats:
        """Return the log likelihood of every candidate at two rates of yes."""
        return (
            self.yes_below * np.log(below)
            + self.no_below * np.log1p(-below)
            + self.yes_above * np.log(above)
            + self.no_above * np.log1p(-above)
        )

    def rates(self, weights: Floats) -> tuple[float, float]:
        """Return the rates of yes on both sides of lines that are as likely as `weights`; none is 0 or 1."""
        yes_below, no_below = (weights * self.yes_below).sum(), (weights * self.no_below).sum()
        yes_above, no_above = (weights * self.yes_above).sum(), (weights * self.no_above).sum()
        below = (yes_below + 0.5) / (yes_below + no_below + 1)
        return float(below), float((yes_above + 0.5) / (yes_above + no_above + 1))


def counts_of(rows: pd.DataFrame, names: LineColumns, grid: Floats) -> tuple[tuple[object, ...], Counts]:
    """Return the groups in order and their decisions on both sides of every candidate."""
    groups, parts = [], []
    for group, own in rows.groupby(names.group, observed=True):
        place = np.searchsorted(grid, own[names.running].to_numpy(dtype=float), side="right")
        decision = own[names.decision].to_numpy(dtype=float)
        yes = np.bincount(place, decision, minlength=len(grid) + 1)
        no = np.bincount(place, 1 - decision, minlength=len(grid) + 1)
        below_yes, below_no = np.cumsum(yes)[:-1], np.cumsum(no)[:-1]
        groups.append(group)
        parts.append(np.stack([below_yes, below_no, yes.sum() - below_yes, no.sum() - below_no]))
    return tuple(groups), Counts(*np.stack(parts, axis=1))


def step_spread(
    frame: pd.DataFrame, *, decision: str, running: str, group: str, entity: str, grid: Floats
) -> StepSpread:
    """Return how far the lines of groups differ: `P(d = 1) = a` below the group's line and `b` from it on.

    The rates a and b are taken to be the same in all groups, lines to be normal over them; both are fitted in
    turn (Dempster, Laird and Rubin 1977). Unlike `find_lines` it needs no least number of decisions on each
    side of a line. Candidates are the points of `grid`. Raises `Faults` for unfit columns.
    """
    names = LineColumns(decision, running, group, entity)
    rows, _ = complete_decisions(frame, names, least=1)
    groups, counts = counts_of(rows, names, grid)
    everywhere = np.full((len(groups), len(grid)), 1 / len(grid))
    best = np.array([counts.likelihood(*rates_at(counts, j)).sum(axis=0)[j] for j in range(len(grid))])
    rates = rates_at(counts, int(best.argmax()))
    weights = everywhere
    for _ in range(ROUNDS):
        spread = spread_between(counts.likelihood(*rates), grid)
        before, rates = rates, counts.rates(spread.weights)
        if max(abs(rates[0] - before[0]), abs(rates[1] - before[1])) < CLOSE:
            break
    return StepSpread(groups, spread, rates[0], rates[1], len(rows))


def rates_at(counts: Counts, position: int) -> tuple[float, float]:
    """Return the rates of yes if all groups had the same line."""
    weights = np.zeros_like(counts.yes_below)
    weights[:, position] = 1.0
    return counts.rates(weights)

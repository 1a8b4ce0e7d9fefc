"""How far the lines of groups differ, where some groups have few decisions near their line."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from analysis.estimates.discontinuity.break_line import LineColumns, complete_decisions
from analysis.estimates.regressors import Floats
from analysis.estimates.spread import Spread, spread_between

STEPS = (-2.0, -1.0, 0.0, 1.0, 2.0)
"""Standard errors from rates that are tried."""


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

    def rates(self, weights: Floats) -> tuple[Floats, Floats]:
        """Return rates of yes and rows below and above lines as likely as `weights`; no rate is 0 or 1."""
        yes_below, no_below = (weights * self.yes_below).sum(), (weights * self.no_below).sum()
        yes_above, no_above = (weights * self.yes_above).sum(), (weights * self.no_above).sum()
        yes, rows = np.array([yes_below, yes_above]), np.array([yes_below + no_below, yes_above + no_above])
        return (yes + 0.5) / (rows + 1), rows + 1


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
    frame: pd.DataFrame,
    *,
    decision: str,
    running: str,
    group: str,
    entity: str,
    grid: Floats,
    tolerance: float = 0.0,
) -> StepSpread:
    """Return how far the lines of groups differ: `P(d = 1) = a` below the group's line and `b` from it on.

    The rates a and b are taken to be the same in all groups, lines to be normal over them. Rates from the
    best common line and from the best line of each group, and rates a few standard errors around them, are
    the layers of `spread_between`. Unlike `find_lines` it needs no least number of decisions on each side of
    a line. Candidates are the points of `grid`; the test is that lines differ by no more than `tolerance`.
    Raises `Faults` for unfit columns.
    """
    names = LineColumns(decision, running, group, entity)
    rows, _ = complete_decisions(frame, names, least=1)
    groups, counts = counts_of(rows, names, grid)
    tried = np.concatenate([around(rates, sizes) for rates, sizes in ends(counts)])
    layers = np.array([counts.likelihood(*rates) for rates in tried])
    spread = spread_between(layers, grid, tolerance=tolerance)
    below, above = spread.layers @ tried
    return StepSpread(groups, spread, float(below), float(above), len(rows))


def ends(counts: Counts) -> Iterator[tuple[Floats, Floats]]:
    """Yield rates and rows on both sides of the best common line, then of each group's best line."""
    n_groups, n_lines = counts.yes_below.shape

    def at(positions: NDArray[np.int64]) -> tuple[Floats, Floats]:
        return counts.rates(np.eye(n_lines)[positions])

    commons = [at(np.full(n_groups, j)) for j in range(n_lines)]
    fit = [float(counts.likelihood(*rates)[:, j].sum()) for j, (rates, _) in enumerate(commons)]
    common = commons[int(np.argmax(fit))]
    yield common
    yield at(counts.likelihood(*common[0]).argmax(axis=1))


def around(rates: Floats, sizes: Floats) -> Floats:
    """Return pairs of rates around a pair, by standard errors of their log odds."""
    odds, errors = logit(rates), 1 / np.sqrt(sizes * rates * (1 - rates))
    below, above = (expit(odds[side] + errors[side] * np.array(STEPS)) for side in (0, 1))
    return np.array([(a, b) for a in below for b in above])

"""The bootstrap test of one more threshold."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.estimates.regressors import Floats
from analysis.estimates.threshold.balanced import BalancedPanel
from analysis.estimates.threshold.search import Grid

Resampling = Literal["wild", "entity"]
CHUNK = 2**21
"""Numbers in the largest array of a chunk of draws."""
ROUNDING = 1e-20
"""Share of the outcome's variation below which a sum of squares is rounding."""


@dataclass(frozen=True, slots=True)
class ThresholdTest:
    """The test of `number` thresholds against one fewer: `F = (S_{k-1} - S_k) / (S_k / n(T-1))`."""

    number: int
    statistic: float
    p_value: float
    draws: int
    resampling: Resampling


def bootstrap_test(
    grid: Grid,
    y: Floats,
    null: tuple[int, ...],
    alternative: tuple[int, ...],
    draws: int,
    resampling: Resampling,
    random: np.random.Generator,
) -> ThresholdTest:
    """Return the bootstrap test of one more threshold than `null`."""
    left = grid.residuals(y[:, None], null)
    smaller = float(np.square(left).sum())
    larger = float(np.square(grid.residuals(y[:, None], alternative)).sum())
    larger = max(larger, ROUNDING * float(np.square(y - y.mean()).sum()))
    statistic = (smaller - larger) / (larger / grid.panel.df)
    under_null = np.concatenate(
        [
            statistics_of(grid, resampled(grid.panel, left[:, 0], number, resampling, random), null)
            for number in chunks(draws, len(y))
        ]
    )
    return ThresholdTest(
        number=len(alternative),
        statistic=statistic,
        p_value=float((1 + (under_null >= statistic).sum()) / (draws + 1)),
        draws=draws,
        resampling=resampling,
    )


def chunks(draws: int, n_rows: int) -> list[int]:
    """Return how many draws to make at a time, so that no array grows beyond `CHUNK` numbers."""
    size = max(CHUNK // n_rows, 1)
    return [min(size, draws - start) for start in range(0, draws, size)]


def statistics_of(grid: Grid, outcomes: Floats, null: tuple[int, ...]) -> Floats:
    """Return the statistic of one more threshold than `null` for each outcome (n by m), m."""
    residuals = grid.residuals(outcomes, null)
    gained = grid.reductions(residuals, null).max(axis=0)
    return gained / ((np.square(residuals).sum(axis=0) - gained) / grid.panel.df)


def resampled(
    panel: BalancedPanel, residual: Floats, draws: int, resampling: Resampling, random: np.random.Generator
) -> Floats:
    """Return outcomes under the null, n by draws: residuals with new signs, or those of other entities."""
    if resampling == "wild":
        signs = random.choice([-1.0, 1.0], (panel.clusters.max() + 1, draws))
        return residual[:, None] * signs[panel.clusters]
    paths = residual.reshape(panel.n_entities, panel.n_periods)
    picked = random.integers(panel.n_entities, size=(draws, panel.n_entities))
    return paths[picked].reshape(draws, -1).T

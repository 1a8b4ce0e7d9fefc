"""Hansen's panel threshold regression: where an effect changes, and whether it does."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped, Estimate
from analysis.estimates.threshold.balanced import BalancedPanel, ThresholdDesign, balanced_panel
from analysis.estimates.threshold.search import Grid, grid_of, sequential
from analysis.estimates.threshold.threshold_bootstrap import (
    ROUNDING,
    Resampling,
    ThresholdTest,
    bootstrap_test,
)
from analysis.faults import Fault, Faults

MOST = 3


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold in units of its variable, and the hull of the values that the ratio test does not reject.

    It ends at the neighbouring candidates; `disjoint` says that values between the bounds are rejected.
    """

    value: float
    conf_low: float
    conf_high: float
    disjoint: bool


@dataclass(frozen=True, slots=True, eq=False)
class ThresholdRegression:
    """Thresholds in ascending order, the slope in each regime from the lowest up, and the tests.

    `linear` is the slope without any threshold. `path` has the likelihood ratio of each candidate:
    `threshold` (1, 2, ...), `candidate`, `ratio`.
    """

    thresholds: tuple[Threshold, ...]
    slopes: tuple[Estimate, ...]
    linear: Estimate
    tests: tuple[ThresholdTest, ...]
    path: pd.DataFrame
    dropped: tuple[Dropped, ...]

    def supported(self, size: float = 0.05) -> int:
        """Return how many thresholds the tests support one after another at a size."""
        count = 0
        for test in self.tests:
            if test.p_value > size:
                return count
            count = test.number
        return count


def threshold_regression(
    frame: pd.DataFrame,
    *,
    outcome: str,
    regressor: str,
    threshold: str,
    entity: str,
    period: str,
    seed: int,
    thresholds: int = 1,
    controls: tuple[str, ...] = (),
    clusters: str | None = None,
    trim: float = 0.05,
    grid: int | None = None,
    draws: int = 299,
    resampling: Resampling = "wild",
    level: float = 0.95,
) -> ThresholdRegression:
    """Return `y_it = a_i + c_t + sum_k b_k x_it 1(g_{k-1} < q_it <= g_k) + z_it'd + e_it` by least squares.

    `x` is the regressor, `q` the threshold variable (they may be the same); `g` are found among all values
    of `q` (or `grid` quantiles), each regime holding at least `trim` of the rows in which `x` is not zero,
    one after another, each refined given the others (Bai 1997). Slopes are in units of the outcome per unit
    of `x`. Tests: each number of thresholds against one fewer, those already found held fixed, by bootstrap
    of the residuals under the null: `wild` turns their sign by cluster, `entity` draws the entities' residual
    paths anew (Hansen).
    Interval: all `g` with `(S(g) - S) / (S / n(T-1)) <= -2 ln(1 - sqrt(level))`; it is known to cover too
    rarely where effects are small. Hansen (1999). Needs a balanced panel: entities that miss a period are
    counted as dropped. Raises `Faults` for unusable columns, one period, fewer than ten values of `q`, and
    a regressor that does not vary.
    """
    if thresholds not in range(1, MOST + 1) or draws < 1:
        found = f"thresholds={thresholds}, draws={draws}"
        raise Faults(
            [Fault("threshold regression", found, "1 to 3 thresholds, 1 or more draws", "change it")]
        )
    design = ThresholdDesign(outcome, regressor, threshold, entity, period, controls, clusters)
    panel = balanced_panel(frame, design)
    with threadpool_limits(1):
        return estimated(panel, thresholds, trim, grid, draws, resampling, level, seed)


def estimated(
    panel: BalancedPanel,
    thresholds: int,
    trim: float,
    grid: int | None,
    draws: int,
    resampling: Resampling,
    level: float,
    seed: int,
) -> ThresholdRegression:
    """Return the regression of a balanced panel; products of long thin columns are faster in one thread."""
    candidates = grid_of(panel, grid, trim)
    y = panel.column(panel.design.outcome)
    chosen = sequential(candidates, y, thresholds)
    random = np.random.default_rng(seed)
    tests = [
        bootstrap_test(candidates, y, () if k == 0 else chosen[k - 1], chosen[k], draws, resampling, random)
        for k in range(thresholds)
    ]
    order = sorted(chosen[-1])
    paths = [ratios(candidates, y, tuple(p for p in order if p != place)) for place in order]
    return ThresholdRegression(
        thresholds=tuple(
            interval(candidates, place, path, level) for place, path in zip(order, paths, strict=True)
        ),
        slopes=regime_slopes(panel, [candidates.candidates[place] for place in order]),
        linear=regime_slopes(panel, [])[0],
        tests=tuple(tests),
        path=pd.concat(
            [
                pd.DataFrame({"threshold": k, "candidate": candidates.candidates, "ratio": path})
                for k, path in enumerate(paths, 1)
            ],
            ignore_index=True,
        ),
        dropped=panel.dropped,
    )


def ratios(grid: Grid, y: Floats, others: tuple[int, ...]) -> Floats:
    """Return the likelihood ratio of every candidate, the other thresholds given."""
    left = grid.residuals(y[:, None], others)
    squares = np.square(left).sum() - grid.reductions(left, others)[:, 0]
    squares = np.maximum(squares, ROUNDING * np.square(y - y.mean()).sum())
    return (squares - squares.min()) / (squares.min() / grid.panel.df)


def interval(grid: Grid, place: int, ratio: Floats, level: float) -> Threshold:
    """Return a threshold with the candidates that its ratio does not reject, and their neighbours.

    Values between two candidates were not tried, so that the interval reaches to the first rejected ones.
    """
    kept = np.flatnonzero(ratio <= -2 * np.log(1 - np.sqrt(level)))
    low, high = int(min(kept.min(), place)), int(max(kept.max(), place))
    last = len(grid.candidates) - 1
    return Threshold(
        value=float(grid.candidates[place]),
        conf_low=float(grid.candidates[max(low - 1, 0)]),
        conf_high=float(grid.candidates[min(high + 1, last)]),
        disjoint=high - low + 1 > len(kept),
    )


def regime_slopes(panel: BalancedPanel, cuts: list[float]) -> tuple[Estimate, ...]:
    """Return the slope of the regressor in each regime, with clustered errors."""
    design = panel.design
    q, x = panel.column(design.threshold), panel.column(design.regressor)
    edges = [-np.inf, *cuts, np.inf]
    names = [f"{design.regressor}, regime {k}" for k in range(1, len(edges))]
    regimes = {
        name: x * ((q > low) & (q <= high))
        for name, low, high in zip(names, edges[:-1], edges[1:], strict=True)
    }
    rows = panel.rows.assign(**regimes)
    clusters = design.clusters or design.entity
    fit = fit_panel(
        rows,
        design.outcome,
        PanelDesign(design.entity, design.period, tuple(names), design.controls, clusters=clusters),
        HOUSEHOLD_YEAR,
    )
    return tuple(fit.estimate(name) for name in names)

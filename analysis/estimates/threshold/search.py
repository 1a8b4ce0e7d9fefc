"""The search for thresholds: sums of squared residuals at every candidate, for many outcomes at once.

What the regressor below a candidate has in common with any column is a running sum over rows in the order of
the threshold variable, and so is its own sum of squares, less what means of entities and periods take: all
candidates cost one sort and one pass, so that every distinct value can be one.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimates.regressors import Floats
from analysis.estimates.threshold.balanced import BalancedPanel
from analysis.faults import Fault, Faults

SMALLEST = 1e-10
PASSES = 20


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Candidates (G, ascending), and what it takes to add the regressor below each to the linear model.

    `order` are the rows in which the regressor is not zero, by ascending threshold variable; `starts` (G)
    where in that order each candidate's rows begin after those of the one before, `stop` where the last one's
    end; `squares` (G) are sums of squares of the added regressor without effects and linear part,
    `share_below` (G) shares of the rows in order.
    """

    panel: BalancedPanel
    candidates: Floats
    share_below: Floats
    trim: float
    order: NDArray[np.int64]
    starts: NDArray[np.int64]
    stop: int
    squares: Floats

    def columns_below(self, places: tuple[int, ...]) -> Floats:
        """Return the regressor below some of the candidates, n by places."""
        design = self.panel.design
        q, x = self.panel.column(design.threshold), self.panel.column(design.regressor)
        return x[:, None] * (q[:, None] <= self.candidates[list(places)][None, :])

    def allowed(self, taken: tuple[int, ...]) -> NDArray[np.bool_]:
        """Say of each candidate whether it leaves every regime at least the trimming share of them."""
        fixed = self.share_below[list(taken)]
        apart = np.abs(self.share_below[:, None] - fixed[None, :]).min(axis=1, initial=1.0)
        return apart >= self.trim * (1 - SMALLEST)

    def products(self, columns: Floats) -> Floats:
        """Return the products of the regressor below each candidate with columns n by m, G by m."""
        x = self.panel.column(self.panel.design.regressor)
        ordered = self.order[: self.stop]
        terms = x[ordered, None] * columns[ordered]
        return np.cumsum(np.add.reduceat(terms, self.starts, axis=0), axis=0)

    def basis(self, taken: tuple[int, ...]) -> Floats:
        """Return an orthonormal basis of what the thresholds taken add to the linear model, n by taken."""
        return np.linalg.qr(self.panel.residual(self.columns_below(taken)))[0]

    def reductions(self, residuals: Floats, taken: tuple[int, ...]) -> Floats:
        """Return by how much one more threshold lowers the sum of squares, G by m for residuals n by m.

        `residuals` are those of the model with the thresholds taken. `(z'e)^2 / z'z` for each candidate.
        """
        squares = self.squares - np.square(self.products(self.basis(taken))).sum(axis=1)
        usable = (squares > SMALLEST * self.squares.max()) & self.allowed(taken)
        gained = np.square(self.products(residuals)) / np.where(usable, squares, 1.0)[:, None]
        return np.where(usable[:, None], gained, -np.inf)

    def residuals(self, columns: Floats, taken: tuple[int, ...]) -> Floats:
        """Return columns (n by m) without effects, linear part and thresholds taken."""
        left = self.panel.residual(columns)
        basis = self.basis(taken)
        return left - basis @ (basis.T @ left)


def running_squares(x: Floats, group: NDArray[np.int64]) -> Floats:
    """Return the running sum over groups of squared running sums of `x` within the group, n."""
    inside = pd.Series(x).groupby(group).cumsum().to_numpy()
    return np.cumsum(np.square(inside) - np.square(inside - x))


def sums_of_squares(panel: BalancedPanel, order: NDArray[np.int64]) -> Floats:
    """Return the squares of the regressor below each place in the order, without effects and linear part.

    `sum x^2 - sum_i S_i^2 / T - sum_t S_t^2 / n + S^2 / nT`, with sums `S` over the rows below.
    """
    x = panel.column(panel.design.regressor)[order]
    n, t = panel.n_entities, panel.n_periods
    raw = np.cumsum(np.square(x)) + np.square(np.cumsum(x)) / (n * t)
    raw -= running_squares(x, order // t) / t + running_squares(x, order % t) / n
    return raw - np.square(np.cumsum(x[:, None] * panel.linear[order], axis=0)).sum(axis=1)


def grid_of(panel: BalancedPanel, size: int | None, trim: float) -> Grid:
    """Return all values of the threshold variable, or `size` quantiles, that leave each side `trim` of rows.

    Rows in which the regressor is zero say nothing of its slope, and are not counted.
    Raises `Faults` for a trimming share outside 0 to 0.5 and where no candidate is left.
    """
    if not 0 < trim < 0.5:
        raise Faults([Fault("trim", f"{trim:g}", "above 0 and below 0.5", "use 0.05")])
    if size is not None and size < 1:
        raise Faults([Fault("grid", str(size), "1 or more quantiles, or None for all values", "use None")])
    q = panel.column(panel.design.threshold)
    telling = np.flatnonzero(panel.column(panel.design.regressor))
    order = telling[np.argsort(q[telling], kind="stable")]
    ends = np.flatnonzero(np.append(np.diff(q[order]) > 0, True))
    if size is not None:
        quantiles = np.quantile(q[order], np.linspace(trim, 1 - trim, size), method="inverted_cdf")
        ends = ends[np.isin(q[order][ends], quantiles)]
    share = (ends + 1) / len(order)
    inside = (share >= trim) & (share <= 1 - trim)
    ends, share = ends[inside], share[inside]
    if not len(ends):
        found = "no value leaves each side its share of rows"
        where = f"panel, column {panel.design.threshold!r}"
        raise Faults([Fault(where, found, "a variable spread over many values", "lower `trim`")])
    return Grid(
        panel=panel,
        candidates=q[order][ends],
        share_below=share,
        trim=trim,
        order=order,
        starts=np.append(0, ends[:-1] + 1),
        stop=int(ends[-1]) + 1,
        squares=sums_of_squares(panel, order)[ends],
    )


def sequential(grid: Grid, y: Floats, number: int) -> tuple[tuple[int, ...], ...]:
    """Return the positions of the best 1, 2, ..., `number` thresholds, refined till none moves (Bai 1997)."""
    found: list[tuple[int, ...]] = []
    taken: tuple[int, ...] = ()
    for _ in range(number):
        taken = (*taken, best(grid, y, taken))
        for _ in range(PASSES if len(taken) > 1 else 0):
            before = taken
            for place in range(len(taken)):
                others = (*taken[:place], *taken[place + 1 :])
                taken = (*taken[:place], best(grid, y, others), *taken[place + 1 :])
            if taken == before:
                break
        found.append(taken)
    return tuple(found)


def best(grid: Grid, y: Floats, taken: tuple[int, ...]) -> int:
    """Return the threshold that lowers the sum of squares most; raises `Faults` if none does."""
    gained = grid.reductions(grid.residuals(y[:, None], taken), taken)[:, 0]
    if not np.isfinite(gained).any():
        found = f"no room for threshold {len(taken) + 1}"
        raise Faults([Fault("thresholds", found, "regimes of the trimming share", "ask for fewer")])
    return int(gained.argmax())

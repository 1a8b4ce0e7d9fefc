"""The search for thresholds over a grid: sums of squared residuals for any number of outcomes at once."""

from dataclasses import dataclass

import numpy as np

from analysis.estimates.regressors import Floats
from analysis.estimates.threshold.balanced import BalancedPanel
from analysis.faults import Fault, Faults

SMALLEST = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Candidates (G, ascending) and what the regressor below each adds to the linear model (n by G)."""

    panel: BalancedPanel
    candidates: Floats
    share_below: Floats
    trim: float
    added: Floats

    def allowed(self, taken: tuple[int, ...]) -> np.ndarray:
        """Say of each candidate whether it leaves every regime at least the trimming share of rows."""
        fixed = self.share_below[list(taken)]
        apart = np.abs(self.share_below[:, None] - fixed[None, :]).min(axis=1, initial=1.0)
        return apart >= self.trim

    def beyond(self, taken: tuple[int, ...]) -> Floats:
        """Return the added columns without what those of thresholds already taken explain."""
        if not taken:
            return self.added
        basis = np.linalg.qr(self.added[:, list(taken)])[0]
        return self.added - basis @ (basis.T @ self.added)

    def reductions(self, residuals: Floats, taken: tuple[int, ...]) -> Floats:
        """Return by how much one more threshold lowers the sum of squares, G by m for residuals n by m.

        `residuals` are those of the model with the thresholds taken. `(z'e)^2 / z'z` for each candidate.
        """
        columns = self.beyond(taken)
        squares = np.square(columns).sum(axis=0)
        usable = (squares > SMALLEST * np.square(self.added).sum(axis=0).max()) & self.allowed(taken)
        gained = np.square(columns.T @ residuals) / np.where(usable, squares, 1.0)[:, None]
        return np.where(usable[:, None], gained, -np.inf)

    def residuals(self, columns: Floats, taken: tuple[int, ...]) -> Floats:
        """Return columns (n by m) without effects, linear part and thresholds taken."""
        left = self.panel.residual(columns)
        if not taken:
            return left
        basis = np.linalg.qr(self.added[:, list(taken)])[0]
        return left - basis @ (basis.T @ left)


def grid_of(panel: BalancedPanel, size: int, trim: float) -> Grid:
    """Return at most `size` quantiles of the threshold variable that leave each side `trim` of all rows.

    Raises `Faults` for a trimming share outside 0 to 0.5 and where no candidate is left.
    """
    if not 0 < trim < 0.5:
        raise Faults([Fault("trim", f"{trim:g}", "above 0 and below 0.5", "use 0.05")])
    q, x = panel.column(panel.design.threshold), panel.column(panel.design.regressor)
    quantiles = np.quantile(q, np.linspace(trim, 1 - trim, size), method="inverted_cdf")
    candidates = np.unique(quantiles)
    share = (q[:, None] <= candidates[None, :]).mean(axis=0)
    candidates, share = (values[(share >= trim) & (share <= 1 - trim)] for values in (candidates, share))
    if not len(candidates):
        found = "no value leaves each side its share of rows"
        where = f"panel, column {panel.design.threshold!r}"
        raise Faults([Fault(where, found, "a variable spread over many values", "lower `trim`")])
    below = x[:, None] * (q[:, None] <= candidates[None, :])
    return Grid(panel, candidates, share, trim, panel.residual(below))


def sequential(grid: Grid, y: Floats, number: int) -> tuple[tuple[int, ...], ...]:
    """Return the positions of the best 1, 2, ..., `number` thresholds, each refined in turn (Bai 1997)."""
    found: list[tuple[int, ...]] = []
    taken: tuple[int, ...] = ()
    for _ in range(number):
        taken = (*taken, best(grid, y, taken))
        for place in range(len(taken) - 1):
            others = (*taken[:place], *taken[place + 1 :])
            taken = (*taken[:place], best(grid, y, others), *taken[place + 1 :])
        found.append(taken)
    return tuple(found)


def best(grid: Grid, y: Floats, taken: tuple[int, ...]) -> int:
    """Return the threshold that lowers the sum of squares most; raises `Faults` if none does."""
    gained = grid.reductions(grid.residuals(y[:, None], taken), taken)[:, 0]
    if not np.isfinite(gained).any():
        found = f"no room for threshold {len(taken) + 1}"
        raise Faults([Fault("thresholds", found, "regimes of the trimming share", "ask for fewer")])
    return int(gained.argmax())

"""How far groups differ in a quantity that each of them tells only with error."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.estimates.regressors import Floats

STEPS = 50
"""Spreads and centres tried."""
TINY = 1e-300


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Standard deviation between groups net of error, with its interval; `p_equal` tests that it is 0.

    `means` and `lows`, `highs` are by group: the quantity of each group given its own data and how far
    groups differ, so that a group with little data is drawn towards `centre`.
    """

    value: float
    low: float
    high: float
    level: float
    centre: float
    p_equal: float
    weights: Floats
    means: Floats
    lows: Floats
    highs: Floats

    @property
    def n_groups(self) -> int:
        """Number of groups."""
        return len(self.means)


def priors_of(grid: Floats, centres: Floats, spreads: Floats) -> Floats:
    """Return weights of the points of the grid, spreads by centres by points; each sums to 1.

    A spread of 0 leaves the point next to the centre.
    """
    distance = grid[None, None, :] - centres[None, :, None]
    density = np.exp(-0.5 * (distance / np.maximum(spreads, 1e-9)[:, None, None]) ** 2)
    density[0] = np.eye(len(grid))[np.abs(distance[0]).argmin(axis=1)]
    return density / density.sum(axis=2, keepdims=True)


def normal_likelihood(estimates: Floats, std_errors: Floats, grid: Floats) -> Floats:
    """Return by group and point of the grid `-(estimate - point)^2 / (2 se^2)`."""
    return -0.5 * ((estimates[:, None] - grid[None, :]) / std_errors[:, None]) ** 2


def spread_between(log_likelihood: Floats, grid: Floats, level: float = 0.95) -> Spread:
    """Return the spread of a quantity between groups from their likelihoods, groups by points of the grid.

    `max over m of sum_g log sum_x N(x; m, s) exp(l_g(x))`, a random-effects likelihood in s, so that a group
    whose data say little counts for little, and none has to be left out. The interval keeps every s
    within `chi2(1)` of the maximum; the test of `s = 0` halves the p-value, 0 being the edge (Self and Liang
    1987). Grid points are evenly spaced and should reach beyond all groups.
    """
    shares = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True))
    spreads = np.concatenate([[0.0], np.linspace(grid[1] - grid[0], np.ptp(grid) / 2, STEPS)])
    centres = grid if len(grid) <= STEPS else np.linspace(grid[0], grid[-1], STEPS)
    priors = priors_of(grid, centres, spreads)
    fits = np.log(np.maximum(priors @ shares.T, TINY)).sum(axis=2)
    profile = fits.max(axis=1)
    best, centre = np.unravel_index(int(fits.argmax()), fits.shape)
    kept = spreads[profile >= profile[best] - stats.chi2.ppf(level, 1) / 2]
    ratio = 2 * float(profile[best] - profile[0])
    weights = shares * priors[best, centre]
    weights = weights / weights.sum(axis=1, keepdims=True)
    below = np.cumsum(weights, axis=1)
    return Spread(
        value=float(spreads[best]),
        low=float(kept[0]),
        high=float(kept[-1]),
        level=level,
        centre=float(centres[centre]),
        p_equal=1.0 if ratio <= 0 else float(stats.chi2.sf(ratio, 1)) / 2,
        weights=weights,
        means=weights @ grid,
        lows=grid[(below >= (1 - level) / 2).argmax(axis=1)],
        highs=grid[(below >= (1 + level) / 2).argmax(axis=1)],
    )

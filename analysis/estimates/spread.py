"""How far groups differ in a quantity that each of them tells only with error."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.estimates.regressors import Floats

STEPS = 50
"""Spreads tried, and centres: as many evenly over the grid, and as many next to the best common point."""
TINY = 1e-300


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Standard deviation between groups net of error, with its interval; `p_equal` tests that it is none.

    `weights` says how likely each point of the grid is for each group, given its own data and how far groups
    differ, so that a group with little data is drawn towards the others; `means`, `lows` and `highs` follow.
    `layers` says how likely each layer of the likelihood is.
    """

    value: float
    low: float
    high: float
    level: float
    p_equal: float
    layers: Floats
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


def centres_of(log_likelihood: Floats, grid: Floats) -> Floats:
    """Return the points of the grid that are tried as centres."""
    common = int(log_likelihood.sum(axis=1).max(axis=0).argmax())
    near = np.arange(max(common - STEPS // 2, 0), min(common + STEPS // 2, len(grid) - 1) + 1)
    evenly = np.linspace(0, len(grid) - 1, STEPS).round().astype(int)
    return grid[np.union1d(near, evenly)]


def normal_likelihood(estimates: Floats, std_errors: Floats, grid: Floats) -> Floats:
    """Return `-(estimate - point)^2 / (2 se^2)`, one layer by groups by points of the grid."""
    return -0.5 * ((estimates[None, :, None] - grid[None, None, :]) / std_errors[None, :, None]) ** 2


def spread_between(
    log_likelihood: Floats, grid: Floats, level: float = 0.95, tolerance: float = 0.0
) -> Spread:
    """Return the spread of a quantity between groups: likelihoods are layers by groups by points of the grid.

    `L(m, s) = prod_g sum_x N(x; m, s) exp(l_g(x))`, a random-effects likelihood, so that a group whose data
    say little counts for little, and none has to be left out. Layers are values of what else is unknown. L is
    averaged over layers and centres m, since the largest over m of a likelihood with steps chases single
    rows; the spread is the s of the largest average, its interval keeps every s within `chi2(1)` of it, and
    the test of `s <= tolerance` halves the p-value of the ratio (Self and Liang 1987 where it is 0). For the
    groups every layer, m and s is taken to be equally likely beforehand. Grid points are evenly spaced and
    should reach beyond all groups.
    """
    tops = log_likelihood.max(axis=2, keepdims=True)
    shares, height = np.exp(log_likelihood - tops), tops.sum(axis=(1, 2))
    spreads = np.ptp(grid) / 2 * np.linspace(0, 1, STEPS + 1) ** 2
    centres = centres_of(log_likelihood, grid)
    priors = priors_of(grid, centres, spreads)
    fits = np.array([np.log(np.maximum(priors @ s.T, TINY)).sum(axis=2) for s in shares])
    fits = fits + height[:, None, None]
    likely = np.exp(fits - fits.max()) * np.gradient(centres)
    likely = likely / likely.sum()
    profile = np.log(np.maximum(likely.sum(axis=(0, 2)), TINY))
    low, high = within(profile, spreads, stats.chi2.ppf(level, 1) / 2)
    ratio = 2 * float(profile.max() - profile[spreads <= tolerance].max())
    weights = np.sum([weighed(s, priors, own) for s, own in zip(shares, likely, strict=True)], axis=0)
    below = np.cumsum(weights, axis=1)
    return Spread(
        value=float(spreads[profile.argmax()]),
        low=low,
        high=high,
        level=level,
        p_equal=1.0 if ratio <= 0 else float(stats.chi2.sf(ratio, 1)) / 2,
        layers=likely.sum(axis=(1, 2)),
        weights=weights,
        means=weights @ grid,
        lows=grid[(below >= (1 - level) / 2).argmax(axis=1)],
        highs=grid[(below >= (1 + level) / 2).argmax(axis=1)],
    )


def within(profile: Floats, spreads: Floats, drop: float) -> tuple[float, float]:
    """Return the outermost spreads whose likelihood is no more than `drop` below the largest."""
    kept = spreads[profile >= profile.max() - drop]
    return float(kept[0]), float(kept[-1])


def weighed(shares: Floats, priors: Floats, likely: Floats) -> Floats:
    """Return how likely each point is for each group in one layer; the sum is that of `likely`."""
    each = np.maximum(priors @ shares.T, TINY)
    return shares * np.tensordot(likely[:, :, None] / each, priors, axes=([0, 1], [0, 1]))

"""Recentred influence functions: each row's value, whose mean is a statistic of the distribution."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.estimates.regressors import Floats

Moment = Literal["mean", "variance", "gini"]
Statistic = Moment | float
"""A moment by name, or a quantile as a number between 0 and 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """Values n, their ascending order n, and weights n that count each row."""

    values: Floats
    order: NDArray[np.int64]
    weights: Floats

    @property
    def total(self) -> float:
        """Sum of the weights."""
        return float(self.weights.sum())

    def mean(self, of: Floats) -> float:
        """Return the weighted mean of n values."""
        return float((self.weights * of).sum()) / self.total


def distribution_of(values: Floats, weights: Floats | None = None) -> Distribution:
    """Return n values as a distribution, each row once unless weights are given."""
    order = np.argsort(values, kind="stable").astype(np.int64)
    return Distribution(values, order, np.ones(len(values)) if weights is None else weights)


def quantile(distribution: Distribution, tau: float) -> float:
    """Return the smallest value with at least a share `tau` of the weight at or below it."""
    share = np.cumsum(distribution.weights[distribution.order]) / distribution.total
    position = min(int(np.searchsorted(share, tau - 1e-12)), len(share) - 1)
    return float(distribution.values[distribution.order[position]])


def bandwidth(distribution: Distribution) -> float:
    """Return Silverman's (1986) `0.9 min(sd, IQR / 1.349) n^(-1/5)`, sd alone if the IQR is zero."""
    y = distribution.values
    deviation = np.sqrt(distribution.mean((y - distribution.mean(y)) ** 2))
    spread = (quantile(distribution, 0.75) - quantile(distribution, 0.25)) / 1.349
    return float(0.9 * (min(deviation, spread) if spread > 0 else deviation) * distribution.total**-0.2)


def density(distribution: Distribution, at: float) -> float:
    """Return the density at one point by a normal kernel."""
    h = bandwidth(distribution)
    kernel = np.exp(-(((distribution.values - at) / h) ** 2) / 2) / np.sqrt(2 * np.pi)
    return distribution.mean(kernel) / h


def rif_quantile(distribution: Distribution, tau: float) -> Floats:
    """Return `q + (tau - [y <= q]) / f(q)`, n (Firpo, Fortin and Lemieux 2009)."""
    q = quantile(distribution, tau)
    below = (distribution.values <= q).astype(np.float64)
    return q + (tau - below) / density(distribution, q)


def rif_variance(distribution: Distribution) -> Floats:
    """Return `(y - mu)^2`, n."""
    gap = distribution.values - distribution.mean(distribution.values)
    return gap * gap


def rif_gini(distribution: Distribution) -> Floats:
    """Return `G + (m_i - G (y_i + mu)) / mu` with `m_i = mean_j |y_i - y_j|`, n.

    Monti (1991); the same function as that of Firpo, Fortin and Lemieux (2018).
    """
    order, y = distribution.order, distribution.values
    sorted_y, sorted_w = y[order], distribution.weights[order]
    below, value_below = np.cumsum(sorted_w), np.cumsum(sorted_w * sorted_y)
    sums = sorted_y * (2 * below - below[-1]) + value_below[-1] - 2 * value_below
    distance = np.empty_like(sums)
    distance[order] = sums / distribution.total
    mu = distribution.mean(y)
    gini = distribution.mean(distance) / (2 * mu)
    return gini + (distance - gini * (y + mu)) / mu


def rif(distribution: Distribution, statistic: Statistic) -> Floats:
    """Return the recentred influence function of a statistic at each row, n."""
    if statistic == "mean":
        return distribution.values
    if statistic == "variance":
        return rif_variance(distribution)
    if statistic == "gini":
        return rif_gini(distribution)
    return rif_quantile(distribution, float(statistic))


def statistic_name(statistic: Statistic) -> str:
    """Return the name of a statistic, e.g. `quantile 0.1`."""
    return statistic if isinstance(statistic, str) else f"quantile {statistic:g}"

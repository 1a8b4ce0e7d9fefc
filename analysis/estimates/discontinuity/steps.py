"""All steps that the rate of a yes-or-no decision could take in a running variable."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.estimates.regressors import Floats

Bools = NDArray[np.bool_]
ROUNDING = 1e-12
"""A residual sum of squares smaller than this part of the total is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """All steps of one group: `values` sorted and distinct, the others by candidate `values[1:]`."""

    values: Floats
    n_below: Floats
    rate_below: Floats
    rate_above: Floats
    residual: Floats
    total: float
    n_obs: int


def steps_of(running: Floats, decision: Floats) -> Steps:
    """Return the residual sum of squares of `d = a + b 1(x < line) + e` at every possible line."""
    values, place = np.unique(running, return_inverse=True)
    n_below = np.cumsum(np.bincount(place))[:-1].astype(np.float64)
    yes_below = np.cumsum(np.bincount(place, decision))[:-1]
    n, yes = len(decision), float(decision.sum())
    below, above = yes_below / n_below, (yes - yes_below) / (n - n_below)
    total = yes - yes**2 / n
    gain = n_below * (n - n_below) / n * (below - above) ** 2
    return Steps(values, n_below, below, above, total - gain, total, n)


def interval(steps: Steps, best: int, allowed: Bools, level: float) -> tuple[float, float]:
    """Return the outermost lines with `n (S(l) - S(best)) / S(best) / h <= -2 log(1 - sqrt(level))`.

    `h` is the variance of the decision at the line over its mean; it differs between the two sides,
    and the larger is taken.
    """
    least = float(steps.residual[best])
    if least <= ROUNDING * steps.total:
        return float(steps.values[best]), float(steps.values[best + 1])
    rates = np.array([steps.rate_below[best], steps.rate_above[best]])
    spread = float((rates * (1 - rates)).max()) / (least / steps.n_obs)
    ratio = steps.n_obs * (steps.residual - least) / least / spread
    kept = np.flatnonzero(allowed & (ratio <= -2 * np.log(1 - np.sqrt(level))))
    return float(steps.values[kept[0]]), float(steps.values[kept[-1] + 1])

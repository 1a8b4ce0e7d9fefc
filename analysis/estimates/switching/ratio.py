"""Ratios of two coefficients: their confidence set by Fieller, their error by the delta method."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.estimates.regressors import Floats

Shape = Literal["interval", "complement", "line"]


@dataclass(frozen=True, slots=True)
class ConfidenceSet:
    """All values that a test at `1 - level` does not reject.

    An `interval` is `[low, high]`; a `complement` is all outside `(low, high)`; a `line` is every number,
    with infinite bounds: the data say nothing.
    """

    shape: Shape
    low: float
    high: float
    level: float

    def holds(self, value: float) -> bool:
        """Say whether a value is in the set."""
        inside = self.low <= value <= self.high
        return inside if self.shape != "complement" else value <= self.low or value >= self.high


def fieller(
    numerator: float, denominator: float, covariance: Floats, *, critical: float, level: float
) -> ConfidenceSet:
    """Return the set of ratios `r` with `|a - r b| <= critical * se(a - r b)`.

    `covariance` is 2 by 2, of numerator `a` and denominator `b`. The set is exact where the two are
    jointly normal, however near zero the denominator is. Fieller (1954).
    """
    square = critical**2
    leading = denominator**2 - square * covariance[1, 1]
    middle = numerator * denominator - square * covariance[0, 1]
    constant = numerator**2 - square * covariance[0, 0]
    discriminant = middle**2 - leading * constant
    if leading <= 0 and discriminant <= 0:
        return ConfidenceSet("line", -np.inf, np.inf, level)
    width = np.sqrt(max(discriminant, 0.0))
    roots = sorted(float((middle + sign * width) / leading) for sign in (-1, 1))
    return ConfidenceSet("interval" if leading > 0 else "complement", roots[0], roots[1], level)


def delta_error(numerator: float, denominator: float, covariance: Floats) -> float:
    """Return the standard error of `a / b`: `sqrt(g'Vg)`, `g = (1, -a/b) / b`."""
    gradient = np.array([1.0, -numerator / denominator]) / denominator
    return float(np.sqrt(gradient @ covariance @ gradient))

"""The ratio of two variances of paired series, with its exact interval under normality."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.estimates.regressors import Floats
from analysis.faults import Fault, Faults

FEWEST = 4


@dataclass(frozen=True, slots=True)
class VarianceRatio:
    """`estimate` is the variance of the first series over that of the second, `correlation` between them."""

    estimate: float
    conf_low: float
    conf_high: float
    correlation: float
    n_obs: int


def variance_ratio(first: Floats, second: Floats, level: float = 0.95) -> VarianceRatio:
    """Return `F = var(first) / var(second)` of n pairs with the interval of Pitman (1939) and Morgan (1939).

    Sum and difference of the series are uncorrelated where the variances are equal, which gives
    `F (K -/+ sqrt(K^2 - 1))` with `K = 1 + 2 (1 - r^2) t^2 / (n - 2)`, t with n - 2 degrees.
    Raises `Faults` for fewer than four pairs, or a series that does not vary.
    """
    n = len(first)
    if n < FEWEST or np.ptp(first) == 0 or np.ptp(second) == 0:
        found = f"{n} pairs" if n < FEWEST else "a series that does not vary"
        raise Faults(
            [Fault("series", found, f"at least {FEWEST} pairs of two series that vary", "add years")]
        )
    ratio = float(np.var(first, ddof=1) / np.var(second, ddof=1))
    r = float(np.corrcoef(first, second)[0, 1])
    k = 1 + 2 * max(1 - r**2, 0.0) * float(stats.t.ppf(0.5 + level / 2, n - 2)) ** 2 / (n - 2)
    reach = float(np.sqrt(k**2 - 1))
    return VarianceRatio(ratio, ratio * (k - reach), ratio * (k + reach), r, n)

"""Correlations of few points, with intervals."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.estimates.regressors import Floats
from analysis.faults import Fault, Faults

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation with its interval, of `n_obs` points."""

    estimate: float
    conf_low: float
    conf_high: float
    n_obs: int


def check_points(n: int) -> None:
    """Raise `Faults` for fewer than five points."""
    if n < FEWEST:
        raise Faults([Fault("points", f"{n}", f"at least {FEWEST}", "a correlation of so few says nothing")])


def rank_correlation(first: Floats, second: Floats, level: float = 0.95) -> Correlation:
    """Return Spearman's rank correlation r of n pairs.

    The interval is that of `atanh r` with variance `1.06 / (n - 3)` (Fieller, Hartley and Pearson 1957).
    """
    check_points(len(first))
    value = float(stats.spearmanr(first, second).statistic)
    reach = float(stats.norm.ppf(0.5 + level / 2)) * np.sqrt(1.06 / (len(first) - 3))
    centre = np.arctanh(np.clip(value, -1 + 1e-12, 1 - 1e-12))
    return Correlation(value, float(np.tanh(centre - reach)), float(np.tanh(centre + reach)), len(first))


def mean_correlation(series: Floats, level: float = 0.95) -> Correlation:
    """Return the mean correlation over pairs of k series of n points each (n by k).

    The interval is that of the jackknife over points in `atanh r`, t with n - 1 degrees.
    """
    n = len(series)
    check_points(n)
    value = mean_of_pairs(series)
    turned = np.arctanh(np.clip(value, -1 + 1e-12, 1 - 1e-12))
    without = np.arctanh(
        np.clip([mean_of_pairs(np.delete(series, i, axis=0)) for i in range(n)], -1 + 1e-12, 1 - 1e-12)
    )
    error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    reach = float(stats.t.ppf(0.5 + level / 2, n - 1)) * error
    return Correlation(value, float(np.tanh(turned - reach)), float(np.tanh(turned + reach)), n)


def mean_of_pairs(series: Floats) -> float:
    """Return the mean of the correlations above the diagonal."""
    found = np.atleast_2d(np.corrcoef(series, rowvar=False))
    return float(found[np.triu_indices(series.shape[1], 1)].mean())

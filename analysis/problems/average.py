"""A mean of some records with its interval."""

from dataclasses import dataclass

import pandas as pd
from scipy import stats


@dataclass(frozen=True, slots=True)
class Average:
    """A mean with the 95% interval of Student's t, infinite for one record; all NaN where n is 0."""

    value: float
    low: float
    high: float
    n: int


def average_of(values: pd.Series) -> Average:
    """Return the mean of known values."""
    n, value = len(values), float(values.mean())
    error = float(values.std()) / n**0.5 if n > 1 else float("inf")
    reach = float(stats.t.ppf(0.975, n - 1)) * error if n > 1 else error
    return Average(value, value - reach, value + reach, n)

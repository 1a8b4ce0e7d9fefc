"""A share with an interval that holds in small samples and near 0 and 1."""

from dataclasses import dataclass

import pandas as pd
from statsmodels.stats.proportion import proportion_confint


@dataclass(frozen=True, slots=True)
class Share:
    """`yes` of `n` with the 95% interval of Wilson (1927); all NaN where n is 0."""

    yes: int
    n: int
    value: float
    low: float
    high: float


def share_of(answers: pd.Series) -> Share:
    """Return the share of true values."""
    yes, n = int(answers.sum()), len(answers)
    if n == 0:
        return Share(0, 0, float("nan"), float("nan"), float("nan"))
    low, high = proportion_confint(yes, n, method="wilson")
    return Share(yes, n, yes / n, float(low), float(high))

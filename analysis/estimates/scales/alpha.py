"""Cronbach's alpha with Feldt's interval, and the analysis of the items behind it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.estimates.scales.answers import answers_of


@dataclass(frozen=True, slots=True)
class Alpha:
    """The reliability of the sum of `n_items` items, 1 where they agree wholly; it may be below 0."""

    estimate: float
    conf_low: float
    conf_high: float
    level: float
    n_items: int
    n_obs: int
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item: `item_rest` correlates it with the mean of the others, `alpha_without` leaves it out.

    `at_lowest` and `at_highest` are the shares of answers at the ends of the scale.
    """

    name: str
    mean: float
    std_dev: float
    item_rest: float
    alpha_without: float
    at_lowest: float
    at_highest: float


def alpha_of(values: Floats) -> float:
    """Return `k/(k-1) (1 - sum_j s_j^2 / s_total^2)` of answers n by k."""
    k = values.shape[1]
    total = values.sum(axis=1).var(ddof=1)
    return float(k / (k - 1) * (1 - values.var(axis=0, ddof=1).sum() / total)) if total > 0 else np.nan


def cronbach_alpha(frame: pd.DataFrame, items: tuple[str, ...], *, level: float = 0.95) -> Alpha:
    """Return alpha (Cronbach 1951) with the interval of Feldt (1965).

    `(1 - alpha) / (1 - estimate) ~ F(n-1, (n-1)(k-1))`, exact for normal answers with equal covariances.
    Alpha equals the reliability only where all items measure the same equally well, and is else too low.
    Raises `Faults` for fewer than two items, fewer than three answers, and items without variation.
    """
    answers = answers_of(frame, items, 2)
    n, k = answers.values.shape
    estimate = alpha_of(answers.values)
    f = stats.f(n - 1, (n - 1) * (k - 1))
    return Alpha(
        estimate=estimate,
        conf_low=float(1 - (1 - estimate) * f.ppf(0.5 + level / 2)),
        conf_high=float(1 - (1 - estimate) * f.ppf(0.5 - level / 2)),
        level=level,
        n_items=k,
        n_obs=n,
        dropped=answers.dropped,
    )


def item_analysis(
    frame: pd.DataFrame, items: tuple[str, ...], *, lowest: float, highest: float
) -> tuple[Item, ...]:
    """Return each item of a scale that runs from `lowest` to `highest`; needs three items or more."""
    values = answers_of(frame, items, 3).values
    found = []
    for j, name in enumerate(items):
        item, rest = values[:, j], np.delete(values, j, axis=1)
        found.append(
            Item(
                name=name,
                mean=float(item.mean()),
                std_dev=float(item.std(ddof=1)),
                item_rest=float(stats.pearsonr(item, rest.mean(axis=1)).statistic),
                alpha_without=alpha_of(rest),
                at_lowest=float((item == lowest).mean()),
                at_highest=float((item == highest).mean()),
            )
        )
    return tuple(found)

"""A share with an interval that holds in small samples and near 0 and 1."""

from dataclasses import dataclass

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.estimates.panel_sample import codes
from analysis.estimates.small_sample import influence_error


@dataclass(frozen=True, slots=True)
class Share:
    """`yes` of `n` with the 95% interval of Wilson (1927); all NaN where n is 0."""

    yes: int
    n: int
    value: float
    low: float
    high: float


def share_of(answers: pd.Series, entities: pd.Series | None = None) -> Share:
    """Return the share of true values; `entities` names whose answer each is, on the index of `answers`.

    Answers of one entity are not independent: the interval is that of as many independent answers as have
    the clustered variance of the share, `n* = p (1 - p) / V` and at most n (Korn and Graubard 1998); of as
    many as there are entities where p is 0 or 1.
    """
    yes, n = int(answers.sum()), len(answers)
    if n == 0:
        return Share(0, 0, float("nan"), float("nan"), float("nan"))
    independent = float(n) if entities is None else independent_answers(answers, entities.loc[answers.index])
    low, high = proportion_confint(yes / n * independent, independent, method="wilson")
    return Share(yes, n, yes / n, float(low), float(high))


def independent_answers(answers: pd.Series, entities: pd.Series) -> float:
    """Return how many independent answers would tell the share as well."""
    values = answers.to_numpy(dtype=float)
    p, n = values.mean(), len(values)
    std_error, n_entities = influence_error((values - p) / n, codes(entities))
    if p in (0.0, 1.0) or n_entities == 1:
        return float(n_entities)
    return float(min(p * (1 - p) / std_error**2, n))

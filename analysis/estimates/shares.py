"""A share with an interval that holds in small samples and near 0 and 1."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import Codes, influence_error


@dataclass(frozen=True, slots=True)
class Share:
    """`yes` of `n` with the 95% interval of Wilson (1927); all NaN where n is 0."""

    yes: int
    n: int
    value: float
    low: float
    high: float


def share_of(
    answers: pd.Series, entities: pd.Series | None = None, weights: pd.Series | None = None
) -> Share:
    """Return the share of true values; `entities` names whose answer each is, on the index of `answers`.

    Answers of one entity are not independent: the interval is that of as many independent answers as have
    the clustered variance of the share, `n* = p (1 - p) / V` and at most n (Korn and Graubard 1998); of as
    many as there are entities where p is 0 or 1, and at most as many as weights leave of n (Kish 1965).
    """
    yes, n = int(answers.sum()), len(answers)
    if n == 0:
        return Share(0, 0, float("nan"), float("nan"), float("nan"))
    w = np.ones(n) if weights is None else weights.loc[answers.index].to_numpy(dtype=float)
    w = w / w.sum()
    p = yes / n if weights is None else float(w @ answers.to_numpy(dtype=float))
    most = float(1 / (w @ w))
    own = None if entities is None else codes(entities.loc[answers.index])
    independent = most if own is None else independent_answers(answers.to_numpy(dtype=float), own, w)
    low, high = proportion_confint(p * independent, independent, method="wilson")
    return Share(yes, n, p, float(low), float(high))


def independent_answers(values: Floats, entities: Codes, w: Floats) -> float:
    """Return how many independent answers would tell the share as well; weights `w` sum to 1."""
    p, most = float(w @ values), float(1 / (w @ w))
    std_error, n_entities = influence_error(w * (values - p), entities)
    if values.min() == values.max() or n_entities == 1:
        return float(min(n_entities, most))
    return float(min(p * (1 - p) / std_error**2, most)) if std_error > 0 else most

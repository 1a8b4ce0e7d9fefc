"""Spearman's rank correlation of few points, with a permutation test and an interval."""

from dataclasses import dataclass
from itertools import permutations
from math import factorial

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.column_checks import outcome_faults, plain
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.estimates.weighted_rows import weighted_rows
from analysis.faults import Fault, Faults

FEWEST = 5
TIE = 1e-12


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """The correlation of ranks; under `exact` the test uses every pairing of the points."""

    x: str
    y: str
    estimate: float
    conf_low: float
    conf_high: float
    p_value: float
    exact: bool
    level: float
    n_obs: int
    dropped: tuple[Dropped, ...]


def centred_ranks(values: Floats) -> Floats:
    """Return ranks less their mean, of unit length; ties share their mean rank."""
    ranks = stats.rankdata(values) - (len(values) + 1) / 2
    return ranks / np.linalg.norm(ranks)


def pairings(ranks: Floats, draws: int, seed: int) -> Floats:
    """Return every order of the ranks, or the given one and random ones, one a row."""
    if factorial(len(ranks)) <= draws:
        return np.array(list(permutations(ranks)))
    random = np.random.default_rng(seed)
    return np.vstack([ranks, random.permuted(np.tile(ranks, (draws - 1, 1)), axis=1)])


def reach(estimate: float, n: int, level: float) -> tuple[float, float]:
    """Return the interval of Bonett and Wright (2000): `atanh(r) +- z sqrt((1 + r^2 / 2) / (n - 3))`.

    A perfect order of few points does not prove one of all: its interval begins where that of the nearest
    other order of n points does, two neighbours exchanged, `r = 1 - 12 / (n (n^2 - 1))`, and ends at 1.
    """
    nearest = 1 - 12 / (n * (n**2 - 1))
    r = min(abs(estimate), nearest)
    width = stats.norm.ppf(0.5 + level / 2) * np.sqrt((1 + r**2 / 2) / (n - 3))
    low, high = float(np.tanh(np.arctanh(r) - width)), float(np.tanh(np.arctanh(r) + width))
    high = 1.0 if abs(estimate) > nearest + TIE else high
    return (low, high) if estimate >= 0 else (-high, -low)


def rank_correlation(
    frame: pd.DataFrame, x: str, y: str, *, seed: int, draws: int = 9_999, level: float = 0.95
) -> RankCorrelation:
    """Return Spearman's correlation; two-sided p-value by permutation, ties counted against the sample.

    All `n!` pairings are used if they are at most `draws`. Raises `Faults` for columns that are not
    numbers or do not vary, and for fewer than five points.
    """
    rows = weighted_rows(frame, (x, y), weights=None, clusters=None)
    faults = list(outcome_faults(plain(rows.values), (x, y)))
    n = len(rows.weights)
    if n < FEWEST:
        faults = [Fault("table", f"{n} complete point(s)", f"{FEWEST} or more", "ask more places")]
    if faults:
        raise Faults(faults)
    order = np.lexsort((rows.column(y), rows.column(x)))
    of_x, of_y = centred_ranks(rows.column(x)[order]), centred_ranks(rows.column(y)[order])
    estimate = float(of_x @ of_y)
    drawn = pairings(of_y, draws, seed) @ of_x
    low, high = reach(estimate, n, level)
    return RankCorrelation(
        x=x,
        y=y,
        estimate=estimate,
        conf_low=low,
        conf_high=high,
        p_value=float((np.abs(drawn) >= abs(estimate) - TIE).mean()),
        exact=factorial(n) <= draws,
        level=level,
        n_obs=n,
        dropped=rows.dropped,
    )

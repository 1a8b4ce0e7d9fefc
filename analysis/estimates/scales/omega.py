"""McDonald's omega: the reliability of a sum of items that share one factor, not all equally."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.estimates.scales.answers import Answers, answers_of

SWEEPS = 2_000
TOLERANCE = 1e-10
SMALLEST = 1e-6
"""An omega nearer to 1 has no logarithm to speak of."""


@dataclass(frozen=True, slots=True)
class Omega:
    """The reliability with a bootstrap interval; `loadings` are correlations of items with the factor.

    `constant_draws` had an item without variation and were left out of the interval.
    """

    estimate: float
    conf_low: float
    conf_high: float
    loadings: tuple[float, ...]
    level: float
    draws: int
    constant_draws: int
    seed: int
    n_obs: int
    dropped: tuple[Dropped, ...]


def one_factor(correlations: Floats) -> Floats:
    """Return loadings d by k of one factor on each of d correlation matrices k by k.

    Minimal residuals (Harman and Jones 1966): `min sum_{i<j} (r_ij - l_i l_j)^2` by sweeps over the items,
    with loadings of at most 1 (Harman and Fukuda 1966).
    """
    off = correlations * (1 - np.eye(correlations.shape[1]))
    loadings = np.sqrt(np.clip(np.abs(off).max(axis=2), 0.01, 0.99))
    for _ in range(SWEEPS):
        before = loadings.copy()
        for i in range(loadings.shape[1]):
            weight = (loadings**2).sum(axis=1) - loadings[:, i] ** 2
            pull = (off[:, i] * loadings).sum(axis=1)
            loadings[:, i] = np.clip(pull / np.maximum(weight, 1e-12), -1, 1)
        if np.abs(loadings - before).max() < TOLERANCE:
            break
    return loadings


def omega_of(samples: Floats) -> tuple[Floats, Floats]:
    """Return omega (d) and loadings (d by k) of samples d by n by k without constant items.

    `(sum_j s_j l_j)^2 / ((sum_j s_j l_j)^2 + sum_j s_j^2 (1 - l_j^2))`, `s` the standard deviations.
    """
    deviations = samples.std(axis=1, ddof=1)
    scores = (samples - samples.mean(axis=1, keepdims=True)) / deviations[:, None, :]
    loadings = one_factor(scores.transpose(0, 2, 1) @ scores / (samples.shape[1] - 1))
    common = (deviations * loadings).sum(axis=1) ** 2
    own = (deviations**2 * (1 - loadings**2)).sum(axis=1)
    return common / (common + own), loadings


def redrawn(answers: Answers, draws: int, seed: int) -> Floats:
    """Return samples of as many rows, drawn with replacement, without those in which an item is constant."""
    n = len(answers.values)
    rows = np.random.default_rng(seed).integers(n, size=(draws, n))
    samples = answers.values[rows]
    return samples[(np.ptp(samples, axis=1) > 0).all(axis=1)]


def mcdonald_omega(
    frame: pd.DataFrame, items: tuple[str, ...], *, seed: int, draws: int = 1_999, level: float = 0.95
) -> Omega:
    """Return omega (McDonald 1999) with an interval by a bootstrap over rows.

    `log(1 - omega) +- t(n-1) s`, `s` the standard deviation of the draws: percentiles of few rows lie too
    high. Raises `Faults` for fewer than three items, with which one factor is not identified, for fewer than
    three answers, and for items without variation.
    """
    answers = answers_of(frame, items, 3)
    estimate, loadings = omega_of(answers.values[None])
    samples = redrawn(answers, draws, seed)
    distance, drawn = (
        np.log(np.maximum(1 - estimate[0], SMALLEST)),
        np.log(np.maximum(1 - omega_of(samples)[0], SMALLEST)),
    )
    reach = stats.t.ppf(0.5 + level / 2, len(answers.values) - 1) * drawn.std(ddof=1)
    return Omega(
        estimate=float(estimate[0]),
        conf_low=float(1 - np.exp(distance + reach)),
        conf_high=float(1 - np.exp(distance - reach)),
        loadings=tuple(float(value) for value in loadings[0]),
        level=level,
        draws=draws,
        constant_draws=draws - len(samples),
        seed=seed,
        n_obs=len(answers.values),
        dropped=answers.dropped,
    )

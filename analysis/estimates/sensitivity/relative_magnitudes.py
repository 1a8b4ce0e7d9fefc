"""The test of an effect under bounds relative to the violations seen before treatment.

moderndid's routine for relative magnitudes leaves out the last step before treatment, so that its
intervals are too short where that step is the largest, and takes a minute for a path of seven
periods. The dual of the linear program has a closed form here, which this module uses; moderndid's
test of general polyhedra is the second program that checks it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from analysis.estimates.regressors import Floats
from analysis.estimates.sensitivity.event_study import EventStudy

DRAWS = 20_000
FIRST_STAGE = 0.1
TINY = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Standardised moments of which no mean is positive if an effect theta is in the set.

    They are `value + slope * theta` (v), with covariance `loading @ loading.T` (loading v by k).
    `least_favourable` is the 1 - level / 10 quantile of their maximum when all means are zero.
    """

    value: Floats
    slope: Floats
    loading: Floats
    least_favourable: float


def steps(study: EventStudy) -> Floats:
    """Return the matrix of differences between successive periods (k by k), the reference being zero."""
    n = len(study.times)
    return np.delete(np.eye(n, n + 1, 1) - np.eye(n, n + 1), study.pre, axis=1)


def inequalities(study: EventStudy, m_bar: float, step: int, sign: int) -> tuple[Floats, Floats]:
    """Return rows A (v by k) and slopes: `A E(estimates) + slope theta <= 0`, in standardised form.

    The largest step before is `x = sign * step`, and steps after are within `m_bar x`. With several
    periods after, effects of no interest are nuisances, and the vertices of the dual are
    `|l'b - theta| <= m_bar sum_t |w_t| x` with `w_t = sum_{s >= t} l_s`, and `-2 m_bar x <= 0` for each
    t. With one period, they are the inequalities themselves, those between steps before included.
    """
    difference, pre = steps(study), study.pre
    x = sign * difference[step]
    upper, lower = difference[pre:] - m_bar * x, -difference[pre:] - m_bar * x
    if study.post == 1:
        before = difference[:pre]
        rows = np.vstack([upper, lower, before - x, -before - x])
        rows = rows[np.abs(rows).max(axis=1) > TINY]
        slope = np.zeros(len(rows))
        slope[:2] = -1 / study.weights[0], 1 / study.weights[0]
        scale = errors(study, rows)
        return rows / scale[:, None], slope / scale
    w = np.cumsum(study.weights[::-1])[::-1]
    high, low = errors(study, upper), errors(study, lower)
    up, down = np.maximum(w, 0), np.maximum(-w, 0)
    rows = np.vstack([up @ upper + down @ lower, down @ upper + up @ lower, upper + lower])
    scale = np.concatenate([[up @ high + down @ low, down @ high + up @ low], high + low])
    slope = np.array([-1.0, 1.0, *np.zeros(study.post)])
    return rows / scale[:, None], slope / scale


def errors(study: EventStudy, rows: Floats) -> Floats:
    """Return the standard errors of combinations of the estimates."""
    return np.sqrt(np.einsum("ij,jk,ik->i", rows, study.covariance, rows))


def moments_of(study: EventStudy, m_bar: float, step: int, sign: int, size: float, draws: Floats) -> Moments:
    """Return the moments of one step and sign; `draws` (d by k) are standard normal."""
    rows, slope = inequalities(study, m_bar, step, sign)
    loading = rows @ np.linalg.cholesky(study.covariance)
    largest = (draws @ loading.T).max(axis=1)
    return Moments(
        rows @ study.estimates, slope, loading, float(np.quantile(largest, 1 - FIRST_STAGE * size))
    )


def rejected(moments: Moments, theta: Floats, size: float) -> NDArray[np.bool_]:
    """Say of each effect whether the hybrid test rejects it (Andrews, Roth and Pakes 2023).

    Given which moment is largest, it is a truncated normal. A first stage of a tenth of the size
    rejects beyond the least favourable critical value, and truncates the second.
    """
    m = moments.value[:, None] + moments.slope[:, None] * theta
    covariance = moments.loading @ moments.loading.T
    which, largest = m.argmax(axis=0), m.max(axis=0)
    reject = largest > moments.least_favourable
    for j in np.unique(which):
        if covariance[j, j] < TINY:
            reject[which == j] = False
            continue
        at = which == j
        share = (covariance[:, j] / covariance[j, j])[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            cut = (m[:, at] - share * largest[at]) / (1 - share)
        low = np.where(share < 1 - TINY, cut, -np.inf).max(axis=0)
        high = np.where(share > 1 + TINY, cut, np.inf).min(axis=0)
        high = np.minimum(high, moments.least_favourable)
        error = np.sqrt(covariance[j, j])
        beyond = tail_share(largest[at] / error, low / error, high / error)
        reject[at] |= (largest[at] > 0) & (beyond < size * (1 - FIRST_STAGE) / (1 - FIRST_STAGE * size))
    return reject


def tail_share(z: Floats, low: Floats, high: Floats) -> Floats:
    """Return `P(Z > z | low <= Z <= high)` for standard normal Z, right far out in the tail too."""
    at, bottom, top = (log_ndtr(-np.clip(x, -40, 40)) for x in (np.clip(z, low, high), low, high))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.exp(at - bottom) * np.expm1(top - at) / np.expm1(top - bottom)
    return np.where(top < bottom, share, 1.0)


def all_moments(study: EventStudy, m_bar: float, size: float, draws: Floats) -> tuple[Moments, ...]:
    """Return the moments of each step before treatment as the largest, rising or falling."""
    return tuple(
        moments_of(study, m_bar, step, sign, size, draws) for step in range(study.pre) for sign in (1, -1)
    )


def accepted(every: tuple[Moments, ...], theta: Floats, size: float) -> NDArray[np.bool_]:
    """Say of each effect whether some step and sign is compatible with it."""
    return np.logical_or.reduce([~rejected(moments, theta, size) for moments in every])

"""Means of what is left when a share of the highest or lowest values is trimmed, whole or by weights."""

from dataclasses import dataclass

import numpy as np

from analysis.estimates.regressors import Floats


@dataclass(frozen=True, slots=True)
class Trimmed:
    """Lee's bounds and what they rest on: shares observed of treated and untreated, the share trimmed.

    `trimmed_treated` says whose outcomes are trimmed: those of the group that is observed more often.
    """

    lower: float
    upper: float
    observed_treated: float
    observed_untreated: float
    share: float
    trimmed_treated: bool


def lowest_mean(values: Floats, weights: Floats, kept: float) -> float:
    """Return the mean of the lowest `kept` share of sorted values, the marginal one counted in part."""
    mass = kept * weights.sum()
    taken = np.clip(mass - (np.cumsum(weights) - weights), 0, weights)
    return float(taken @ values / mass)


def lee_trim(values: Floats, treated: Floats, observed: Floats, weights: Floats) -> Trimmed:
    """Return the bounds for rows sorted by value; `treated` and `observed` are 0/1, unobserved values any.

    `E[y | kept, highest or lowest] - E[y | other group]`, trimming the share `(q_1 - q_0) / q_1` of the
    treated if they are observed more often (`q_1 >= q_0`), of the untreated otherwise (Lee 2009).
    """
    seen = {side: weights * (treated == side) * observed for side in (1, 0)}
    share = {side: float(seen[side].sum() / (weights @ (treated == side))) for side in (1, 0)}
    more = 1 if share[1] >= share[0] else 0
    kept = share[1 - more] / share[more]
    low = lowest_mean(values, seen[more], kept)
    high = lowest_mean(values[::-1], seen[more][::-1], kept)
    other = float(seen[1 - more] @ values / seen[1 - more].sum())
    lower, upper = (low - other, high - other) if more else (other - high, other - low)
    return Trimmed(lower, upper, share[1], share[0], 1 - kept, bool(more))

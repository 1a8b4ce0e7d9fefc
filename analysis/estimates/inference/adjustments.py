"""P-values adjusted for the number of hypotheses tested together."""

import numpy as np

from analysis.estimates.bootstrap_draws import TIE
from analysis.estimates.regressors import Floats


def bonferroni(p_values: Floats) -> Floats:
    """Return `min(1, S p_s)` for S p-values."""
    return np.minimum(1.0, len(p_values) * p_values)


def holm(p_values: Floats) -> Floats:
    """Return Holm's (1979) step-down p-values: `max_{r <= s} min(1, (S - r + 1) p_(r))`, p rising."""
    order = np.argsort(p_values, kind="stable")
    steps = np.minimum(1.0, (len(p_values) - np.arange(len(p_values))) * p_values[order])
    adjusted = np.empty_like(steps)
    adjusted[order] = np.maximum.accumulate(steps)
    return adjusted


def step_down(statistics: Floats, drawn: Floats) -> Floats:
    """Return Romano and Wolf's (2005, 2016) p-values of S squared statistics.

    `drawn` is draws by S, jointly drawn under each null, the sample itself among the draws. In falling
    order of the statistics, `p_(s) = max_{r <= s}` of the share of draws whose largest statistic among
    the hypotheses r, r + 1, ... is at least the r-th of the sample.
    """
    order = np.argsort(-statistics, kind="stable")
    largest = np.maximum.accumulate(drawn[:, order[::-1]], axis=1)[:, ::-1]
    steps = (largest >= statistics[order] * (1 - TIE)).mean(axis=0)
    adjusted = np.empty_like(steps)
    adjusted[order] = np.maximum.accumulate(steps)
    return adjusted

"""Power of a pre-test for parallel trends, and what passing it does to the estimates (Roth 2022).

diff-diff's `PreTrendsPower` takes its own result objects only; the definition is a few lines on the
multivariate normal distribution.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import multivariate_normal, norm

from analysis.estimates.regressors import Floats
from analysis.estimates.sensitivity.event_study import EventStudy
from analysis.faults import Fault, Faults

PRECISION = 1e-5
SEED = 0


@dataclass(frozen=True, slots=True, eq=False)
class DetectedTrend:
    """A linear violation of parallel trends that the pre-test detects with probability `power`.

    `slope` is in the outcome's unit a period. `path` has `event_time, trend, after_passing`: the
    violation, and the mean of the estimate under it (and no effect) given that the pre-test is
    passed. `bias` and `bias_after_passing` are those of the weighted effect, `share_of_effect` is
    the second by the estimated effect. `bayes_factor` is the probability of passing under this trend
    by that under parallel trends, `likelihood_ratio` the same of the density of the estimates.
    """

    power: float
    slope: float
    bias: float
    bias_after_passing: float
    share_of_effect: float
    bayes_factor: float
    likelihood_ratio: float
    level: float
    path: pd.DataFrame


def box_probability(mean: Floats, covariance: Floats, bound: Floats) -> float:
    """Return `P(|x_j| <= bound_j for all j)` for normal x, 1 without any j."""
    if len(mean) == 0:
        return 1.0
    if len(mean) == 1:
        error = float(np.sqrt(covariance[0, 0]))
        return float(norm.cdf(bound[0], mean[0], error) - norm.cdf(-bound[0], mean[0], error))
    return float(
        multivariate_normal.cdf(
            bound, mean, covariance, lower_limit=-bound, abseps=PRECISION, releps=PRECISION, rng=SEED
        )
    )


def bounds(covariance: Floats, level: float) -> Floats:
    """Return what a lead must exceed to be significant, one a lead."""
    return np.asarray(norm.ppf(0.5 + level / 2) * np.sqrt(np.diag(covariance)))


def edge_density(mean: Floats, covariance: Floats, bound: Floats, j: int, edge: float) -> float:
    """Return the density of lead j at an edge, times the probability that the others pass given it."""
    others = np.arange(len(mean)) != j
    slope = covariance[others, j] / covariance[j, j]
    given = mean[others] + slope * (edge - mean[j])
    spread = covariance[np.ix_(others, others)] - np.outer(slope, covariance[j, others])
    density = norm.pdf(edge, mean[j], np.sqrt(covariance[j, j]))
    return float(density) * box_probability(given, spread, bound[others])


def mean_after_passing(study: EventStudy, trend: Floats, level: float) -> Floats:
    """Return the mean of all estimates, true mean `trend`, given that no lead is significant.

    `trend + S[:, pre] q` with `q_j = (f_j(-c_j) - f_j(c_j)) / P(pass)`, f_j being lead j's density
    joint with the others passing (Manjunath and Wilhelm 2021).
    """
    lead = slice(None, study.pre)
    mean, spread = trend[lead], study.covariance[lead, lead]
    bound = bounds(spread, level)
    moved = [
        edge_density(mean, spread, bound, j, -bound[j]) - edge_density(mean, spread, bound, j, bound[j])
        for j in range(study.pre)
    ]
    shift = study.covariance[:, lead] @ np.array(moved) / box_probability(mean, spread, bound)
    return np.asarray(trend + shift)


def slope_for_power(study: EventStudy, power: float, *, level: float = 0.95) -> float:
    """Return the slope (positive) of a linear trend under which some lead is significant with `power`.

    Raises `Faults` for a power not between the pre-test's size and 1.
    """
    spread = study.covariance[: study.pre, : study.pre]
    bound, distance = bounds(spread, level), study.times[: study.pre] - study.reference
    size = 1 - box_probability(np.zeros(study.pre), spread, bound)
    if not size < power < 1:
        allowed = f"above {size:.3f}, what the test finds without any trend, and below 1"
        raise Faults([Fault("power", f"{power:g}", allowed, "choose 0.5 or 0.8")])

    def short_of(slope: float) -> float:
        return 1 - box_probability(slope * distance, spread, bound) - power

    far = float(np.min((bound + 8 * np.sqrt(np.diag(spread))) / np.abs(distance)))
    return float(brentq(short_of, 0, far, xtol=1e-8 * far, rtol=1e-8))


def detected_trend(study: EventStudy, power: float, *, level: float = 0.95) -> DetectedTrend:
    """Return the linear violation that the pre-test detects with `power`, and its bias.

    The pre-test is passed if no lead is significant at `1 - level`. Roth (2022), as his package
    pretrends computes it. Raises `Faults` as `slope_for_power` does.
    """
    slope = slope_for_power(study, power, level=level)
    trend = slope * (study.times - study.reference)
    after = mean_after_passing(study, trend, level)
    spread = study.covariance[: study.pre, : study.pre]
    bound = bounds(spread, level)
    at_trend = multivariate_normal.logpdf(study.estimates, trend, study.covariance)
    at_zero = multivariate_normal.logpdf(study.estimates, np.zeros(len(trend)), study.covariance)
    biased = float(study.weights @ after[study.pre :])
    return DetectedTrend(
        power=power,
        slope=slope,
        bias=float(study.weights @ trend[study.pre :]),
        bias_after_passing=biased,
        share_of_effect=biased / study.effect,
        bayes_factor=box_probability(trend[: study.pre], spread, bound)
        / box_probability(np.zeros(study.pre), spread, bound),
        likelihood_ratio=float(np.exp(at_trend - at_zero)),
        level=level,
        path=pd.DataFrame({"event_time": study.times, "trend": trend, "after_passing": after}),
    )

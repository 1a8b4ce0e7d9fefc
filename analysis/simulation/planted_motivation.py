"""What a synthetic county plants of the figures of claims about the motivation of its officials."""

import numpy as np
from scipy import stats

from analysis.problems.motivation_scale import ITEMS, LOWEST, MIDDLE
from analysis.problems.motivation_work import WATCHED
from analysis.problems.watched import DECEMBER
from analysis.simulation.counties import KnownCounty
from analysis.synthetic.monitoring import LAST_ALERT, LONGEST_DELAY, LONGEST_MEASURE, mean_delay, mean_measure
from analysis.synthetic.questionnaires import ANSWERS, LOADING, SCALE, VIEW
from analysis.synthetic.streams import Floats


def planted(county: KnownCounty) -> dict[str, float]:
    """Return the planted figures: expected over answers and delays, given each township's motivation.

    Officials of a township are counted by its villages in what villages say, as one in what they say, and as
    one in the spread of months. `delay_follows_view` has no planted figure: the order of townships in two
    means with error is not that of their motivation.
    """
    setting = county.county.setting
    motivation = setting.townships.motivation
    villages = np.bincount(setting.villages.township, minlength=len(motivation))
    says = chances(VIEW[0] * motivation, VIEW[1])
    means = says @ ANSWERS
    within = np.average(says @ ANSWERS**2 - means**2, weights=villages)
    between = means.var(ddof=1)
    return {
        "officials_inactive": float(np.average(below_middle(says), weights=villages)),
        "officials_differ": float(between / (between + within)) if between > 0 else 0.0,
        "officials_rate_low": float(np.mean([scores_low(own) for own in motivation])),
        "measures_differ": float(np.std(months(motivation), ddof=1)),
    }


def chances(centre: Floats, noise: float) -> Floats:
    """Return the probability of each answer where a latent attitude is normal, n by answers."""
    start, slope = SCALE
    ends = np.array([-np.inf, *(ANSWERS[:-1] + 0.5), np.inf])
    below = stats.norm.cdf((ends - start - slope * centre[:, None]) / (slope * noise))
    return np.diff(below, axis=1)


def below_middle(says: Floats) -> Floats:
    """Return the probability of an answer below the middle."""
    return says[:, : MIDDLE - LOWEST].sum(axis=1)


def scores_low(motivation: float) -> float:
    """Return the probability that the mean of independent items is below the middle of the scale."""
    item = chances(np.array([LOADING * motivation]), float(np.sqrt(1 - LOADING**2)))[0]
    total = np.ones(1)
    for _ in ITEMS:
        total = np.convolve(total, item)
    return float(total[: len(ITEMS) * (MIDDLE - LOWEST)].sum())


def months(motivation: Floats) -> list[float]:
    """Return the mean months from alert to first measure of each township."""
    rates = zip(mean_delay(motivation), mean_measure(motivation), strict=True)
    return [expected_months(float(delay), float(measure)) for delay, measure in rates]


def expected_months(delay_rate: float, measure_rate: float) -> float:
    """Return the mean months of alerts spread evenly over their months, no more than are followed."""
    mean, measure = 0.0, capped(measure_rate, LONGEST_MEASURE)
    for alert in range(LAST_ALERT + 1):
        delay = capped(delay_rate, min(LONGEST_DELAY, DECEMBER - alert))
        both = np.convolve(delay, measure)
        mean += float(both @ np.minimum(np.arange(len(both)), WATCHED)) / (LAST_ALERT + 1)
    return mean


def capped(rate: float, most: int) -> Floats:
    """Return the probabilities of 0 to `most` of a Poisson count that stops there."""
    some = stats.poisson.pmf(np.arange(most), rate)
    return np.append(some, 1 - some.sum())

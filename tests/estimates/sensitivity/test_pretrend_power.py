import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq
from scipy.stats import norm, truncnorm

from analysis.estimates.sensitivity.event_study import EventStudy, event_study
from analysis.estimates.sensitivity.pretrend_power import detected_trend, slope_for_power
from analysis.faults import Faults

Z = norm.ppf(0.975)


def study_of(covariance: np.ndarray, times: list[int]) -> EventStudy:
    estimates = pd.Series(np.linspace(0.1, 1, len(times)), times)
    return event_study(estimates, pd.DataFrame(covariance, times, times))


@pytest.mark.parametrize("power", [0.5, 0.8])
def test_with_one_lead_the_slope_is_that_of_a_two_sided_normal_test(power):
    study = study_of(np.diag([4.0, 1.0]), [-2, 0])
    # the lead's mean is -slope, its error 2: power = Phi(-z + slope/2) + Phi(-z - slope/2)
    exact = brentq(lambda s: norm.cdf(s / 2 - Z) + norm.cdf(-s / 2 - Z) - power, 0, 20)
    assert slope_for_power(study, power) == pytest.approx(exact, rel=1e-8)


def test_independent_leads_are_missed_with_the_product_of_their_probabilities():
    study = study_of(np.diag([4.0, 9.0, 1.0, 1.0]), [-3, -2, 0, 1])

    def missed(mean, error):
        return norm.cdf(Z - mean / error) - norm.cdf(-Z - mean / error)

    # distances from the reference are 2 and 1
    exact = brentq(lambda s: 1 - missed(2 * s, 2) * missed(s, 3) - 0.5, 0, 20)
    assert slope_for_power(study, 0.5) == pytest.approx(exact, rel=1e-5)


def test_bias_after_passing_with_one_lead_is_the_truncated_normal_mean():
    covariance = np.array([[4.0, 1.2], [1.2, 1.0]])
    found = detected_trend(study_of(covariance, [-2, 0]), 0.5)
    mean, bound = -found.slope, 2 * Z
    passed = truncnorm.mean((-bound - mean) / 2, (bound - mean) / 2, loc=mean, scale=2)
    assert found.bias == pytest.approx(found.slope)
    assert found.bias_after_passing == pytest.approx(found.slope + 1.2 / 4 * (passed - mean), rel=1e-8)
    assert found.share_of_effect == pytest.approx(found.bias_after_passing / 1.0)
    assert found.bayes_factor == pytest.approx(0.5 / 0.95, rel=1e-6)


def test_means_after_passing_are_those_of_draws_that_pass():
    times = [-4, -3, -2, 0, 1]
    covariance = 0.5 * np.eye(5) + 0.5 + np.diag([0.6, 0.4, 0.2, 0, 0.3])
    found = detected_trend(study_of(covariance, times), 0.5)
    trend = found.slope * (np.array(times) + 1)
    draws = np.random.default_rng(1).multivariate_normal(trend, covariance, size=400_000)
    passed = (np.abs(draws[:, :3]) <= Z * np.sqrt(np.diag(covariance)[:3])).all(axis=1)
    assert passed.mean() == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(400_000))
    error = draws[passed].std(axis=0) / np.sqrt(passed.sum())
    assert (np.abs(found.path["after_passing"] - draws[passed].mean(axis=0)) < 4 * error).all()


def test_the_likelihood_ratio_is_that_of_the_densities():
    found = detected_trend(study_of(np.eye(2), [-2, 0]), 0.8)
    # estimates 0.1 and 1.0, trend -s and s
    s = found.slope
    exact = np.exp(-((0.1 + s) ** 2 + (1 - s) ** 2) / 2 + (0.1**2 + 1) / 2)
    assert found.likelihood_ratio == pytest.approx(exact, rel=1e-10)


def test_a_power_below_the_size_of_the_test_is_refused():
    with pytest.raises(Faults, match=r"above 0\.050"):
        slope_for_power(study_of(np.eye(2), [-2, 0]), 0.04)

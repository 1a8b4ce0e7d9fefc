"""The verdict on a design's power, against closed forms."""

import pytest
from scipy import stats

from analysis.estimates.inference.refusal import Hopeless, Supported, judge_error, judge_estimate
from analysis.estimates.results import Inference, estimate_of
from analysis.faults import Faults


def test_with_many_degrees_of_freedom_the_limit_is_2_8_standard_errors():
    """1.960 + 0.842 = 2.802 (Bloom 1995)."""
    assert isinstance(judge_error(1.0, 10**7, plausible=2.81), Supported)
    assert isinstance(judge_error(1.0, 10**7, plausible=2.79), Hopeless)


def test_an_effect_as_large_as_the_limit_is_found_with_probability_eighty_percent():
    """The power of the t test at the limit, by the noncentral t distribution."""
    verdict = judge_error(0.5, 400, plausible=9.0)
    shift = verdict.mde.value / 0.5
    cut = stats.t.ppf(0.975, 400)
    assert stats.nct.sf(cut, 400, shift) == pytest.approx(0.80, abs=0.002)


def test_a_hopeless_design_says_its_figure():
    """t(15): 2.131 + 0.866 = 2.998 standard errors of 0.1."""
    verdict = judge_error(0.1, 15, plausible=-0.2)
    assert isinstance(verdict, Hopeless)
    assert verdict.plausible == 0.2
    assert verdict.reason == (
        "the smallest effect found with power 80% at size 5% is 0.2998, "
        "above the largest plausible effect of 0.2"
    )


def test_an_estimate_is_judged_by_its_own_error_and_degrees_of_freedom():
    inference = Inference(100, 50, 16, 15, "township", "none")
    estimate = estimate_of(
        "post", 0.4, 0.1, inference, outcome="y", estimator="household and year effects", engine="house"
    )
    assert judge_estimate(estimate, plausible=0.2) == judge_error(0.1, 15, plausible=0.2)


@pytest.mark.parametrize("plausible", [0.0, float("nan"), float("inf")])
def test_no_plausible_effect_is_refused(plausible):
    with pytest.raises(Faults, match="allowed: a finite number other than zero"):
        judge_error(0.1, 15, plausible=plausible)

"""The rule for a range: found where it is planted, not found where the slope is constant."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.threshold.band import decide, find_band
from analysis.estimates.threshold.worthwhile import NoRange, WorthwhileRange
from analysis.faults import Faults

LOW, HIGH = 3.0, 7.0


def hill(soil: np.ndarray) -> np.ndarray:
    """Gains of 0.30, 0.65 and 0.15 of a unit."""
    return np.select([soil <= LOW, soil <= HIGH], [0.30, 0.65], 0.15)


@pytest.fixture(scope="module")
def planted(panel, columns):
    return find_band(panel(hill, noise=0.2, n=120), cost=0.5, draws=99, seed=1, **columns)


def test_the_planted_range_is_found_with_its_ends(planted):
    found = planted.range
    assert isinstance(found, WorthwhileRange)
    assert (found.low, found.high) == pytest.approx((LOW, HIGH), abs=0.1)
    assert found.low_interval[0] <= LOW <= found.low_interval[1]
    assert found.high_interval[0] <= HIGH <= found.high_interval[1]
    assert found.least_slope == pytest.approx(0.65, abs=0.05)


def test_a_constant_gain_above_the_cost_has_no_range(panel, columns):
    found = find_band(panel(lambda soil: 0.58, noise=0.2), cost=0.5, draws=99, seed=1, **columns)
    assert isinstance(found.range, NoRange)
    assert "the bootstrap test does not reject a constant slope" in found.range.reason


def test_both_tests_must_reject(planted):
    doubtful = TestResult("Wald", "constant", 1.0, 4, 0.21, "F(4, 59)")
    found = decide(planted.selection, replace(planted.curve, linearity=doubtful), 0.5, 0.05)
    assert found == NoRange("the spline does not reject a constant slope (p = 0.210)")


def test_a_spline_that_cannot_be_tested_supports_no_range(planted):
    untested = replace(planted.curve, linearity=NotApplicable("Wald", "3 clusters are too few"))
    assert decide(planted.selection, untested, 0.5, 0.05) == NoRange(
        "the spline cannot be tested: 3 clusters are too few"
    )


def test_no_range_is_found_where_no_gain_reaches_the_cost(planted):
    found = decide(planted.selection, planted.curve, 0.9, 0.05)
    assert found == NoRange("in no regime does the slope exceed the cost of 0.9")


@pytest.mark.parametrize("cost", [-0.5, 0.0, float("nan")])
def test_a_cost_that_is_not_above_zero_is_refused(panel, columns, cost):
    with pytest.raises(Faults, match="above zero"):
        find_band(panel(hill), cost=cost, seed=1, **columns)


def test_a_range_is_rarely_found_where_the_gain_is_constant(panel, columns):
    found = [
        find_band(
            panel(lambda soil: 0.58, noise=0.2, n=40, seed=seed), cost=0.5, draws=39, seed=seed, **columns
        ).range
        for seed in range(25)
    ]
    # at most 5% of 25, and three Monte Carlo errors of 4.4 points
    assert np.mean([isinstance(range_, WorthwhileRange) for range_ in found]) < 0.181

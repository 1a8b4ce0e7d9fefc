"""The range of a curve by hand: where straight lines meet the cost."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.results import Fit
from analysis.estimates.threshold.curve_range import curve_range
from analysis.estimates.threshold.spline import SlopeCurve, slope_curve
from analysis.estimates.threshold.spline_basis import SplineBasis
from analysis.estimates.threshold.worthwhile import NoRange, WorthwhileRange
from analysis.faults import Faults

BASIS = SplineBasis("linear", (0.0, 5.0, 10.0))
FIT = Fit("y", "none", "house", (), pd.DataFrame(), 0.0)


def curve(slope: np.ndarray, half: float = 0.2, p_value: float = 0.001) -> SlopeCurve:
    """A curve at 0, 1, ..., 10 with a uniform band of plus or minus `half`."""
    table = pd.DataFrame(
        {"value": np.arange(11.0), "slope": slope, "uniform_low": slope - half, "uniform_high": slope + half}
    )
    return SlopeCurve(table, TestResult("Wald", "", 9.0, 2, p_value, "F(2, 99)"), 2.7, 0.95, BASIS, FIT)


TENT = 1 - 0.2 * np.abs(np.arange(11.0) - 5)


def test_the_range_of_a_tent_ends_where_its_sides_meet_the_cost():
    found = curve_range(curve(TENT), cost=0.5)
    # 1 - 0.2 |q - 5| = 0.5 at 5 ± 2.5; the band of ± 0.2 moves each by 1
    assert isinstance(found, WorthwhileRange)
    assert (found.low, found.high) == pytest.approx((2.5, 7.5))
    assert found.low_interval == pytest.approx((1.5, 3.5))
    assert found.high_interval == pytest.approx((6.5, 8.5))
    # the smallest slope at a point of the curve inside is that at 3 and at 7
    assert found.least_slope == pytest.approx(0.6)


def test_an_end_that_the_curve_does_not_reach_is_open():
    found = curve_range(curve(1 - 0.1 * np.arange(11.0)), cost=0.35)
    assert (found.low, found.low_interval) == (None, None)
    assert found.high == pytest.approx(6.5)


def test_an_interval_that_the_band_does_not_close_ends_with_the_curve():
    found = curve_range(curve(TENT, half=0.45), cost=0.1)
    # the upper band is at 0.45 where the curve ends
    assert found.low_interval == pytest.approx((0.0, 2.75))
    assert found.high_interval == pytest.approx((7.25, 10.0))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (curve(TENT, p_value=0.2), "does not reject a constant slope (p = 0.200)"),
        (curve(TENT - 0.4), "nowhere above the cost of 0.5"),
        (curve(TENT + 0.8), "everywhere"),
        (
            SlopeCurve(pd.DataFrame(curve(TENT).curve), NotApplicable("Wald", "few"), 2.7, 0.95, BASIS, FIT),
            "cannot be tested: few",
        ),
    ],
)
def test_no_range_is_supported_and_the_reason_is_given(found, words):
    result = curve_range(found, cost=0.5)
    assert isinstance(result, NoRange)
    assert words in result.reason


@pytest.mark.parametrize("cost", [0.0, -1.0, float("nan")])
def test_a_cost_that_is_not_above_zero_is_refused(cost):
    with pytest.raises(Faults, match="above zero"):
        curve_range(curve(TENT), cost=cost)


def test_the_range_of_a_planted_curve_is_held_by_its_intervals(panel, columns):
    # 0.1 q (10 - q) / 2.5 = 0.84 at q = 3 and q = 7
    frame = panel(lambda soil: 0.04 * soil * (10 - soil), noise=0.2)
    found = curve_range(slope_curve(frame, seed=1, knots=6, **columns), cost=0.84)
    assert (found.low, found.high) == pytest.approx((3.0, 7.0), abs=0.3)
    assert found.low_interval[0] < 3.0 < found.low_interval[1]
    assert found.high_interval[0] < 7.0 < found.high_interval[1]

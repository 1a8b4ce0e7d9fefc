"""Splines by hand, against scipy's natural cubic spline, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from scipy.interpolate import CubicSpline

from analysis.estimates.threshold.spline_basis import SplineBasis, spline_basis
from analysis.faults import Faults


def test_a_linear_spline_breaks_at_its_inner_knots():
    basis = SplineBasis("linear", (0.0, 4.0, 6.0, 10.0))
    # u = value / 10; inner knots at 0.4 and 0.6
    assert basis.columns(np.array([3.0, 5.0, 9.0])) == pytest.approx(
        np.array([[0.3, 0.0, 0.0], [0.5, 0.1, 0.0], [0.9, 0.5, 0.3]])
    )


def test_natural_cubic_splines_are_those_of_scipy():
    knots = np.array([-3.0, -1.0, 0.5, 2.0, 7.0])
    heights = np.array([1.0, 4.0, -2.0, 0.0, 3.0])
    basis = SplineBasis("natural_cubic", tuple(knots))
    inside = np.linspace(-3, 7, 200)
    at_knots = np.column_stack([np.ones(5), basis.columns(knots)])
    # five columns go through five points in one way only
    through = np.column_stack([np.ones(200), basis.columns(inside)]) @ np.linalg.solve(at_knots, heights)
    assert through == pytest.approx(CubicSpline(knots, heights, bc_type="natural")(inside), abs=1e-10)


def test_natural_cubic_splines_are_straight_beyond_the_outer_knots():
    beyond = SplineBasis("natural_cubic", (0.0, 1.0, 2.0, 4.0)).columns(
        np.array([5.0, 6.0, 7.0, -3.0, -2.0, -1.0])
    )
    assert beyond[0] + beyond[2] == pytest.approx(2 * beyond[1])
    assert beyond[3] + beyond[5] == pytest.approx(2 * beyond[4])


def test_knots_are_evenly_spaced_quantiles():
    values = pd.Series([np.nan, *np.arange(101.0)], name="funds")
    assert spline_basis(values, "linear", 4).knots == pytest.approx((5.0, 35.0, 65.0, 95.0))


@pytest.mark.parametrize(
    ("values", "knots", "words"),
    [
        (np.arange(50.0), 2, "spline, knots: 2"),
        ([1.0] * 40 + [2.0] * 2, 4, "column 'funds': 1 distinct value(s) at 4 quantiles"),
        ([], 4, "column 'funds': 0 distinct value(s)"),
    ],
)
def test_too_few_knots_or_values_are_refused(values, knots, words):
    with pytest.raises(Faults) as caught:
        spline_basis(pd.Series(values, name="funds", dtype=float), "linear", knots)
    assert words in str(caught.value)

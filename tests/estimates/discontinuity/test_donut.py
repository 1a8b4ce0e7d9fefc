"""Estimates without the rows next to the cutoff."""

import pytest

from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.donut import donut_estimates
from analysis.estimates.discontinuity.local_polynomial import local_polynomial
from analysis.estimates.discontinuity.polynomial import Polynomial
from analysis.faults import Faults

DESIGN = CutoffDesign("sharp", "score", "unit no.")


def test_each_row_is_the_estimate_without_the_rows_inside(around):
    found = donut_estimates(around, DESIGN, Polynomial(bandwidth=0.5), donuts=[0.0, 0.1])
    without = around[around["score"].abs() >= 0.1]
    by_hand = local_polynomial(without, DESIGN, Polynomial(bandwidth=0.5)).robust
    assert found["donut"].tolist() == [0.0, 0.1]
    assert found.loc[1, "estimate"] == pytest.approx(by_hand.estimate, rel=1e-9)
    assert found.loc[1, "std_error"] == pytest.approx(by_hand.std_error, rel=1e-9)


def test_all_rows_have_the_bandwidth_found_without_a_donut(around):
    found = donut_estimates(around, DESIGN, donuts=[0.0, 0.05, 0.1])
    assert found["bandwidth"].tolist() == [local_polynomial(around, DESIGN).bandwidth] * 3


def test_rows_heaped_at_the_cutoff_no_longer_decide(around):
    """Those within .02 above are moved by 20 in their outcome: only the donut finds the planted 2."""
    spoilt = around["score"].between(0, 0.02)
    frame = around.assign(sharp=around["sharp"] + 20 * spoilt)
    found = donut_estimates(frame, DESIGN, Polynomial(bandwidth=0.5), donuts=[0.0, 0.03])
    planted = (found["conf_low"] < 2.0) & (found["conf_high"] > 2.0)
    assert planted.tolist() == [False, True]


def test_no_donut_at_all_is_refused(around):
    with pytest.raises(Faults, match="0 is no donut"):
        donut_estimates(around, DESIGN, donuts=[])

"""Jumps where no rule changes."""

from dataclasses import replace

import pytest

from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.local_polynomial import local_polynomial
from analysis.estimates.discontinuity.placebo import placebo_cutoffs
from analysis.faults import Faults

DESIGN = CutoffDesign("sharp", "score", "unit no.")


def test_a_placebo_sees_one_side_of_the_true_cutoff_only(around):
    found = placebo_cutoffs(around, DESIGN, cutoffs=[-0.1, 0.3])
    for row, side in ((0, around["score"] < 0), (1, around["score"] >= 0)):
        placebo = replace(DESIGN, cutoff=found.loc[row, "cutoff"])
        by_hand = local_polynomial(around[side], placebo).robust
        assert found.loc[row, "estimate"] == pytest.approx(by_hand.estimate, rel=1e-9)


def test_nothing_jumps_at_placebos_even_next_to_a_large_jump(around):
    found = placebo_cutoffs(around, DESIGN, cutoffs=[-0.6, -0.3, 0.3, 0.6])
    assert (found["p_value"] > 0.01).all()
    assert (found["conf_low"] < 0).all() and (found["conf_high"] > 0).all()


def test_the_true_cutoff_is_no_placebo(around):
    with pytest.raises(Faults, match="0 is the cutoff itself"):
        placebo_cutoffs(around, DESIGN, cutoffs=[0.3, 0.0])

"""Confidence sets that a weak first stage leaves right."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.local_polynomial import local_polynomial
from analysis.estimates.discontinuity.polynomial import Polynomial
from analysis.estimates.discontinuity.weak_first_stage import weak_first_stage
from analysis.faults import Faults

FUZZY = CutoffDesign("fuzzy", "score", "unit no.", treatment="takes it", clusters="village")
WIDTH = Polynomial(bandwidth=0.6)


@pytest.mark.parametrize("clusters", ["village", None])
def test_an_effect_at_the_end_of_the_set_is_rejected_at_exactly_the_level(around, clusters):
    """At both ends the jump of `outcome - e treatment` has p = .05."""
    design = replace(FUZZY, clusters=clusters)
    found = weak_first_stage(around, design, WIDTH)
    assert found.kind == "interval"
    assert found.conf_low < 2.0 < found.conf_high
    for end in (found.conf_low, found.conf_high):
        left = around.assign(left=around["fuzzy"] - end * around["takes it"])
        jump = local_polynomial(left, replace(design, outcome="left", treatment=None), WIDTH).robust
        assert jump.p_value == pytest.approx(0.05, abs=1e-7)


def test_a_treatment_that_does_not_jump_gives_no_bounded_interval(around):
    random = np.random.default_rng(9)
    idle = around.assign(**{"takes it": (random.random(len(around)) < 0.4).astype(float)})
    found = weak_first_stage(idle.assign(fuzzy=idle["score"] + random.normal(size=len(idle))), FUZZY, WIDTH)
    assert found.first_stage_f < 3.8
    assert found.kind == "everything"
    assert (found.conf_low, found.conf_high) == (-np.inf, np.inf)


def test_with_an_outcome_that_jumps_alone_small_effects_are_what_is_rejected(around):
    random = np.random.default_rng(9)
    idle = around.assign(**{"takes it": (random.random(len(around)) < 0.4).astype(float)})
    found = weak_first_stage(idle, replace(FUZZY, outcome="sharp"), WIDTH)
    assert found.kind == "outside"
    assert found.conf_low < 0 < found.conf_high
    assert found.p_value < 0.05


def test_a_sharp_design_is_refused(around):
    with pytest.raises(Faults, match="use local_polynomial"):
        weak_first_stage(around, replace(FUZZY, treatment=None))

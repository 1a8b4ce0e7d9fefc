"""Published discontinuities by straight lines."""

from dataclasses import replace

import pytest
from causaldata import gov_transfers

from analysis.estimates.discontinuity.cutoff_design import JUMP, CutoffDesign
from analysis.estimates.discontinuity.parametric import parametric_discontinuity
from analysis.faults import Faults

HOUSEHOLD = ("age_hh", "age_sp", "educ_hh", "educ_sp", "female_hh", "indigenous", "hhsize")
DWELLING = ("dirtfloor", "bathroom", "land", "hospital_distance")


def test_support_for_the_government_is_that_of_the_effect():
    """Huntington-Klein, The Effect, ch. 20: transfers below the line raise support by 0.0999 (0.030)."""
    frame = gov_transfers.load_pandas().data.rename_axis("household").reset_index()
    design = CutoffDesign("Support", "Income_Centered", "household", treated_side="below")
    found = parametric_discontinuity(frame, design).estimate(JUMP)
    assert round(found.estimate, 4) == 0.0999
    assert round(found.std_error, 3) == 0.030
    assert found.n_obs == 1_948


def test_health_expenditures_are_those_of_impact_evaluation_in_practice(hisp):
    """Gertler et al. (2016), ch. 6: -9.03 (0.44) at an index of 58, follow-up, treatment localities."""
    rows = hisp[(hisp["round"] == 1) & (hisp["treatment_locality"] == 1)]
    design = CutoffDesign(
        "health_expenditures",
        "poverty_index",
        "household_identifier",
        cutoff=58,
        clusters="locality_identifier",
        covariates=HOUSEHOLD + DWELLING,
        treated_side="below",
    )
    found = parametric_discontinuity(rows, design).estimate(JUMP)
    assert round(found.estimate, 2) == -9.03
    assert round(found.std_error, 2) == 0.44
    assert (found.n_obs, found.n_clusters) == (4_960, 100)


def test_lines_without_noise_give_the_jump_and_both_slopes(around):
    above = (around["score"] >= 0.1).astype(float)
    exact = around.assign(
        y=1 + 3 * above + 2 * (around["score"] - 0.1) * (1 + above) + 1e-9 * around["sharp"]
    )
    found = parametric_discontinuity(exact, CutoffDesign("y", "score", "unit no.", cutoff=0.1))
    assert [estimate.estimate for estimate in found.estimates] == pytest.approx([3, 2, 2, 1], abs=1e-6)


def test_rows_outside_the_window_are_counted(around):
    found = parametric_discontinuity(around, CutoffDesign("sharp", "score", "unit no."), window=0.5)
    outside = int((around["score"].abs() > 0.5).sum())
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("outside the window", outside)]


def test_a_fuzzy_design_is_refused(around):
    design = replace(CutoffDesign("fuzzy", "score", "unit no."), treatment="takes it")
    with pytest.raises(Faults, match="set it to None, or use local_polynomial"):
        parametric_discontinuity(around, design)

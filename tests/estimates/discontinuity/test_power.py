"""Minimum detectable effects of discontinuities."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.kernels import edge_variance
from analysis.estimates.discontinuity.local_polynomial import local_polynomial
from analysis.estimates.discontinuity.polynomial import Polynomial
from analysis.estimates.discontinuity.power import (
    detectable_discontinuity,
    judge_polynomial,
    judge_window,
)
from analysis.estimates.inference.refusal import Hopeless, Supported
from analysis.faults import Faults

LOG_POINTS = [(100, 0.40), (300, 0.23), (1_000, 0.125), (3_000, 0.072), (6_772, 0.048)]


@pytest.mark.parametrize(("n", "stated"), LOG_POINTS)
def test_the_region_s_table_of_log_points_is_reproduced(n, stated):
    """Sharp, spread .35, rows half on each side: (t(.975) + t(.8)) 4 × .35 / √N, within 1.5%.

    By hand for 6,772: 2.8018 × 1.4 / 82.29 = .0477. The table's .125 at 1,000 is .1242 here.
    """
    assert detectable_discontinuity(n // 2, n - n // 2, sd=0.35).value == pytest.approx(stated, rel=0.015)


def test_the_edge_of_a_window_has_fan_and_gijbels_constants():
    """A mean has 1 (uniform) and 4/3 (triangular); a line 4 and 24/5; a uniform parabola 9."""
    assert edge_variance("uniform", 0) == pytest.approx(1)
    assert edge_variance("triangular", 0) == pytest.approx(4 / 3)
    assert edge_variance("uniform", 1) == pytest.approx(4)
    assert edge_variance("triangular", 1) == pytest.approx(24 / 5)
    assert edge_variance("uniform", 2) == pytest.approx(9)


@pytest.mark.parametrize("kernel", ["uniform", "triangular", "epanechnikov"])
def test_the_closed_form_is_the_error_of_an_estimate_with_uniform_rows(kernel):
    random = np.random.default_rng(8)
    score = (np.arange(8_000) - 3_999.5) / 4_000
    frame = pd.DataFrame({"x": score, "y": random.normal(0, 0.35, 8_000), "i": range(8_000)})
    width = Polynomial(bandwidth=0.5, kernel=kernel)
    found = local_polynomial(frame, CutoffDesign("y", "x", "i"), width)
    planned = detectable_discontinuity(found.n_below, found.n_above, sd=0.35, kernel=kernel)
    assert planned.std_error == pytest.approx(found.conventional.std_error, rel=0.06)


def test_a_fuzzy_effect_needs_the_sharp_one_over_the_first_stage():
    sharp, fuzzy = (detectable_discontinuity(500, 500, sd=1, first_stage=f).value for f in (1, -0.5))
    assert fuzzy == pytest.approx(2 * sharp)


def test_the_planned_effect_is_found_four_times_in_five():
    mde = detectable_discontinuity(150, 150, sd=0.35)
    effect, cut = mde.value / mde.std_error, stats.t.ppf(0.975, mde.df_resid)
    assert stats.nct.sf(cut, mde.df_resid, effect) == pytest.approx(0.80, abs=0.005)


def test_a_window_of_a_hundred_monitored_households_is_hopeless():
    verdict = judge_window(50, 50, sd=0.35, plausible=0.05)
    assert isinstance(verdict, Hopeless)
    assert verdict.reason == (
        "the smallest effect found with power 80% at size 5% is 0.3963, "
        "above the largest plausible effect of 0.05"
    )
    assert isinstance(judge_window(3_386, 3_386, sd=0.35, plausible=0.05), Supported)


def test_an_estimate_is_judged_by_its_robust_error(around):
    found = local_polynomial(around, CutoffDesign("sharp", "score", "unit no."))
    error = found.robust.std_error
    assert isinstance(judge_polynomial(found, plausible=2.7 * error), Hopeless)
    assert isinstance(judge_polynomial(found, plausible=2.9 * error), Supported)


def test_numbers_out_of_range_are_refused():
    with pytest.raises(Faults) as raised:
        detectable_discontinuity(2, 50, sd=0.0, first_stage=0.0)
    assert [fault.where for fault in raised.value.faults] == ["n_below", "sd", "first_stage"]

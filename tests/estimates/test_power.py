"""Minimum detectable effects."""

import pytest
from scipy import stats

from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.power import detectable_by, detectable_effect


def test_the_multiple_is_bloom_s_with_many_clusters():
    """Bloom (1995): 2.80 standard errors for a two-sided 5% test with 80% power; 2.49 for a 10% test."""
    assert round(detectable_effect(1.0, 10**6).value, 2) == 2.80
    assert round(detectable_effect(1.0, 10**6, size=0.10).value, 2) == 2.49


def test_few_clusters_need_larger_effects():
    """16 clusters: t(.975, 15) = 2.131, t(.80, 15) = 0.866, as tables of t print them."""
    assert detectable_effect(10.0, 15).value == pytest.approx(10 * (2.131 + 0.866), abs=0.01)


def test_the_effect_is_found_four_times_in_five():
    """Power of the t test at the minimum detectable effect, from the noncentral t."""
    effect = detectable_effect(1.0, 60).value
    cut = stats.t.ppf(0.975, 60)
    power = stats.nct.sf(cut, 60, effect) + stats.nct.cdf(-cut, 60, effect)
    assert power == pytest.approx(0.80, abs=0.005)


def test_an_estimate_carries_its_own_design(balanced):
    design = PanelDesign("household", "year", ("subsidy",), clusters="village")
    estimate = fit_panel(balanced, "income", design, HOUSEHOLD_YEAR).estimate("subsidy")
    found = detectable_by(estimate)
    assert found.df_resid == 23
    assert found.value == pytest.approx((2.0687 + 0.8583) * estimate.std_error, rel=1e-3)

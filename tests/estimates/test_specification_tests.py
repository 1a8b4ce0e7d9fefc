"""Hausman's and Mundlak's tests."""

from dataclasses import replace

import pytest
from scipy import stats

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.specification_tests import hausman_test, mundlak_test

FIXED = Specification("fixed", "none")
RANDOM = Specification("random", "none")
CORRELATED = Specification("correlated", "none")
DESIGN = PanelDesign("household", "year", ("subsidy", "post"), ("size",), "village")
FIRMS = PanelDesign("firm", "year", ("value",), ("capital",))


def test_hausman_of_grunfeld_is_that_of_plm(grunfeld):
    """plm's vignette, `phtest`: chisq = 2.3304, df = 2, p-value = 0.3119."""
    fixed = fit_panel(grunfeld, "invest", FIRMS, FIXED)
    found = hausman_test(fixed, fit_panel(grunfeld, "invest", FIRMS, RANDOM))
    assert round(found.statistic, 4) == 2.3304
    assert (found.df, found.distribution) == (2, "chi2(2)")
    assert round(found.p_value, 4) == 0.3119


def test_hausman_does_not_apply_to_clustered_errors(balanced):
    fixed, random = (fit_panel(balanced, "income", DESIGN, s) for s in (FIXED, RANDOM))
    assert hausman_test(fixed, random) == NotApplicable(
        "Hausman test",
        "it needs classical errors, and those of household effects and random effects are clustered",
    )


def test_hausman_does_not_apply_where_random_effects_are_not_more_precise(grunfeld):
    fixed = fit_panel(grunfeld, "invest", FIRMS, FIXED)
    random = fit_panel(grunfeld, "invest", FIRMS, RANDOM)
    found = hausman_test(fixed, replace(random, covariance=random.covariance * 4))
    assert found == NotApplicable(
        "Hausman test", "the difference of the covariances is not positive definite"
    )


def test_mundlak_of_one_mean_is_its_squared_t(balanced):
    fit = fit_panel(balanced, "income", replace(DESIGN, treatments=("subsidy",), controls=()), CORRELATED)
    found = mundlak_test(fit)
    mean = fit.estimate("mean(subsidy)")
    assert found.statistic == pytest.approx(mean.statistic**2)
    assert found.p_value == pytest.approx(mean.p_value)
    assert found.distribution == "F(1, 23)"


def test_mundlak_agrees_with_hausman_in_a_balanced_panel(grunfeld):
    """The two are the same chi-squared but for the estimate of the variances (Arellano 1993)."""
    fixed, random = (fit_panel(grunfeld, "invest", FIRMS, s) for s in (FIXED, RANDOM))
    correlated = mundlak_test(fit_panel(grunfeld, "invest", FIRMS, CORRELATED))
    assert correlated.statistic * 2 == pytest.approx(hausman_test(fixed, random).statistic, rel=0.1)


def test_mundlak_finds_effects_correlated_with_the_treatment(balanced):
    assert mundlak_test(fit_panel(balanced, "income", DESIGN, CORRELATED)).p_value < 1e-4


def test_mundlak_does_not_apply_without_means(balanced):
    found = mundlak_test(fit_panel(balanced, "income", DESIGN, RANDOM))
    assert found == NotApplicable("Mundlak test", "random effects has no household means among its terms")


def test_p_values_come_from_the_stated_distribution(balanced):
    found = mundlak_test(fit_panel(balanced, "income", DESIGN, CORRELATED))
    assert found.p_value == pytest.approx(stats.f.sf(found.statistic, 3, 23))

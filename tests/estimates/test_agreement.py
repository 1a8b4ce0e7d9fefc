"""Two engines on one regression."""

from dataclasses import replace

import pytest

from analysis.estimates.agreement import agreement
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, LADDER, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.second_engine import fit_second

DESIGN = PanelDesign("household", "year", ("subsidy", "post"), ("size",), "village", "township")
PLAIN = tuple(Specification(household, "none") for household in ("none", "random", "correlated"))


@pytest.mark.parametrize("specification", (*PLAIN, *LADDER), ids=lambda s: s.name)
@pytest.mark.parametrize("clusters", ["village", "township", None])
def test_engines_agree_to_eight_digits(unbalanced, specification, clusters):
    """Coefficients relative to their errors, errors relative to themselves."""
    design = replace(DESIGN, clusters=clusters)
    first = fit_panel(unbalanced, "income", design, specification)
    second = fit_second(unbalanced, "income", design, specification)
    assert agreement(first, second).largest < 1e-8
    assert second.engine != first.engine
    assert second.dropped == first.dropped
    assert second.r2 == pytest.approx(first.r2, abs=1e-10)


def test_terms_that_one_engine_absorbs_are_named(unbalanced):
    specification = Specification("none", "common")
    first = fit_panel(unbalanced, "income", DESIGN, specification)
    second = fit_second(unbalanced, "income", DESIGN, specification)
    assert agreement(first, second).not_compared == ("const",)


def test_a_difference_is_relative_to_the_standard_error(unbalanced):
    fit = fit_panel(unbalanced, "income", DESIGN, HOUSEHOLD_YEAR)
    one = fit.estimates[0]
    moved = replace(one, estimate=one.estimate + 0.5 * one.std_error, std_error=1.25 * one.std_error)
    found = agreement(fit, replace(fit, estimates=(moved, *fit.estimates[1:])))
    assert found.terms[0].coefficient == pytest.approx(0.5)
    assert found.terms[0].std_error == pytest.approx(0.25)
    assert found.largest == pytest.approx(0.5)


def test_fits_of_different_estimators_are_not_compared(unbalanced):
    first = fit_panel(unbalanced, "income", DESIGN, HOUSEHOLD_YEAR)
    second = fit_panel(unbalanced, "income", DESIGN, Specification("none", "common"))
    with pytest.raises(ValueError, match="not comparable"):
        agreement(first, second)

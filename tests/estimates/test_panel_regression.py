"""Panel regressions against published tables, brute force and known identities."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyfixest
import pytest

from analysis.estimates.panel_design import HOUSEHOLD_YEAR, LADDER, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_ladder, fit_panel
from analysis.estimates.results import Dropped, Fit

DESIGN = PanelDesign("household", "year", ("subsidy", "post"), ("size",), "village", "township")
FIRMS = PanelDesign("firm", "year", ("value",), ("capital",))
MEN = PanelDesign("nr", "year", ("union",), ("married", "expersq"))
ALL_MEN = PanelDesign("nr", "year", ("union",), ("married", "exper", "expersq", "educ", "black", "hisp"))


def values(fit: Fit, digits: int) -> dict[str, tuple[float, float]]:
    """Coefficients and errors, rounded as a table prints them."""
    return {e.term: (round(e.estimate, digits), round(e.std_error, digits)) for e in fit.estimates}


def test_wage_panel_gives_the_fixed_effects_of_wooldridge_table_14_2(wages):
    """Wooldridge (2013), table 14.2: union .080 (.019), married .047 (.018), expersq -.0052 (.0007)."""
    fit = fit_panel(wages, "lwage", MEN, HOUSEHOLD_YEAR)
    assert values(fit, 4) == {
        "union": (0.0800, 0.0193),
        "married": (0.0467, 0.0183),
        "expersq": (-0.0052, 0.0007),
    }


def test_wage_panel_gives_the_pooled_and_random_effects_of_wooldridge_table_14_2(wages):
    """Both with year dummies and classical errors, as in the book."""
    pooled = values(fit_panel(wages, "lwage", ALL_MEN, Specification("none", "common")), 3)
    random = values(fit_panel(wages, "lwage", ALL_MEN, Specification("random", "common")), 3)
    assert pooled["union"] == (0.182, 0.017)
    assert pooled["married"] == (0.108, 0.016)
    assert pooled["educ"] == (0.091, 0.005)
    assert random["union"] == (0.106, 0.018)
    assert random["married"] == (0.064, 0.017)
    assert random["educ"] == (0.092, 0.011)
    assert random["black"] == (-0.139, 0.048)


def test_grunfeld_gives_the_within_estimates_that_plm_prints(grunfeld):
    fit = fit_panel(grunfeld, "invest", FIRMS, Specification("fixed", "none"))
    assert values(fit, 7) == {"value": (0.1101238, 0.0118567), "capital": (0.3100653, 0.0173545)}


def test_grunfeld_gives_the_swamy_arora_estimates_that_plm_prints(grunfeld):
    """plm's vignette: idiosyncratic variance 2784.46, individual 7089.80."""
    fit = fit_panel(grunfeld, "invest", FIRMS, Specification("random", "none"))
    assert values(fit, 5)["value"] == (0.10978, 0.01049)
    assert values(fit, 5)["capital"] == (0.30811, 0.01718)
    assert round(fit.estimate("const").estimate, 2) == -57.83
    assert round(fit.variance_components.idiosyncratic, 2) == 2784.46
    assert round(fit.variance_components.entity, 2) == 7089.80


def test_household_effects_equal_household_dummies(unbalanced):
    """Brute force: least squares with one dummy a household, and the sandwich written as a loop."""
    fit = fit_panel(unbalanced, "income", DESIGN, Specification("fixed", "none"))
    kept = unbalanced[unbalanced.groupby("household")["year"].transform("size") > 1]
    terms = list(DESIGN.terms)
    dummies = pd.get_dummies(kept["household"], dtype=float).to_numpy()
    x = np.column_stack([kept[terms].to_numpy(), dummies])
    y = kept["income"].to_numpy()
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ x.T @ y
    residuals = y - x @ coefficients
    meat = np.zeros_like(inverse)
    for village in kept["village"].unique():
        score = x[kept["village"] == village].T @ residuals[kept["village"] == village]
        meat += np.outer(score, score)
    n, g = len(kept), kept["village"].nunique()
    factor = g / (g - 1) * (n - 1) / (n - len(terms) - 1)
    errors = np.sqrt(np.diag(inverse @ meat @ inverse) * factor)[: len(terms)]
    np.testing.assert_allclose([e.estimate for e in fit.estimates], coefficients[: len(terms)], rtol=1e-10)
    np.testing.assert_allclose([e.std_error for e in fit.estimates], errors, rtol=1e-10)


@pytest.mark.parametrize(
    ("period", "absorbed"),
    [("none", "household"), ("common", "household + year"), ("by_group", "household + township^year")],
)
@pytest.mark.filterwarnings("ignore:.*singleton fixed effect")
@pytest.mark.parametrize("clusters", ["village", "township"])
def test_the_house_correction_is_that_of_fixest_with_nested_effects_not_counted(
    unbalanced, period, absorbed, clusters
):
    fit = fit_panel(unbalanced, "income", replace(DESIGN, clusters=clusters), Specification("fixed", period))
    other = pyfixest.feols(
        f"income ~ subsidy + post + size | {absorbed}",
        unbalanced,
        vcov={"CRV1": clusters},
        ssc=pyfixest.ssc(k_fixef="nonnested"),
        demeaner=pyfixest.MapDemeaner(fixef_tol=1e-12),
    )
    tidy = other.tidy()
    np.testing.assert_allclose([e.std_error for e in fit.estimates], tidy["Std. Error"], rtol=1e-10)
    np.testing.assert_allclose([e.p_value for e in fit.estimates], tidy["Pr(>|t|)"], rtol=1e-7, atol=1e-14)
    np.testing.assert_allclose([e.conf_low for e in fit.estimates], tidy["2.5%"], rtol=1e-8)


@pytest.mark.parametrize("panel", ["balanced", "unbalanced"])
@pytest.mark.parametrize("period", ["none", "common"])
def test_correlated_random_effects_have_the_coefficients_of_household_effects(panel, period, request):
    """Mundlak (1978), for unbalanced panels Wooldridge (2019)."""
    frame = request.getfixturevalue(panel)
    correlated = fit_panel(frame, "income", DESIGN, Specification("correlated", period))
    fixed = fit_panel(frame, "income", DESIGN, Specification("fixed", period))
    for term in DESIGN.terms:
        assert correlated.estimate(term).estimate == pytest.approx(fixed.estimate(term).estimate, abs=1e-10)


def test_means_of_correlated_random_effects_are_between_less_within(balanced):
    """In a balanced panel the coefficient of a mean is the between estimate less the within one."""
    correlated = fit_panel(balanced, "income", DESIGN, Specification("correlated", "none"))
    within = fit_panel(balanced, "income", DESIGN, Specification("fixed", "none"))
    means = balanced.groupby("household")[["income", *DESIGN.terms]].mean()
    x = np.column_stack([np.ones(len(means)), means[list(DESIGN.terms)]])
    between = np.linalg.lstsq(x, means["income"].to_numpy(), rcond=None)[0][1:]
    for term, value in zip(DESIGN.terms, between, strict=True):
        expected = value - within.estimate(term).estimate
        assert correlated.estimate(f"mean({term})").estimate == pytest.approx(expected, abs=1e-10)


def test_two_groups_in_two_periods_give_the_difference_of_four_means():
    frame = pd.DataFrame(
        {
            "household": [1, 1, 2, 2, 3, 3, 4, 4],
            "year": [0, 1] * 4,
            "treated": [0, 1, 0, 1, 0, 0, 0, 0],
            "income": [10.0, 15, 12, 19, 8, 9, 6, 9],
        }
    )
    fit = fit_panel(frame, "income", PanelDesign("household", "year", ("treated",)), HOUSEHOLD_YEAR)
    # ((15 + 19) - (10 + 12)) / 2 - ((9 + 9) - (8 + 6)) / 2 = 6 - 2
    assert fit.estimate("treated").estimate == pytest.approx(4)


def test_insurance_subsidy_with_household_effects(hisp):
    """-8.163 (.319) on 9,918 rows, clustered by locality; one household has a single row."""
    rows = hisp[hisp["treatment_locality"] == 1].assign(subsidised=lambda f: f["enrolled"] * f["round"])
    design = PanelDesign("household_identifier", "round", ("subsidised",), clusters="locality_identifier")
    fit = fit_panel(rows, "health_expenditures", design, HOUSEHOLD_YEAR)
    assert values(fit, 3) == {"subsidised": (-8.163, 0.319)}
    assert fit.estimate("subsidised").n_obs == 9_918
    assert fit.dropped == (Dropped("singleton", 1),)


def test_rows_left_out_are_counted_by_reason(balanced):
    frame = balanced.copy()
    frame.loc[:2, "income"] = np.nan
    frame.loc[5:8, "size"] = np.nan
    fit = fit_panel(frame, "income", DESIGN, HOUSEHOLD_YEAR)
    # rows 5-9 are household 1: four lose their size, the fifth is then alone
    assert fit.dropped == (Dropped("missing income", 3), Dropped("missing size", 4), Dropped("singleton", 1))
    assert fit.estimates[0].n_obs == len(frame) - 8
    assert fit.estimates[0].n_entities == 119


def test_singletons_stay_in_regressions_without_fixed_effects(balanced):
    frame = balanced.drop(index=range(4))
    random = fit_panel(frame, "income", DESIGN, Specification("random", "common"))
    assert random.dropped == ()
    assert random.estimates[0].n_obs == len(frame)


def test_a_control_that_the_effects_absorb_is_named_as_omitted(balanced):
    """Age is birth year and calendar year together."""
    frame = balanced.assign(age=balanced["year"] - 1950 - balanced["household"] % 7)
    design = replace(DESIGN, controls=("size", "age"))
    fit = fit_panel(frame, "income", design, HOUSEHOLD_YEAR)
    without = fit_panel(frame, "income", DESIGN, HOUSEHOLD_YEAR)
    reason = "absorbed by household and year effects and the terms before it"
    assert [(o.term, o.reason) for o in fit.omitted] == [("age", reason)]
    np.testing.assert_allclose(fit.covariance, without.covariance, rtol=1e-9)


def test_a_household_mean_that_repeats_its_column_is_named_as_omitted(balanced):
    frame = balanced.assign(educated=(balanced["household"] % 3 == 0).astype(float))
    fit = fit_panel(
        frame, "income", replace(DESIGN, controls=("educated",)), Specification("correlated", "none")
    )
    assert [o.term for o in fit.omitted] == ["mean(educated)"]
    assert "educated" in fit.terms


def test_the_ladder_has_one_fit_a_specification(unbalanced):
    fits = fit_ladder(unbalanced, "income", DESIGN)
    assert [fit.estimator for fit in fits] == [specification.name for specification in LADDER]


def test_order_and_labels_of_rows_do_not_matter(unbalanced):
    """Shuffled rows, names for numbers, nullable types, one index label for all."""
    shuffled = unbalanced.sample(frac=1, random_state=3).astype({"post": "boolean", "size": "Int64"})
    shuffled["household"] = "h" + shuffled["household"].astype(str)
    shuffled.index = pd.Index([0] * len(shuffled))
    for specification in LADDER:
        first = fit_panel(unbalanced, "income", DESIGN, specification)
        second = fit_panel(shuffled, "income", DESIGN, specification)
        np.testing.assert_allclose(second.covariance, first.covariance, rtol=1e-8)
        assert second.estimate("post").estimate == pytest.approx(first.estimate("post").estimate, rel=1e-9)


def test_tidy_has_the_columns_of_the_field(balanced):
    tidy = fit_panel(balanced, "income", DESIGN, HOUSEHOLD_YEAR).tidy()
    first = ["term", "estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high", "n_obs"]
    assert list(tidy.columns[:8]) == first
    assert list(tidy["term"]) == ["subsidy", "post", "size"]

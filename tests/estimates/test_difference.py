"""Comparisons of means: the published rows of the insurance subsidy, and hand arithmetic."""

import pandas as pd
import pytest

from analysis.estimates.difference import (
    INTERACTION,
    Comparison,
    before_after,
    difference_in_differences,
    treated_untreated,
)
from analysis.estimates.results import Dropped, Fit
from analysis.faults import Faults

HEALTH = Comparison("health_expenditures", "household_identifier", "locality_identifier")
INCOME = Comparison("income", "household")


def row(fit: Fit, term: str, digits: int) -> tuple[float, float, int]:
    """Coefficient, error and rows, as printed."""
    found = fit.estimate(term)
    return round(found.estimate, digits), round(found.std_error, digits), found.n_obs


@pytest.fixture(scope="module")
def treated_localities(hisp):
    return hisp[hisp["treatment_locality"] == 1]


def test_insurance_subsidy_before_and_after(treated_localities):
    enrolled = treated_localities[treated_localities["enrolled"] == 1]
    fit = before_after(enrolled, HEALTH, period="round", before=0, after=1)
    assert row(fit, "after", 2)[:2] == (-6.65, 0.23)


def test_insurance_subsidy_enrolled_against_not_enrolled(treated_localities):
    follow_up = treated_localities[treated_localities["round"] == 1]
    fit = treated_untreated(follow_up, HEALTH, treatment="enrolled")
    assert row(fit, "enrolled", 2)[:2] == (-14.46, 0.33)


def test_insurance_subsidy_as_randomised(hisp):
    eligible = hisp[(hisp["round"] == 1) & (hisp["eligible"] == 1)]
    fit = treated_untreated(eligible, HEALTH, treatment="treatment_locality")
    assert row(fit, "treatment_locality", 2) == (-10.14, 0.40, 5_629)


def test_insurance_subsidy_by_difference_in_differences(treated_localities):
    fit = difference_in_differences(
        treated_localities, HEALTH, treated="enrolled", period="round", before=0, after=1
    )
    assert row(fit, INTERACTION, 3) == (-8.163, 0.319, 9_919)


@pytest.fixture
def four() -> pd.DataFrame:
    """Means 10 and 17 of the treated, 7 and 9 of the untreated, before and after."""
    return pd.DataFrame(
        {
            "household": [1, 1, 2, 2, 3, 3, 4, 4],
            "year": [2019, 2021] * 4,
            "village": [1, 1, 2, 2, 3, 3, 4, 4],
            "treated": [1] * 4 + [0] * 4,
            "income": [9.0, 15, 11, 19, 8, 9, 6, 9],
        }
    )


def test_difference_in_differences_is_that_of_four_means(four):
    fit = difference_in_differences(four, INCOME, treated="treated", period="year", before=2019, after=2021)
    assert fit.estimate("const").estimate == pytest.approx(7)
    assert fit.estimate("treated").estimate == pytest.approx(10 - 7)
    assert fit.estimate("after").estimate == pytest.approx(9 - 7)
    assert fit.estimate(INTERACTION).estimate == pytest.approx((17 - 10) - (9 - 7))


def test_the_classical_error_of_two_means_is_that_of_the_pooled_t_test(four):
    """Before: treated 9, 11, untreated 8, 6, pooled variance 2, so the error is sqrt(2 (1/2 + 1/2))."""
    fit = treated_untreated(four[four["year"] == 2019], INCOME, treatment="treated")
    assert fit.estimate("treated").std_error == pytest.approx(2**0.5)
    assert fit.estimate("treated").df_resid == 2


def test_missing_values_are_counted(four):
    frame = four.assign(income=four["income"].mask(four.index == 7))
    fit = before_after(frame, INCOME, period="year", before=2019, after=2021)
    assert fit.dropped == (Dropped("missing income", 1),)
    assert fit.estimate("after").n_obs == 7
    assert fit.estimate("after").n_entities == 4


def test_a_treatment_that_is_not_zero_or_one_is_refused(four):
    with pytest.raises(Faults) as raised:
        treated_untreated(four.assign(treated=2), INCOME, treatment="treated")
    assert str(raised.value) == (
        "panel, column 'treated': values 2\n"
        "    allowed: 0 and 1, both present\n"
        "    mend: recode it, or widen the sample"
    )


def test_a_period_without_rows_is_refused(four):
    with pytest.raises(Faults) as raised:
        before_after(four, INCOME, period="year", before=2018, after=2021)
    assert str(raised.value) == (
        "panel, column 'year': no row in period 2018\n"
        "    allowed: a period of the panel\n"
        "    mend: choose another period"
    )


def test_a_column_named_like_a_term_is_refused(four):
    with pytest.raises(Faults, match="'after': the name is that of a term of the result"):
        before_after(
            four.assign(after=1), Comparison("after", "household"), period="year", before=2019, after=2021
        )


def test_a_single_cluster_is_refused(four):
    comparison = Comparison("income", "household", "village")
    with pytest.raises(Faults, match="'village': a single cluster"):
        before_after(four.assign(village=1), comparison, period="year", before=2019, after=2021)

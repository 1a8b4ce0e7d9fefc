"""Naive estimates on the bundled county are visibly wrong, and household and year effects come nearer."""

import pandas as pd
import pyfixest
import pytest

FORMULA = "income ~ subsidies + projects + posts + household_size + workers"


@pytest.fixture(scope="module")
def sample(bundled, laoling):
    rows = bundled.tables["households"].query("household_type != 'ordinary'")
    persons = rows.household_size * rows.year.map(laoling.price_index)
    months = bundled.tables["posts"].groupby(["household_id", "year"]).post_months.sum()
    first = bundled.tables["beneficiaries"].groupby("household_id").benefit_from_year.min()
    key = pd.MultiIndex.from_frame(rows[["household_id", "year"]])
    return rows.assign(
        income=rows.net_income / persons,
        subsidies=rows.subsidy_income / persons,
        projects=(rows.year >= rows.household_id.map(first)).astype(float),
        posts=months.reindex(key, fill_value=0).to_numpy() / 12,
    )


@pytest.fixture(scope="module")
def pooled(sample):
    return pyfixest.feols(f"{FORMULA} | year", sample).coef()


@pytest.fixture(scope="module")
def within(sample):
    return pyfixest.feols(f"{FORMULA} | household_id + year", sample).coef()


@pytest.mark.parametrize(("instrument", "sign"), [("subsidies", -1), ("projects", 1), ("posts", -1)])
def test_pooled_estimates_are_off_by_at_least_two_fifths_of_the_effect(bundled, pooled, instrument, sign):
    truth = bundled.effect(instrument)
    assert sign * (pooled[instrument] - truth) > 0.4 * truth


@pytest.mark.parametrize(("instrument", "share"), [("subsidies", 0.15), ("projects", 0.35), ("posts", 0.15)])
def test_household_and_year_effects_come_near_but_not_all_the_way(bundled, within, instrument, share):
    truth = bundled.effect(instrument)
    assert abs(within[instrument] - truth) < share * truth

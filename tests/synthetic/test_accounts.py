"""Accounts agree to the yuan: incomes with their sum, ledgers with incomes, members with sizes."""

import pandas as pd

SOURCES = [
    "other_wage_income",
    "post_income",
    "business_income",
    "other_property_income",
    "dividend_income",
    "subsidy_income",
    "pension_income",
    "other_transfer_income",
]


def test_net_income_is_the_sum_of_sources_less_costs(bundled):
    rows = bundled.tables["households"]
    assert (rows[SOURCES].sum(axis=1) - rows.business_costs == rows.net_income).all()
    assert ((rows.net_income / rows.household_size - rows.net_income_per_capita).abs() <= 0.5).all()


def test_the_subsidy_ledger_adds_up_to_subsidy_income(bundled, laoling):
    values = laoling.codebook.variable("subsidy_type").values
    ledger = bundled.tables["subsidies"]
    countable = ledger[ledger.subsidy_type.map({kind: value.countable for kind, value in values.items()})]
    paid = countable.groupby(["household_id", "year"]).subsidy_amount.sum()
    received = bundled.tables["households"].set_index(["household_id", "year"]).subsidy_income
    pd.testing.assert_series_equal(paid.sort_index(), received[received > 0].sort_index(), check_names=False)


def test_the_post_ledger_adds_up_to_post_income(bundled):
    paid = bundled.tables["posts"].groupby(["household_id", "year"]).post_paid.sum()
    received = bundled.tables["households"].set_index(["household_id", "year"]).post_income
    pd.testing.assert_series_equal(
        paid[paid > 0].sort_index(), received[received > 0].sort_index(), check_names=False
    )


def test_dividends_go_to_beneficiaries_after_their_first_year(bundled):
    first = bundled.tables["beneficiaries"].groupby("household_id").benefit_from_year.min()
    rows = bundled.tables["households"]
    paid = rows[rows.dividend_income > 0]
    assert (paid.year > paid.household_id.map(first)).all()


def test_sizes_count_the_members_present_at_the_end_of_the_year(bundled):
    members = bundled.tables["members"]
    for year in (2016, 2020, 2023):
        gone = members.left_year.notna() & (members.left_year.fillna(9999) <= year)
        present = members[(members.joined_year <= year) & ~gone].groupby("household_id").size()
        rows = bundled.tables["households"]
        sizes = rows[rows.year == year].set_index("household_id").household_size
        pd.testing.assert_series_equal(
            present.sort_index(), sizes.sort_index(), check_names=False, check_index_type=False
        )


def test_monitoring_runs_in_order(bundled):
    rows = bundled.tables["households"]
    last = rows.groupby("household_id").tail(1).dropna(subset=["identified_month"])
    assert (last.alert_month <= last.identified_month).all()
    removed = last.dropna(subset=["removed_month"])
    assert (removed.identified_month < removed.removed_month).all()
    assert (removed.risk_removed == "yes").all()
    assert (last.identified_month >= "2020-01").all()

import pandas as pd

from analysis.codebook import CODEBOOK, read_codebook
from analysis.panel.treatments import in_force, post_funds, post_years, project_starts, subsidies


def test_only_subsidies_that_count_as_income_are_added_up():
    ledger = pd.DataFrame(
        {
            "household_id": ["a", "a", "a", "b"],
            "year": [2020, 2020, 2020, 2020],
            "subsidy_type": ["dibao", "travel", "yulu", "premium"],
            "subsidy_amount": [3000.0, 500.0, 3000.0, 60.0],
        }
    )
    paid = subsidies(ledger, read_codebook(CODEBOOK))
    assert paid.to_dict("records") == [{"household_id": "a", "year": 2020, "paid": 3500.0}]


def test_a_household_starts_with_its_earliest_project():
    rows = pd.DataFrame({"household_id": ["a", "a", "b"], "benefit_from_year": [2019, 2017, 2020]})
    assert project_starts(rows).set_index("household_id")["project_first_year"].to_dict() == {
        "a": 2017,
        "b": 2020,
    }


def test_months_of_two_holders_of_one_household_add_up():
    ledger = pd.DataFrame({"household_id": ["a", "a"], "year": [2020, 2020], "post_months": [12, 6]})
    assert post_years(ledger)["posts"].tolist() == [1.5]


def test_post_funds_divide_by_registered_households_only():
    ledger = pd.DataFrame({"village_code": ["v"], "year": [2020], "post_paid": [6000.0]})
    households = pd.DataFrame(
        {
            "household_id": ["a", "b", "c", "d"],
            "village_code": ["v", "v", "v", "w"],
            "year": [2020] * 4,
            "household_type": ["alleviated", "monitored", "ordinary", "alleviated"],
        }
    )
    funds = post_funds(ledger, households, {2020: 0.5}).set_index("village_code")["post_funds"]
    # 6,000 by two registered households in prices twice as high; nothing paid in the other village
    assert funds.to_dict() == {"v": 6000.0, "w": 0.0}


def test_a_column_treats_nobody_before_it_starts():
    enrolled = pd.Series([1, 1, 0, 0])
    period = pd.Series([0, 1, 0, 1])
    assert in_force(enrolled, period, 1).tolist() == [0.0, 1.0, 0.0, 0.0]
    assert in_force(enrolled, period, None).tolist() == [1.0, 1.0, 0.0, 0.0]

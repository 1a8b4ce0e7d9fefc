import pandas as pd
import pytest

from analysis.panel.income import SOURCES, income_per_capita

PRICES = {2019: 0.5, 2020: 1.0}


def household(**changes: float) -> pd.DataFrame:
    """Two years of a household of four, every source 400 yuan, costs 100."""
    row = dict.fromkeys(SOURCES.values(), 400.0) | {"business_costs": 100.0, "household_size": 4} | changes
    return pd.DataFrame([row | {"year": 2019}, row | {"year": 2020}])


def test_total_is_the_sum_of_the_sources_less_costs():
    # eight sources of 400 less 100 of costs, by four persons: 3,100 / 4 = 775
    income = income_per_capita(household(), PRICES)
    assert income["income_nominal"].tolist() == [775.0, 775.0]


def test_real_income_doubles_where_prices_are_half():
    income = income_per_capita(household(), PRICES)
    assert income["income_total"].tolist() == [1550.0, 775.0]


def test_business_income_is_net_of_costs():
    # (400 - 100) / 4
    assert income_per_capita(household(), PRICES)["income_business"].iloc[1] == 75.0


@pytest.mark.parametrize(
    ("instrument", "payment"),
    [("posts", "post_income"), ("projects", "dividend_income"), ("subsidies", "subsidy_income")],
)
def test_income_without_a_programme_does_not_move_with_its_payment(instrument, payment):
    small = income_per_capita(household(), PRICES)
    large = income_per_capita(household(**{payment: 4400.0}), PRICES)
    # 4,000 more by four persons
    assert (large["income_total"] - small["income_total"]).iloc[1] == 1000.0
    assert (large[f"income_without_{instrument}"] == small[f"income_without_{instrument}"]).all()

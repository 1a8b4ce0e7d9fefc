"""Income per capita of a household-year: by source, in total, without each programme's own payment."""

from collections.abc import Mapping

import pandas as pd

SOURCES: Mapping[str, str] = {
    "income_wages": "other_wage_income",
    "income_posts": "post_income",
    "income_business": "business_income",
    "income_property": "other_property_income",
    "income_dividends": "dividend_income",
    "income_subsidies": "subsidy_income",
    "income_pensions": "pension_income",
    "income_transfers": "other_transfer_income",
}
OWN_PAYMENT: Mapping[str, str] = {
    "subsidies": "income_subsidies",
    "projects": "income_dividends",
    "posts": "income_posts",
}
PARTS = (*SOURCES.values(), "business_costs", "household_size")


def without(instrument: str) -> str:
    """Return the name of income without the instrument's own payment."""
    return f"income_without_{instrument}"


def income_per_capita(households: pd.DataFrame, price_index: Mapping[int, float]) -> pd.DataFrame:
    """Return income per capita of each row of `households`, in yuan a year of the base year.

    Columns: `income_nominal` (current prices), `income_total`, each source of `SOURCES`, and
    `income_without_<instrument>` for each programme. Business income is net of its costs.
    """
    size = households["household_size"].astype("float64")
    prices = households["year"].map(price_index).astype("float64")
    nominal = pd.DataFrame({name: households[column] / size for name, column in SOURCES.items()})
    nominal["income_business"] -= households["business_costs"] / size
    real = nominal.div(prices, axis="index")
    real["income_total"] = real.sum(axis="columns")
    for instrument, payment in OWN_PAYMENT.items():
        real[without(instrument)] = real["income_total"] - real[payment]
    real["income_nominal"] = nominal.sum(axis="columns")
    return real

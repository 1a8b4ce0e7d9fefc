"""Treatment histories: subsidies in yuan, projects absorbing, posts on and off, post funds of the village."""

from collections.abc import Mapping

import pandas as pd

from analysis.codebook import Codebook

KEY = ["household_id", "year"]


def subsidies(ledger: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return countable subsidies of each household-year, yuan a year: `household_id, year, paid`."""
    types = codebook.variable("subsidy_type").values
    countable = [code for code, value in types.items() if value.countable]
    rows = ledger[ledger["subsidy_type"].isin(countable)]
    return rows.groupby(KEY, as_index=False).agg(paid=("subsidy_amount", "sum"))


def project_starts(beneficiaries: pd.DataFrame) -> pd.DataFrame:
    """Return the first year of benefit of each household: `household_id, project_first_year`."""
    by_household = beneficiaries.groupby("household_id", as_index=False)
    return by_household.agg(project_first_year=("benefit_from_year", "min"))


def post_years(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return months in posts of all members, as parts of a year: `household_id, year, posts`."""
    months = ledger.groupby(KEY, as_index=False)["post_months"].sum()
    return months.assign(posts=months["post_months"] / 12).drop(columns="post_months")


def post_funds(
    ledger: pd.DataFrame, households: pd.DataFrame, price_index: Mapping[int, float]
) -> pd.DataFrame:
    """Return post pay per registered household of the village: `village_code, year, post_funds`.

    In yuan a year of the base year; villages without a registered household have no row.
    """
    village = ["village_code", "year"]
    paid = ledger.groupby(village, as_index=False)["post_paid"].sum()
    registered = households[households["household_type"] != "ordinary"]
    count = registered.groupby(village, as_index=False).agg(registered=("household_id", "size"))
    merged = count.merge(paid, on=village, how="left", validate="one_to_one")
    nothing_paid = merged["post_paid"].isna()
    funds = merged["post_paid"].mask(nothing_paid, 0.0) / merged["registered"]
    return merged[village].assign(post_funds=funds / merged["year"].map(price_index))


def in_force(column: pd.Series, year: pd.Series, starts: int | None) -> pd.Series:
    """Return a column of the household table as a treatment that begins in period `starts`."""
    treatment = column.astype("float64")
    return treatment if starts is None else treatment.where(year >= starts, 0.0)

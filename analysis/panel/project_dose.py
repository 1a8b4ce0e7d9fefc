"""The dose of industrial projects: how much was invested for a household, and on how many paths."""

import pandas as pd

KEY = ["household_id", "year"]
VILLAGE = ["village_code", "year"]


def investment_per_household(projects: pd.DataFrame, beneficiaries: pd.DataFrame) -> pd.DataFrame:
    """Return each household's share of investment, nominal yuan: `household_id, project_investment`.

    A project's investment is divided evenly among its beneficiaries; a household adds up its projects.
    """
    members = beneficiaries.groupby("project_id", as_index=False).agg(members=("household_id", "size"))
    shares = projects[["project_id", "investment"]].merge(
        members, on="project_id", how="inner", validate="one_to_one"
    )
    shares = shares.assign(project_investment=shares["investment"] / shares["members"])
    mine = beneficiaries.merge(
        shares[["project_id", "project_investment"]], on="project_id", how="left", validate="many_to_one"
    )
    return mine.groupby("household_id", as_index=False)[["project_investment"]].sum(min_count=1)


def village_sectors(projects: pd.DataFrame, years: range) -> pd.DataFrame:
    """Return the sectors that a village's projects have had by each year: `village_code, year, sectors`."""
    first = projects.groupby(["village_code", "project_sector"], as_index=False, observed=True).agg(
        since=("project_year", "min")
    )
    every = first.merge(pd.DataFrame({"year": list(years)}), how="cross")
    begun = every[every["since"] <= every["year"]]
    return begun.groupby(VILLAGE, as_index=False).agg(sectors=("project_sector", "size"))


def with_project_dose(
    frame: pd.DataFrame, projects: pd.DataFrame, beneficiaries: pd.DataFrame
) -> pd.DataFrame:
    """Return household-years with `project_investment` (missing without one) and the village's `sectors`."""
    years = range(int(frame["year"].min()), int(frame["year"].max()) + 1)
    sectors = village_sectors(projects, years)
    dosed = frame.merge(
        investment_per_household(projects, beneficiaries),
        on="household_id",
        how="left",
        validate="many_to_one",
    ).merge(sectors, on=VILLAGE, how="left", validate="many_to_one")
    none = dosed["sectors"].isna()
    return dosed.assign(sectors=dosed["sectors"].mask(none, 0).astype("int64"))

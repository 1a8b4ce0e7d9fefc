"""Doses of projects: investment per household, and the number of sectors in the village."""

from collections.abc import Mapping
from dataclasses import asdict

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.designs.doses import DoseEffect, DoseRow, Doses
from analysis.designs.projects import adoption_design
from analysis.estimates.staggered.dose import dose_effects
from analysis.panel.build import Panel
from analysis.region import Region

SECTORS = (1.0, 2.0)
TEN_THOUSAND = 10_000


def project_doses(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> Doses:
    """Return effects of projects by investment up to the year before, and by sectors up to the year."""
    frame = with_doses(panel.study, tables, region)
    return (
        attempted("Investment per household", lambda: binned(frame, panel, "invested", None, 1)),
        attempted("Sectors in the village", lambda: binned(frame, panel, "sectors", SECTORS, 0)),
    )


def with_doses(frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame], region: Region) -> pd.DataFrame:
    """Return household-years with `invested` and `sectors`, both up to that year, missing where none.

    `invested`, in ten thousand yuan of the base year, is that of the household's projects, each divided by
    its beneficiaries; `sectors` counts the different ones among the projects of the village.
    """
    projects, members = tables["projects"], tables["beneficiaries"]
    shared = projects["project_id"].map(members.groupby("project_id")["household_id"].nunique())
    prices = projects["project_year"].map(region.price_index)
    each = projects[["project_id"]].assign(invested=projects["investment"] / shared / prices / TEN_THOUSAND)
    own = members.merge(each, on="project_id", how="left", validate="many_to_one")
    place = ["village_code", "project_sector"]
    opened = projects.groupby(place, observed=True, as_index=False)["project_year"].min().assign(sectors=1.0)
    return frame.assign(
        invested=up_to(frame, own, "invested", "household_id", "benefit_from_year"),
        sectors=up_to(frame, opened, "sectors", "village_code", "project_year"),
    )


def up_to(frame: pd.DataFrame, added: pd.DataFrame, amount: str, unit: str, since: str) -> pd.Series:
    """Return for each row the sum of what was added to its unit up to its year, missing where nothing was."""
    rows = frame[[unit, "year"]].assign(row=frame.index)
    pairs = rows.merge(added[[unit, since, amount]], on=unit, how="inner", validate="many_to_many")
    return pairs[pairs[since] <= pairs["year"]].groupby("row")[amount].sum().reindex(frame.index)


def binned(
    frame: pd.DataFrame, panel: Panel, dose: str, edges: tuple[float, ...] | None, lag: int
) -> DoseEffect:
    """Return imputed effects by bin of a dose, and their slope among households reached equally long."""
    found = dose_effects(
        frame,
        outcome=panel.outcome,
        dose=dose,
        edges=edges,
        lag=lag,
        **asdict(adoption_design(panel)),
    )
    ends = zip(found.bins["low"], found.bins["high"], found.bins["mean_dose"], strict=True)
    bins = [
        DoseRow(f"{dose}_{number}", estimate, float(low), float(high), float(mean))
        for number, (estimate, (low, high, mean)) in enumerate(zip(found.by_bin, ends, strict=True), 1)
    ]
    return DoseEffect(dose, (*bins, DoseRow(f"{dose}_slope", found.slope)), found.equality)

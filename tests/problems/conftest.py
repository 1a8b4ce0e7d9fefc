"""Small counties of known truth, and what becomes of them without a problem."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.panel.build import build_panel
from analysis.problems.need import need_of
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL


@pytest.fixture(scope="session")
def region():
    return read_region("laoling")


@pytest.fixture(scope="session", params=[1, 2])
def county(request, region):
    return known_county(replace(SMALL, seed=3_000_000 + request.param), region)


@pytest.fixture(scope="session")
def even_projects(county):
    """The ledger of projects with sectors drawn evenly."""
    projects = county.tables["projects"]
    sectors = projects["project_sector"].unique()
    drawn = np.random.default_rng(0).choice(sectors, len(projects))
    return {**county.tables, "projects": projects.assign(project_sector=drawn)}


@pytest.fixture(scope="session")
def flexible(county, region):
    """Tables and panel where each year's money is paid in proportion to what is short of the line."""
    rows = need_of(county.panel, county.tables, region).rows
    short = rows["need"] * rows["prices"] * rows["household_size"]
    money = county.tables["subsidies"].groupby("year")["subsidy_amount"].sum()
    paid = rows["year"].map(money) * short / short.groupby(rows["year"]).transform("sum")
    ledger = rows[["household_id", "year"]].assign(subsidy_type="dibao", subsidy_amount=paid.round())
    tables = {**county.tables, "subsidies": ledger[ledger["subsidy_amount"] > 0]}
    return tables, build_panel(tables, region)

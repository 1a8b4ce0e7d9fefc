"""The path of investment: planted mixes and returns are recovered, and an even county has no single path."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.mix import mix_of
from analysis.problems.path import measure_path
from analysis.problems.path_risk import path_risk
from analysis.problems.sector_returns import dividends_of, wilson
from analysis.synthetic.projects import OTHER_SECTORS


@pytest.fixture(scope="module")
def found(county, region):
    return measure_path(county.panel, county.tables, region)


def planted_herfindahl(county) -> float:
    """The Herfindahl of expected money: the township's chance of photovoltaic, half again as dear."""
    setting = county.county.setting
    projects = setting.projects
    chance = setting.townships.single_path[setting.villages.township[projects.village]]
    members = np.bincount(setting.shares.project, minlength=len(projects.village))
    size = np.maximum(members, 2) * projects.size_factor
    others = np.array(list(OTHER_SECTORS.values()))
    money = np.array([1.5 * (size @ chance), *(size @ (1 - chance) * others / others.sum())])
    return float((money**2).sum() / money.sum() ** 2)


def test_the_planted_concentration_lies_in_the_interval(county, found):
    herfindahl = found.mix.county.herfindahl
    assert found.mix.main == "photovoltaic"
    assert herfindahl.conf_low <= planted_herfindahl(county) <= herfindahl.conf_high


def test_a_yuan_of_photovoltaic_pays_less_as_planted(found):
    # dividends do not depend on the sector, photovoltaic costs half again as much; idle assets pay 0.3
    planted = 1 - (0.96 + 0.04 * 0.3) / (0.90 + 0.10 * 0.3) / 1.5
    assert found.pays_less.conf_low <= planted <= found.pays_less.conf_high


def test_projects_drawn_evenly_are_on_no_single_path(county, even_projects, region):
    herfindahl = measure_path(county.panel, even_projects, region).mix.county.herfindahl
    assert herfindahl.conf_low <= 1 / 8 + 1e-9
    assert herfindahl.estimate < 0.18


def test_mix_of_four_projects_by_hand():
    projects = pd.DataFrame(
        {
            "township_code": ["a"] * 4,
            "project_year": [2017, 2017, 2018, 2018],
            "project_sector": ["fish", "sun", "sun", "sun"],
            "investment": [1.0, 1.0, 1.0, 1.0],
        }
    )
    members = pd.DataFrame({"household_id": ["h", "h", "i"], "benefit_from_year": [2018, 2017, 2018]})
    mix = mix_of(projects, members)
    assert mix.sectors == ("sun", "fish")
    # 9/16 + 1/16 less 1/4, over 3/4
    assert mix.county.herfindahl.estimate == pytest.approx(0.5)
    assert mix.reached.to_numpy().tolist() == [[2017, 1], [2018, 1]]
    assert mix.townships[0].mix == NotApplicable("Mix", "fewer than 8 projects")


def test_dividends_are_laid_to_a_project_only_where_it_is_the_only_one():
    households = pd.DataFrame({"household_id": ["h", "i", "i"], "year": 2020, "dividend_income": 90.0}).iloc[
        :2
    ]
    projects = pd.DataFrame({"project_id": ["p", "q"], "project_sector": "sun", "investment": [600.0, 100.0]})
    members = pd.DataFrame(
        {"household_id": ["h", "i", "i"], "project_id": ["p", "p", "q"], "benefit_from_year": 2018}
    )
    rows = dividends_of(households, projects, members)
    # the project's 600 yuan are shared by two
    assert rows[["household_id", "dividend", "share"]].to_numpy().tolist() == [["h", 90.0, 300.0]]


def test_wilsons_interval_by_hand():
    # 1 of 10: (0.1 + 1.9207 / 10 -/+ 1.96 sqrt(0.009 + 0.0096)) / 1.38415
    assert wilson(0.1, 10) == pytest.approx((0.01788, 0.40415), abs=1e-4)


def test_a_common_bad_year_makes_the_path_risky():
    years = np.repeat(np.arange(2015, 2024), 16)
    sector = np.tile(np.repeat(["sun", "fish"], 8), 9)
    swing = {"sun": 50.0, "fish": 10.0}
    good = np.where(years % 2 == 0, 1, -1)
    rows = pd.DataFrame(
        {
            "project_id": sector,
            "sector": sector,
            "year": years,
            "household_id": np.tile(np.arange(16).astype(str), 9),
            "dividend": 100 + good * np.array([swing[name] for name in sector]),
            "share": 1.0,
        }
    )
    risk = path_risk(rows, pd.Series({"sun": 3.0, "fish": 1.0}))
    # swings of 0.4 in the mix of three to one, of 0.3 in equal parts, about means that differ little
    assert risk.correlation == pytest.approx(1.0)
    assert risk.ratio.estimate == pytest.approx((4 / 3) ** 2, rel=0.02)


def test_without_a_ledger_the_path_is_not_measured(county, region):
    tables = {name: table for name, table in county.tables.items() if name != "projects"}
    found = measure_path(county.panel, tables, region)
    assert found == NotApplicable("Path", "the records hold no ledger of projects with sector and investment")


def test_what_the_ledger_does_not_hold_is_left_out(county, region):
    bare = county.tables["projects"].drop(columns=["paid_yield", "guaranteed_yield", "asset_idle"])
    tables = {**county.tables, "projects": bare}
    del tables["beneficiaries"]
    found = measure_path(replace(county.panel, instruments=("subsidies",)), tables, region)
    first = found.returns[0]
    gaps = (first.paid, first.kept, first.idle, first.dividend, found.pays_less, found.risk, found.more_paths)
    assert all(isinstance(gap, NotApplicable) for gap in gaps)
    assert found.mix.county.herfindahl.estimate > 0

"""The path of investment: what is planted lies in the interval, and an even county has no single path."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.claims import declared_claims, grade
from analysis.problems.path import claims_of, measure_path
from analysis.problems.sector_returns import dividends_of, pays_less
from analysis.simulation.planted_path import beyond_equal, chances_of, less_paid, planted_path

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found(county, region):
    return measure_path(county.panel, county.tables, region)


def test_what_is_planted_lies_in_the_interval_of_each_claim(county, found, region):
    measured, planted = claims_of(found), planted_path(county, region)
    assert planted.keys() == {"single_path", "path_pays_less", "other_path"}
    for key, value in planted.items():
        assert measured[key].low <= value <= measured[key].high, key


def test_an_even_county_has_no_claim_above_weak(county_without, region):
    measured = claims_of(measure_path(county_without.panel, county_without.tables, region))
    declared = declared_claims(ROOT, "path")
    grades = {key: grade(measured[key], claim) for key, claim in declared.items()}
    assert set(grades.values()) <= {"not found", "weak", "not measured"}, grades
    assert grades["single_path"] == "not found"


def test_planted_figures_by_hand(county):
    # shares 3/4, 1/4, 0, 0: 10/16 less 1/4, over 3/4
    assert beyond_equal(np.array([3.0, 1.0, 0.0, 0.0])) == pytest.approx(0.5)
    sectors = ("photovoltaic", "greenhouse", "locust", "shrimp", "mealworm", "birds", "workshop", "other")
    chances = chances_of(county, sectors)
    assert chances.sum(axis=1) == pytest.approx(1.0)
    prices = np.array([1.5, *[1.0] * 7])
    # idle assets pay 0.3: photovoltaic 0.96 + 0.04 x 0.3 for 1.5 yuan, others 0.90 + 0.10 x 0.3 for one
    planted = less_paid(county, chances.mean(axis=0), prices, sectors, "photovoltaic")
    assert planted == pytest.approx(1 - 0.972 / 1.5 / 0.93)


def test_dividends_are_laid_to_a_project_only_where_it_is_the_only_one():
    households = pd.DataFrame(
        {"household_id": ["h", "i"], "year": 2020, "dividend_income": 90.0, "village_code": "v"}
    )
    projects = pd.DataFrame({"project_id": ["p", "q"], "project_sector": "sun", "investment": [600.0, 100.0]})
    members = pd.DataFrame(
        {"household_id": ["h", "i", "i"], "project_id": ["p", "p", "q"], "benefit_from_year": 2018}
    )
    rows = dividends_of(households, projects, members, "village_code")
    # the project's 600 yuan are shared by two
    assert rows[["household_id", "dividend", "share", "place"]].to_numpy().tolist() == [
        ["h", 90.0, 300.0, "v"]
    ]
    assert dividends_of(households, projects, members, None)["place"].tolist() == ["p"]


def test_a_main_path_that_pays_nothing_has_no_ratio():
    rows = pd.DataFrame(
        {
            "sector": ["sun", "sun", "fish", "fish"],
            "dividend": [0.0, 0.0, 5.0, 5.0],
            "share": 1.0,
            "place": list("abab"),
        }
    )
    gap = pays_less(rows, "sun")
    assert isinstance(gap, NotApplicable)
    assert "a sum of zero where main is 1" in gap.reason


def test_risk_of_few_years_is_not_measured(found):
    assert "8 are needed" in found.risk.reason


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
    gaps = (first.paid, first.kept, first.idle, first.dividend, found.pays_less, found.risk, found.other_path)
    assert all(isinstance(gap, NotApplicable) for gap in gaps)
    assert found.mix.county.herfindahl.estimate > 0

"""Subsidies against need: what is planted lies in the interval, and subsidies that fill gaps do not fail."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.claims import declared_claims, grade
from analysis.problems.coverage import overlaps, take_up
from analysis.problems.need import KEY, Need
from analysis.problems.rigidity import claims_of, measure_rigidity
from analysis.problems.same_amount import pairs_of, same_amount
from analysis.simulation.planted_rigidity import by_household_year, planted_rigidity

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found(county, region):
    return measure_rigidity(county.panel, county.tables, region)


def test_what_is_planted_lies_in_the_interval_of_each_claim(county, found, region):
    measured, planted = claims_of(found), planted_rigidity(county, region)
    assert planted.keys() == {"rigid_amounts", "loss_uncovered", "gap_forgone"}
    for key, value in planted.items():
        assert measured[key].low <= value <= measured[key].high, key


def test_subsidies_that_fill_gaps_have_no_claim_above_weak(county_without, region):
    found = measure_rigidity(county_without.panel, county_without.tables, region)
    measured = claims_of(found)
    declared = declared_claims(ROOT, "rigidity")
    grades = {key: grade(measured[key], claim) for key, claim in declared.items()}
    assert set(grades.values()) == {"not found"}, grades
    assert found.stays.share.value == planted_rigidity(county_without, region)["rigid_amounts"] == 0.0


def test_amounts_stay_row_by_row_where_the_grade_was_not_changed(county, found):
    history = county.county.history
    grade_of = np.stack([grants.grade for grants in history.grants], axis=1)
    grades = by_household_year(county, grade=grade_of)
    before = grades.assign(year=grades["year"] + 1).rename(columns={"grade": "before"})
    pairs = pairs_of("pay_dibao", found.need)
    known = pairs.merge(grades, on=KEY).merge(before, on=KEY)
    stayed = known["grade"] == known["before"]
    # an amount is told by its rung alone, but for the few that are the only ones on a rung of a township
    assert (known["same"] == stayed).mean() > 0.99


def test_prompt_relief_answers_as_planted(county, found):
    rows = found.need.rows
    struck = rows[rows["shock"].notna() & rows["year"].between(2018, 2022)]
    # a fifth of the struck are given 1,500 yuan on average
    planted = (0.2 * 1500 / struck["household_size"] / struck["prices"]).mean() / 1000
    now = found.shocks.of("pay_prompt_relief").by_time[1]
    assert abs(now.estimate - planted) < 2.6 * now.std_error
    assert found.shocks.covered.conf_high < 0.25


def hand_need(amounts: list[float], now: list[float], need: list[float], need_now: list[float]) -> Need:
    """Households of one township and village in two years, one person each, with a line of 1,000 yuan."""
    n = len(amounts)
    rows = pd.DataFrame(
        {
            "household_id": [f"h{i}" for i in range(n)] * 2,
            "year": [2020] * n + [2021] * n,
            "township_code": "t",
            "village_code": "v",
            "household_size": 1,
            "prices": 1.0,
            "line": 1000.0,
            "need": [*need, *need_now],
            "pay_dibao": [*amounts, *now],
        }
    )
    rows = rows.assign(received=rows["pay_dibao"], pay_relief=[0.0] * n + [50.0] + [0.0] * (n - 1))
    return Need(rows, ("dibao", "relief"), ("dibao",), "village_code", "township_code")


def test_which_amounts_stay_by_hand():
    need = hand_need(
        # a rise for all, one more than that, a frozen one, a withdrawal, a grant, never paid
        amounts=[100, 100, 100, 100, 300, 200, 0, 0],
        now=[110, 110, 110, 150, 300, 0, 90, 0],
        need=[100] * 8,
        need_now=[150, 300, 300, 300, 300, 300, 300, 300],
    )
    pairs = pairs_of("pay_dibao", need)
    assert pairs["household_id"].tolist() == ["h0", "h1", "h2", "h3", "h4", "h5", "h6"]
    assert pairs["same"].tolist() == [True, True, True, False, True, False, False]
    # a need that moves by a twentieth of the line is not another one
    assert pairs["moved"].tolist() == [False, True, True, True, True, True, True]


def test_income_that_moves_above_the_line_is_no_other_need():
    need = hand_need(amounts=[100], now=[100], need=[0], need_now=[0])
    assert pairs_of("pay_dibao", need)["moved"].tolist() == [False]


def test_few_cases_give_no_share():
    need = hand_need(amounts=[100] * 4, now=[100] * 4, need=[0] * 4, need_now=[500] * 4)
    assert same_amount("pay_dibao", need).share == NotApplicable("Same amount", "fewer than 30 cases")


def test_take_up_and_overlaps_by_hand():
    need = hand_need(amounts=[100, 0, 100, 0], now=[100, 0, 0, 100], need=[50, 50, 0, 0], need_now=[0] * 4)
    dibao = take_up("dibao", need)
    # two household-years in need, one paid; six not, three paid
    assert (dibao.in_need.share.yes, dibao.in_need.share.n, dibao.in_need.n_households) == (1, 2, 2)
    assert (dibao.not_in_need.share.yes, dibao.not_in_need.share.n) == (3, 6)
    (pair,) = overlaps(need)
    # one household-year of eight has both, four have dibao, one relief: expected 4 x 1 / 8
    assert (pair.n_both, pair.n_households, pair.share, pair.lift) == (1, 1, 0.25, 2.0)


def test_without_a_ledger_rigidity_is_not_measured(county, region):
    tables = {name: table for name, table in county.tables.items() if name != "subsidies"}
    found = measure_rigidity(county.panel, tables, region)
    assert found == NotApplicable("Rigidity", "the records hold no ledger of subsidies")

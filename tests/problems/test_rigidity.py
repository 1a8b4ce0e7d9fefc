"""Subsidies against need: what is planted is recovered, and money paid by need is not called rigid."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.need import Need
from analysis.problems.rigidity import measure_rigidity
from analysis.problems.same_amount import pairs_of, same_amount
from analysis.problems.shock_response import THOUSAND, TIMES
from analysis.synthetic.records import household_ids


@pytest.fixture(scope="module")
def found(county, region):
    return measure_rigidity(county.panel, county.tables, region)


def test_amounts_stay_where_the_grade_was_not_changed(county, found):
    setting, history = county.county.setting, county.county.history
    ids, calendar = household_ids(setting), setting.calendar
    grades = pd.DataFrame(
        {
            "household_id": np.repeat(ids, calendar.length),
            "year": np.tile(calendar.first + np.arange(calendar.length), len(ids)),
            "grade": np.stack([grants.grade for grants in history.grants], axis=1).ravel(),
        }
    )
    before = grades.assign(year=grades["year"] + 1).rename(columns={"grade": "before"})
    pairs = pairs_of("dibao", found.need)
    key = ["household_id", "year"]
    known = pairs[pairs["moved"]].merge(grades, on=key).merge(before, on=key)
    share = next(of.share for of in found.same if of.kind == "dibao")
    assert share.conf_low <= (known["grade"] == known["before"]).mean() <= share.conf_high


def test_prompt_relief_answers_as_planted(county, found):
    rows = found.need.rows
    struck = rows[rows["shock"].notna() & rows["year"].between(2018, 2022)]
    # a fifth of the struck are given 1,500 yuan on average
    planted = (0.2 * 1500 / struck["household_size"] / struck["prices"]).mean()
    relief = next(of for of in found.shocks.responses if of.outcome == "pay_prompt_relief")
    now = relief.by_time[TIMES.index(0)]
    assert abs(THOUSAND * now.estimate - planted) < 2.6 * THOUSAND * now.std_error
    assert found.shocks.covered.conf_high < 0.25


def test_money_paid_by_need_is_not_rigid(flexible, region):
    tables, panel = flexible
    found = measure_rigidity(panel, tables, region)
    assert found.targeting.forgone.conf_low < 0.05
    assert found.targeting.to_needy.estimate == 1.0
    assert 1 - found.shocks.covered.conf_high < 0.5
    assert found.same[0].share.conf_low < 0.5


def four_households() -> Need:
    """Four households of one township that had 100 each and now have 110, 110, 110 and 150."""
    rows = pd.DataFrame(
        {
            "household_id": list("abcd") * 2,
            "year": [2020] * 4 + [2021] * 4,
            "township_code": "t",
            "village_code": "v",
            "household_size": 1,
            "prices": 1.0,
            "line": 1000.0,
            "own": [900.0, 900.0, 900.0, 900.0, 950.0, 700.0, 700.0, 700.0],
            "pay_dibao": [100.0] * 4 + [110.0, 110.0, 110.0, 150.0],
        }
    )
    return Need(rows, ("dibao",), "village_code", "township_code")


def test_a_rise_for_all_is_no_answer_to_need():
    pairs = pairs_of("dibao", four_households())
    assert pairs["same"].tolist() == [1, 1, 1, 0]
    # an income that moves by a twentieth of the line is not another need
    assert pairs["moved"].tolist() == [False, True, True, True]


def test_few_cases_give_no_share():
    assert same_amount("dibao", four_households()).share == NotApplicable(
        "Same amount", "fewer than 30 cases"
    )


def test_without_a_ledger_rigidity_is_not_measured(county, region):
    tables = {name: table for name, table in county.tables.items() if name != "subsidies"}
    found = measure_rigidity(county.panel, tables, region)
    assert found == NotApplicable("Rigidity", "the records hold no ledger of subsidies")

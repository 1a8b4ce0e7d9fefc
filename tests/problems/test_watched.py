"""Months under monitoring, by hand."""

import pandas as pd

from analysis.problems.exits import exit_decisions, put_at_december
from analysis.problems.watched import watched_households, watched_months

PANEL = pd.DataFrame(
    {
        "household_id": ["a", "a", "b", "b", "c"],
        "township_code": ["t", "t", "t", "t", "t"],
        "year": [2020, 2021, 2020, 2021, 2020],
        "identified_month": pd.to_datetime(["2020-11-01", "2020-11-01", None, "2021-12-01", None]),
        "removed_month": pd.to_datetime([None, "2021-02-01", None, None, None]),
    }
)


def test_a_household_is_followed_from_inclusion_to_removal_or_the_last_december():
    rows = watched_months(watched_households(PANEL)).set_index("household_id")
    assert rows.loc["a", "elapsed"].tolist() == [0, 1, 2, 3]
    assert rows.loc["a", "left"].tolist() == [0, 0, 0, 1]
    assert rows.loc["a", "december"].tolist() == [False, True, False, False]
    assert rows.loc[["b"], "elapsed"].tolist() == [0]
    assert "c" not in rows.index


def test_a_year_under_monitoring_is_one_in_which_removal_could_be_decided():
    rows = exit_decisions(PANEL)
    assert rows[["household_id", "year", "left", "open_for"]].to_numpy().tolist() == [
        ["a", 2020, 0, 1],
        ["a", 2021, 1, 13],
        ["b", 2021, 0, 0],
    ]


def test_decembers_are_counted_against_the_months_that_were_open():
    # included in month 0, shortest spell 6: July to December are open. 20 leave in December, 20 in August:
    # b = (20 - 40/6) / (40 - 40/6) = 0.4
    households = pd.DataFrame(
        {"identified": 40 * [0], "removed": 20 * [11.0] + 20 * [7.0], "township_code": "t"}
    )
    assert round(put_at_december(households, {"t": 6.0}).value, 10) == 0.4

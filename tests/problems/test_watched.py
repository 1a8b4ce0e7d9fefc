"""Months under monitoring, by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.estimates.dynamics.earliest import EarliestSpread
from analysis.estimates.spread import no_spread
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


def spell_of(*months: int) -> EarliestSpread:
    """One township whose shortest spell is one of some months, all equally likely."""
    weights = np.zeros((1, 25))
    weights[0, list(months)] = 1 / len(months)
    return EarliestSpread(("t",), replace(no_spread(1), weights=weights), np.array([6.0]), 40)


def test_decembers_are_counted_against_the_months_that_were_open():
    # included in month 0, shortest spell 6: July to December are open. 20 leave in December, 20 in August:
    # b = (20 - 40/6) / (40 - 40/6) = 0.4
    households = pd.DataFrame(
        {"identified": 40 * [0], "removed": 20 * [11.0] + 20 * [7.0], "township_code": "t"}
    )
    assert round(put_at_december(households, spell_of(6)).value, 10) == 0.4
    # a spell of 6 or 8 months, equally likely, leaves 6 or 4 open: a mean of (1/6 + 1/4) / 2 = 5/24
    assert round(put_at_december(households, spell_of(6, 8)).value, 10) == round(
        (20 - 25 / 3) / (40 - 25 / 3), 10
    )


def test_removals_that_could_only_be_in_december_say_nothing_of_a_choice():
    households = pd.DataFrame({"identified": 40 * [0], "removed": 40 * [11.0], "township_code": "t"})
    assert put_at_december(households, spell_of(11)).reason == "no removal had a choice of months"

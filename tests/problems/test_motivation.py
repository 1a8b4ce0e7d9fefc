"""What officials do and what is said of them, on records made by hand and with parts missing."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.panel.build import Panel
from analysis.panel.flow import Flow
from analysis.problems.motivation import measure_motivation
from analysis.problems.motivation_claims import claims_of
from analysis.problems.motivation_scale import ITEMS, scale_of
from analysis.problems.motivation_views import views_of
from analysis.problems.motivation_work import delays_of
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL

ROOT = Path(__file__).parents[2]
MONTHS = ("alert_month", "identified_month", "first_measure_month", "removed_month")


@pytest.fixture(scope="module")
def region():
    return read_region("laoling", ROOT)


@pytest.fixture(scope="module")
def known(region):
    return known_county(replace(SMALL, seed=3), region)


def monitored(rows: list[tuple[str, str, str, str | None]], year: int = 2023) -> pd.DataFrame:
    """One row a household with alert, inclusion and first measure, in two townships by turns."""
    frame = pd.DataFrame(rows, columns=["household_id", *MONTHS[:3]]).assign(removed_month=None, year=year)
    dates = {name: pd.to_datetime(frame[name]) for name in MONTHS}
    return frame.assign(township_code=[f"town {k % 2}" for k in range(len(frame))], **dates)


def test_months_from_alert_to_measure_by_hand():
    """Waits of 3, 1, 2 and 0 months, 12 for the household that has no measure after 30 months.

    The alert of the last is three months old, so that it is not followed.
    """
    found = delays_of(
        monitored(
            [
                ("a", "2021-01", "2021-03", "2021-04"),
                ("b", "2021-01", "2021-01", "2021-02"),
                ("c", "2021-05", "2021-05", "2021-07"),
                ("d", "2021-06", "2021-06", "2021-06"),
                ("e", "2021-06", "2021-06", None),
                ("f", "2023-09", "2023-09", "2023-10"),
            ]
        )
    )
    assert found.average.value == pytest.approx((3 + 1 + 2 + 0 + 12) / 5)
    assert (found.average.n, found.recent, found.unhelped, found.lost) == (5, 1, 1, 0)
    assert found.townships["town 1"].value == 0.5
    assert found.typical == pytest.approx((17 / 3 + 0.5) / 2)


def test_a_household_is_followed_by_its_last_record_as_a_whole():
    """The second record has another alert and no measure yet: dates of two records are not mixed."""
    first = monitored([("a", "2020-01", "2020-02", "2020-03"), ("b", "2020-01", "2020-01", "2020-02")], 2021)
    second = monitored([("a", "2021-06", "2021-07", None), ("b", "2020-01", "2020-01", "2020-02")])
    found = delays_of(pd.concat([first, second], ignore_index=True))
    assert (found.unhelped, found.average.value) == (1, (12 + 1) / 2)


def test_a_household_that_left_the_records_without_a_measure_is_counted_as_lost():
    stays = [(str(k), "2021-01", "2021-02", "2021-03") for k in range(4)]
    gone = monitored([("gone", "2021-01", "2021-02", None)], 2021)
    frame = pd.concat([monitored(stays), gone], ignore_index=True)
    assert (delays_of(frame).lost, delays_of(frame).average.n) == (1, 4)


def test_a_measure_before_the_alert_is_a_fault_of_the_records():
    found = delays_of(monitored([("a", "2021-05", "2021-05", "2021-04")]))
    assert isinstance(found, NotApplicable)
    assert "1 household(s) with a first measure before the alert" in found.reason


def test_villages_that_did_not_answer_are_counted_also_where_nobody_of_a_township_did():
    villages = pd.DataFrame({"township_code": ["t", "t", "u"], "village_code": ["t1", "t2", "u1"]})
    answers = villages.iloc[:2].assign(officials_active=[2, 4])
    views = views_of({"households": villages, "village_questionnaire": answers})
    assert (views.n_asked, views.dissatisfied.n, views.asked["u"]) == (3, 2, 1)
    assert (views.least, views.most) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert views.townships["u"].n == 0


def test_a_region_where_all_are_content_has_no_problem_rather_than_no_measure():
    """Alpha has no meaning where everybody answers alike; the shares and spreads are none."""
    towns = [f"town {k}" for k in range(9)]
    officials = pd.DataFrame({"township_code": towns} | dict.fromkeys(ITEMS, 5))
    places = pd.DataFrame({"township_code": np.repeat(towns, 4), "village_code": np.arange(36).astype(str)})
    tables = {
        "households": places,
        "township_questionnaire": officials,
        "village_questionnaire": places.assign(officials_active=5),
    }
    scale, views = scale_of(tables), views_of(tables)
    assert (scale.below_middle.yes, scale.below_middle.n) == (0, 9)
    assert "the same answer in every row" in scale.reliability.reason
    assert (views.between.value, views.between.high, views.dissatisfied.yes) == (0, 0, 0)


def test_fewer_than_eight_officials_are_not_described():
    officials = pd.DataFrame({"township_code": list("abcdefg")} | dict.fromkeys(ITEMS, 4))
    assert scale_of({"township_questionnaire": officials}).reason.startswith("fewer than 8 officials")


@pytest.mark.parametrize(
    ("lost", "parts"),
    [
        ("township_questionnaire", {"scale", "agreement"}),
        ("village_questionnaire", {"views", "agreement"}),
        ("posts", set()),
    ],
)
def test_without_a_table_the_rest_stands(known, region, lost, parts):
    tables = {name: table for name, table in known.tables.items() if name != lost}
    found = measure_motivation(known.panel, tables, region)
    every = ("scale", "views", "delays", "agreement")
    assert {name for name in every if isinstance(getattr(found, name), NotApplicable)} == parts
    assert ("post_old" in found.outcomes) == (lost != "posts")


def test_records_of_neither_are_not_measured(known, region):
    frame = known.panel.frame[["household_id", "year", "study"]]
    bare = Panel(frame, Flow(()), "income", (), (), (), None, None)
    found = measure_motivation(bare, {"households": frame}, region)
    assert all(isinstance(claim, NotApplicable) for claim in claims_of(found).values())
    assert not found.outcomes


def test_outcomes_of_townships_are_those_of_the_other_sections(known, region):
    found = measure_motivation(known.panel, known.tables, region)
    every = {"months", "wait", "late", "left_out", "beyond", "exit_below", "exit_helpless", "back"}
    assert every <= set(found.outcomes)
    assert {pair.outcome for pair in found.associations} == {*found.outcomes, "visits"}
    assert "score" not in found.outcomes

"""Motivation of officials: planted motivation is found, none is not, and what is not there is said."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.claims import declared_claims, grade
from analysis.findings.problems.motivation import measured_claims
from analysis.panel.build import Panel
from analysis.panel.flow import Flow
from analysis.problems.disclosure import published
from analysis.problems.motivation import measure_motivation
from analysis.problems.motivation_work import delays_of, error_rates
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL
from analysis.synthetic import places

ROOT = Path(__file__).parents[2]
SEEDS = range(7_000_000, 7_000_003)


@pytest.fixture(scope="module")
def region():
    return read_region("laoling")


@pytest.fixture(scope="module")
def known(region):
    return known_county(SMALL, region)


def monitored(rows: list[tuple[str, str, str, str | None]], until: int = 2023) -> Panel:
    """Households of one township with alert, inclusion and first measure, in the records until a year."""
    frame = pd.DataFrame(
        rows, columns=["household_id", "alert_month", "identified_month", "first_measure_month"]
    )
    for name in ("alert_month", "identified_month", "first_measure_month"):
        frame[name] = pd.to_datetime(frame[name])
    place = [f"town {number % 2}" for number in range(len(frame))]
    frame = frame.assign(township_code=place, year=until, study=True)
    return Panel(frame, Flow(()), "income", (), (), (), None, "township_code")


def test_months_from_alert_to_measure_by_hand():
    """Waits 3, 1, 2, 0 in two townships; the third was helped two months after inclusion, so late.

    Townships have means 2.5 and 0.5; beyond the quickest, a household waits 1.5 - 0.5 months.
    """
    found = delays_of(
        monitored(
            [
                ("a", "2021-01", "2021-03", "2021-04"),
                ("b", "2021-01", "2021-01", "2021-02"),
                ("c", "2021-05", "2021-05", "2021-07"),
                ("d", "2021-06", "2021-06", "2021-06"),
                ("e", "2023-06", "2023-06", None),
            ]
        )
    )
    assert found.average.estimate == pytest.approx(1.5)
    assert found.late.estimate == pytest.approx(1 / 4)
    assert found.beyond_quickest == pytest.approx(1.0)
    assert (found.recent, found.unhelped, found.lost) == (1, 0, 0)
    assert found.by_township["months"].isna().all()


def test_who_is_still_without_a_measure_is_late():
    rows = [(str(k), "2021-01", "2021-02", "2021-03" if k < 6 else None) for k in range(8)]
    found = delays_of(monitored([*rows, ("z", "2021-01", "2021-02", "2021-05")]))
    assert (found.unhelped, found.late.estimate) == (2, pytest.approx(3 / 9))


def test_groups_of_seven_are_not_published():
    assert published(pd.Series([0.5, 0.5]), pd.Series([7, 8])).isna().tolist() == [True, False]
    cases = pd.DataFrame({"township_code": ["a"] * 7 + ["b"] * 8, "wrong": [True] * 9 + [False] * 6})
    assert error_rates(cases)["wrong"].to_dict() == {"a": pytest.approx(np.nan, nan_ok=True), "b": 0.25}


def test_what_officials_answered_is_in_no_table_of_townships(known):
    found = measure_motivation(known.panel, known.tables)
    scores = found.scale.scores.reindex(found.townships.index)
    assert not any(np.allclose(found.townships[name], scores, equal_nan=True) for name in found.townships)


def test_villages_that_did_not_answer_are_counted(known):
    answers = known.tables["village_questionnaire"]
    views = measure_motivation(known.panel, known.tables).views
    assert (views.asked, views.answered) == (SMALL.villages, len(answers))
    assert views.most - views.least == pytest.approx((SMALL.villages - len(answers)) / SMALL.villages)


def test_planted_motivation_is_found_in_what_villages_and_officials_say(region):
    """Villages' answers are 0.75 of motivation and 0.65 of noise; rounding takes a few percent."""
    for seed in SEEDS:
        county = known_county(replace(SMALL, seed=seed), region)
        found = measure_motivation(county.panel, county.tables)
        assert found.views.between.intraclass_low < 0.75**2 / (0.75**2 + 0.65**2) - 0.04
        assert found.views.between.intraclass_high > 0.75**2 / (0.75**2 + 0.65**2) - 0.04
        assert found.agreement.ranks.conf_low > 0
        motivation = pd.Series(county.county.setting.townships.motivation, found.townships.index)
        assert found.townships["view"].corr(motivation) > 0.9
        assert found.scale.scores.corr(motivation) > 0.7


def test_without_differences_in_motivation_no_claim_is_above_weak(region, monkeypatch):
    drawn = places.townships_of

    def alike(*arguments):
        townships = drawn(*arguments)
        return replace(townships, motivation=np.zeros_like(townships.motivation))

    monkeypatch.setattr(places, "townships_of", alike)
    declared = declared_claims(ROOT, "motivation")
    above = []
    for seed in SEEDS:
        county = known_county(replace(SMALL, seed=seed), region)
        claims = measured_claims(measure_motivation(county.panel, county.tables))
        above += [
            key for key, claim in claims.items() if grade(claim, declared[key]) in ("moderate", "strong")
        ]
    assert above == []


@pytest.mark.parametrize(
    ("lost", "parts"),
    [
        ("township_questionnaire", {"scale", "agreement"}),
        ("village_questionnaire", {"views", "agreement"}),
    ],
)
def test_without_a_questionnaire_the_rest_stands(known, lost, parts):
    tables = {name: table for name, table in known.tables.items() if name != lost}
    found = measure_motivation(known.panel, tables)
    missing = {
        name
        for name in ("scale", "views", "delays", "agreement")
        if isinstance(getattr(found, name), NotApplicable)
    }
    assert missing == parts


def test_records_of_neither_are_not_measured(known):
    bare = Panel(
        known.panel.frame[["household_id", "year", "study"]], Flow(()), "income", (), (), (), None, None
    )
    found = measure_motivation(bare, {"households": bare.frame})
    assert all(isinstance(claim, NotApplicable) for claim in measured_claims(found).values())
    assert found.townships.empty

"""Claims of one county, as they are kept."""

from dataclasses import replace

import pytest

from analysis.region import read_region
from analysis.simulation.claim_scenarios import CLAIMS, NO_PROBLEM, PROBLEMS
from analysis.simulation.claims_battery import measure_claims


@pytest.fixture(scope="module")
def measured():
    region = read_region("laoling")
    return {
        name: {one.design: one for one in measure_claims(CLAIMS[name], 0, region)}
        for name in (PROBLEMS, NO_PROBLEM)
    }


def test_planted_figures_are_those_of_the_process(measured):
    truth = CLAIMS[PROBLEMS].truth
    # sixteen lines evenly from 0.86 to 1.14: 0.28 / 15 * sqrt(16 * 17 / 12)
    assert measured[PROBLEMS]["lines_differ"].truth == pytest.approx(0.28 / 15 * (16 * 17 / 12) ** 0.5)
    assert measured[PROBLEMS]["exits_december"].truth == truth.year_end_bunching
    assert measured[NO_PROBLEM]["lines_differ"].truth == measured[NO_PROBLEM]["spells_differ"].truth == 0


def test_problems_are_found_where_they_are_and_not_where_they_are_not(measured):
    assert {
        measured[PROBLEMS][key].rejects for key in ("lines_differ", "spells_differ", "exits_december")
    } == {1.0}
    assert all(one.rejects == 0 for one in measured[NO_PROBLEM].values())


def test_a_claim_that_cannot_be_measured_gives_no_measure(monkeypatch):
    truth = replace(CLAIMS[PROBLEMS].truth, households_registered=200, households_ordinary=20, villages=16)
    tiny = replace(CLAIMS[PROBLEMS], truth=replace(truth, monitoring_from=2023))
    found = {one.design for one in measure_claims(tiny, 0, read_region("laoling"))}
    assert "spells_differ" not in found

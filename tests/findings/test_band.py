"""The band of post funds as the paper tells it, in counties with and without one."""

from dataclasses import replace

import matplotlib.pyplot as plt
import pytest

from analysis.countermeasures.drawn import Drawn
from analysis.countermeasures.post_range import post_range
from analysis.designs.post_band import estimate_band
from analysis.designs.post_gains import gains_in_band
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.band import band_findings, band_reasons, band_texts
from analysis.findings.countermeasures.post_range import WORDS, range_findings, range_reasons, range_texts
from analysis.findings.countermeasures.verdict import verdict
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import EFFECTS
from analysis.simulation.true_policies import true_change_by_funds
from analysis.synthetic.known import Known


@pytest.fixture(scope="module")
def region():
    return read_region("laoling")


NONE = NotApplicable("gains", "not asked for")


def told(scenario, region):
    """A county of a kind, its band, the gains by the schedule, and the plan."""
    known = known_county(EFFECTS[scenario].county(0), region)
    band = estimate_band(known.panel, region)
    gains = gains_in_band(known.panel, known.tables, band)
    return known, band, gains, post_range(known.panel, region, band, gains)


@pytest.fixture(scope="module")
def two_thresholds(region):
    return told("two_thresholds", region)


@pytest.fixture(scope="module")
def linear(region):
    return told("linear", region)


def test_a_band_is_told_by_its_ends_and_held_against_the_planted_steps(two_thresholds, region):
    _, band, gains, _ = two_thresholds
    planted = Known({}, (400.0, 2000.0), (0.3, 0.65, 0.15))
    findings = {f.id: f for f in band_findings(band, gains, planted, region)}
    assert not any(band_reasons(band, gains).values())
    assert findings["band.low"].low <= 400 <= findings["band.low"].high
    assert findings["band.high"].value == pytest.approx(2000, rel=0.05)
    assert [row[-1] for row in findings["tbl-band"].rows] == ["0.30", "0.65", "0.15"]
    assert findings["band.held_schedule"].value == 3
    assert band_texts(band)["band_reason"] == ""


def test_without_a_band_the_reason_is_told_and_no_range(linear, region):
    _, band, gains, _ = linear
    told = {f.id: f for f in band_findings(band, gains, None, region)}
    findings = set(told)
    plt.close(told["fig-band"].draw(told["fig-band"].data))
    assert not {"band.low", "band.high", "tbl-band"} & findings
    assert {"tbl-band-tests", "fig-band"} <= findings
    assert "does not reject a constant slope" in band_texts(band)["band_reason"]


def test_without_a_public_cost_the_band_is_not_looked_for(region):
    panel = known_county(replace(EFFECTS["none"].county(0), villages=30), region).panel
    settings = region.settings.model_copy(update={"public_cost": None})
    silent = region.model_copy(update={"settings": settings})
    band = estimate_band(panel, silent)
    assert isinstance(band, NotApplicable)
    assert "public cost" in band.reason
    assert all(band_reasons(band, NONE).values())


def test_two_counties_with_opposite_truths_give_opposite_verdicts(two_thresholds, linear):
    assert range_texts(two_thresholds[3], two_thresholds[1])["post_range_verdict"] == WORDS["supported"]
    assert range_texts(linear[3], linear[1])["post_range_verdict"] == WORDS["not supported"]
    assert "does not reject a constant slope" in range_reasons(linear[3], None)["post_range"]


def test_the_plan_is_told_by_township_and_its_money_balances(two_thresholds, region):
    plan = two_thresholds[3]
    findings = {f.id: f for f in range_findings(plan, region)}
    rows = findings["tbl-post-range"].rows
    counts = [sum(int(row[k]) for row in rows) for k in range(1, 5)]
    places = ("without", "below", "inside", "above")
    assert counts == [findings[f"post_range.{place}"].value for place in places]
    assert sum(counts) == len(plan.villages)
    assert findings["post_range.change"].low <= true_change_by_funds(two_thresholds[0], plan.villages)
    assert findings["post_range.change"].high >= true_change_by_funds(two_thresholds[0], plan.villages)


def test_the_verdict_follows_the_interval():
    assert verdict(Drawn(2, 1, 3)) == "supported"
    assert verdict(Drawn(2, -1, 3)) == "uncertain"
    assert verdict(Drawn(-2, -3, 1)) == "not supported"
    assert verdict(Drawn(2, 1, 3), refuted=True) == "not supported"
    assert verdict(NotApplicable("plan", "no ledger")) == "not measured"


@pytest.mark.parametrize(
    ("weakest", "expected"),
    [
        ("strong", "supported"),
        ("moderate", "supported"),
        ("weak", "uncertain"),
        ("not found", "not supported"),
        ("not measured", "not measured"),
    ],
)
def test_a_verdict_is_no_stronger_than_the_claims_it_rests_on(weakest, expected):
    assert verdict(Drawn(2, 1, 3), rests_on=("strong", weakest)) == expected

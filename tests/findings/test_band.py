"""The band of post funds as the paper tells it, in counties with and without one."""

from dataclasses import replace

import pytest

from analysis.designs.post_band import estimate_band
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.band import band_findings, band_reasons, band_texts
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import EFFECTS
from analysis.synthetic.known import Known


@pytest.fixture(scope="module")
def region():
    return read_region("laoling")


def band_in(scenario, region):
    return estimate_band(known_county(EFFECTS[scenario].county(0), region).panel, region)


def test_a_band_is_told_by_its_ends_and_held_against_the_planted_steps(region):
    band = band_in("two_thresholds", region)
    findings = {f.id: f for f in band_findings(band, Known({}, (400.0, 2000.0), (0.3, 0.65, 0.15)), region)}
    assert not any(band_reasons(band).values())
    assert findings["band.low"].low <= 400 <= findings["band.low"].high
    assert findings["band.high"].value == pytest.approx(2000, rel=0.05)
    assert [row[-1] for row in findings["tbl-band"].rows] == ["0.30", "0.65", "0.15"]
    assert band_texts(band)["band_reason"] == ""


def test_without_a_band_the_reason_is_told_and_no_range(region):
    band = band_in("linear", region)
    findings = {f.id for f in band_findings(band, None, region)}
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
    assert all(band_reasons(band).values())

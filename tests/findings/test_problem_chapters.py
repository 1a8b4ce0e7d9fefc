"""Chapters of problems: what is measured is told, and what is not has its reason."""

from dataclasses import replace

import pytest

from analysis.findings.chapter import Evidence
from analysis.findings.problems.path import about_path
from analysis.findings.problems.rigidity import about_rigidity
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL


@pytest.fixture(scope="module")
def evidence():
    region = read_region("laoling")
    known = known_county(replace(SMALL, seed=3_000_001), region)
    return Evidence(region, known.tables, known.panel, None, (), None, None)


def without(evidence: Evidence, *names: str) -> Evidence:
    tables = {name: table for name, table in evidence.tables.items() if name not in names}
    return replace(evidence, tables=tables)


def test_the_county_has_both_problems(evidence):
    for about, key in ((about_path, "single_path"), (about_rigidity, "rigid_amounts")):
        chapter = about(evidence)
        claims = next(found for found in chapter.findings if found.id.startswith("tbl-claims"))
        assert claims.rows[0][-1] == "strong"
        assert f"claim_{key}" in chapter.texts
        assert not any(chapter.lacking.values())


def test_without_ledgers_the_reason_stands_alone(evidence):
    path = about_path(without(evidence, "projects"))
    assert path.findings == ()
    assert path.lacking == {"path": "The records hold no ledger of projects with sector and investment."}
    rigidity = about_rigidity(without(evidence, "subsidies"))
    assert rigidity.lacking == {"rigidity": "The records hold no ledger of subsidies."}


def test_without_beneficiaries_the_mix_is_still_told(evidence):
    chapter = about_path(without(evidence, "beneficiaries"))
    assert chapter.lacking["path"] == ""
    assert chapter.lacking["path_dividends"] == "The records hold no beneficiaries or no dividends."
    assert "not measured" in chapter.texts["claim_path_pays_less"]
    assert "path.herfindahl" in {found.id for found in chapter.findings}

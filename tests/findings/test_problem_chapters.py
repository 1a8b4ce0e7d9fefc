"""Chapters of problems: what is measured is told, and what is not has its reason."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.chapter import Evidence
from analysis.findings.problems.investment_picture import draw_investment
from analysis.findings.problems.path import about_path
from analysis.findings.problems.rigidity import about_rigidity, rigidity_texts
from analysis.findings.problems.rigidity_tables import kind_row, overlap_table, targeting_row
from analysis.findings.style import house_style
from analysis.problems.coverage import Overlap
from analysis.problems.reach import TownshipTargeting, targeted
from analysis.problems.rigidity import measure_rigidity
from analysis.problems.same_amount import SameAmount
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL


@pytest.fixture(scope="module")
def evidence():
    region = read_region("laoling")
    known = known_county(replace(SMALL, seed=3_000_001), region)
    return Evidence(region, known.tables, known.panel, None, (), None, None)


@pytest.fixture(scope="module")
def rigidity(evidence):
    return measure_rigidity(evidence.panel, evidence.tables, evidence.region)


def without(evidence: Evidence, *names: str) -> Evidence:
    tables = {name: table for name, table in evidence.tables.items() if name not in names}
    return replace(evidence, tables=tables)


def grades(chapter) -> dict[str, str]:
    claims = next(found for found in chapter.findings if found.id.startswith("tbl-claims"))
    return {row[0]: row[-1] for row in claims.rows}


def test_the_county_has_both_problems(evidence):
    path, rigidity = about_path(evidence), about_rigidity(evidence)
    assert grades(path)["Investment goes into a single path"] == "strong"
    assert grades(rigidity)["Amounts stay whatever the need"] == "moderate"
    assert {name for name, gap in path.lacking.items() if gap} == {"path_risk"}
    # nothing but relief is paid for a shock, too little for a wait over all kinds
    assert {name for name, gap in rigidity.lacking.items() if gap} <= {"rigidity_delay"}
    assert rigidity.texts["between_words"] == "households that are better off receive less"
    assert path.texts["path_kept"] == "By the ledger it pays more than was guaranteed"


def test_without_ledgers_the_reason_stands_alone(evidence):
    path = about_path(without(evidence, "projects"))
    assert path.findings == ()
    assert set(path.lacking.values()) == {
        "The records hold no ledger of projects with sector and investment."
    }
    assert "not measured" in path.texts["claim_single_path"]
    rigidity = about_rigidity(without(evidence, "subsidies"))
    assert set(rigidity.lacking.values()) == {"The records hold no ledger of subsidies."}


def test_without_beneficiaries_the_mix_is_still_told(evidence):
    chapter = about_path(without(evidence, "beneficiaries"))
    assert chapter.lacking["path"] == ""
    assert chapter.lacking["path_dividends"] == "The records hold no beneficiaries or no dividends."
    assert chapter.lacking["path_reached"] == "The records do not say whom projects reach."
    assert "not measured" in chapter.texts["claim_path_pays_less"]
    found = {finding.id: finding for finding in chapter.findings}
    assert "path.herfindahl" in found
    assert "path.households" not in found
    assert "reached" not in found["fig-investment"].data


def test_a_ninth_sector_does_not_vanish():
    sectors = [f"sector {k}" for k in range(9)]
    data = pd.DataFrame({"year": 2020, "sector": sectors, "rank": range(9), "million_yuan": 1.0})
    with house_style():
        bars = draw_investment(data).axes[0].patches
    assert len(bars) == 9
    # the same colours again, told apart by a pattern
    assert (bars[8].get_facecolor(), bars[8].get_hatch()) == (bars[0].get_facecolor(), "//")
    assert max(bar.get_y() + bar.get_height() for bar in bars) == 9.0


def test_only_kinds_on_record_are_named(evidence, rigidity):
    relief = replace(rigidity, need=replace(rigidity.need, by_need=("prompt_relief",)))
    texts = rigidity_texts(relief, evidence.region)
    assert texts["need_rules"] == "Prompt relief is to come when a household is struck."
    none = replace(rigidity, need=replace(rigidity.need, by_need=()))
    assert rigidity_texts(none, evidence.region)["need_rules"] == (
        "No kind on record is tied to need by its rule."
    )


def test_a_kind_of_few_households_is_not_told(rigidity):
    rows = rigidity.need.rows.reset_index(drop=True)
    few = rows["household_id"].isin(rows["household_id"].unique()[:7])
    scarce = replace(rigidity, need=replace(rigidity.need, rows=rows.assign(pay_dibao=1.0 * few)))
    assert kind_row("dibao", scarce, {"dibao": "allowance"}) == ("allowance", *["<8"] * 5)


def test_a_township_with_few_in_need_is_not_told(rigidity):
    gap = SameAmount(NotApplicable("Same amount", "fewer than 30 cases"), 3)
    few = TownshipTargeting("t", 2_000_000.0, 7, targeted(rigidity.need), gap)
    assert targeting_row(few, {"t": "Town"}) == ("Town", "2.0", "<8", "<8", "<8", "–")
    enough = targeting_row(replace(few, n_in_need=8), {})
    assert enough[0] == "t"
    assert "%" in enough[2]


def test_a_pair_of_kinds_by_hand():
    table = overlap_table((Overlap("a", "b", 30, 10, 0.25, 2.0),), {"a": "one", "b": "other"})
    assert table.rows == (("one and other", "30", "25%", "2.00"),)

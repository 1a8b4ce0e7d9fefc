"""What the section on the motivation of officials says, what it keeps to itself, and what it draws."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.findings.chapter import Evidence
from analysis.findings.drawings import Drawing
from analysis.findings.kinds import Number, Table
from analysis.findings.problems.motivation import about_motivation
from analysis.findings.problems.motivation_tables import answered, judgement
from analysis.findings.problems.motivation_words import reliability_words
from analysis.findings.style import house_style
from analysis.findings.wording import township_name
from analysis.problems.average import average_of
from analysis.problems.motivation_scale import ITEMS
from analysis.problems.motivation_views import views_of
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL

ROOT = Path(__file__).parents[2]
DATES = ("alert_month", "identified_month", "first_measure_month")
ALL = {
    "tbl-claims-motivation",
    "tbl-motivation-items",
    "tbl-motivation-townships",
    "tbl-motivation-errors",
    "tbl-motivation-outcomes",
    "fig-motivation-answers",
    "fig-motivation-points",
}


@pytest.fixture(scope="module")
def region():
    return read_region("laoling", ROOT)


@pytest.fixture(scope="module")
def county(region):
    return known_county(replace(SMALL, seed=3), region)


def chapter(county, region, tables=(), columns=()):
    kept = {name: table for name, table in county.tables.items() if name not in tables}
    panel = replace(county.panel, frame=county.panel.frame.drop(columns=list(columns)))
    return about_motivation(Evidence(region, kept, panel, None, (), None, None))


@pytest.mark.parametrize(
    ("tables", "columns", "gone", "lacking"),
    [
        ((), (), set(), set()),
        (
            ("township_questionnaire",),
            (),
            {"tbl-motivation-items"},
            {"motivation_scale", "motivation_reliability", "motivation_agreement"},
        ),
        (
            ("village_questionnaire",),
            (),
            {"fig-motivation-points"},
            {"motivation_views", "motivation_between", "motivation_agreement", "motivation_points"},
        ),
        (("posts",), (), set(), set()),
        (
            (),
            DATES[2:],
            set(),
            {"motivation_delays", "motivation_spread", "motivation_late", "motivation_cost"},
        ),
        (
            (),
            (*DATES, "removed_month", "under_monitoring"),
            set(),
            {"motivation_delays", "motivation_spread", "motivation_late", "motivation_cost"},
        ),
        (
            ("township_questionnaire",),
            (*DATES, "removed_month", "under_monitoring"),
            {"tbl-motivation-items", "fig-motivation-points"},
            {
                "motivation_scale",
                "motivation_reliability",
                "motivation_agreement",
                "motivation_delays",
                "motivation_spread",
                "motivation_late",
                "motivation_cost",
                "motivation_points",
            },
        ),
        (
            ("township_questionnaire", "village_questionnaire"),
            (*DATES, "removed_month", "under_monitoring", "township_code"),
            ALL - {"tbl-claims-motivation"},
            None,
        ),
    ],
)
def test_the_section_has_its_tables_and_pictures_as_far_as_the_records_go(
    county, region, tables, columns, gone, lacking
):
    found = chapter(county, region, tables, columns)
    made = {finding.id for finding in found.findings if not isinstance(finding, Number)}
    assert made == ALL - gone
    if lacking is not None:
        assert {name for name, reason in found.lacking.items() if reason} == lacking
    with house_style():
        for finding in found.findings:
            if isinstance(finding, Drawing):
                finding.draw(finding.data)


def test_no_cell_shows_what_an_official_answered(county, region):
    """All that is published of a township is the same whatever its officials answered."""
    changed = county.tables["township_questionnaire"].assign(**dict.fromkeys(ITEMS, 2))
    changed.loc[::2, list(ITEMS)] = 4
    other = replace(county, tables=county.tables | {"township_questionnaire": changed})
    names = {township_name(code, region) for code in region.settings.townships}
    shown = [townships_in(chapter(known, region), names) for known in (county, other)]
    assert shown[0]
    assert shown[0] == shown[1]


def townships_in(found, names: set[str]) -> list[tuple[str, ...]]:
    """All that is published of single townships: rows of tables, and data of pictures."""
    tables = [finding for finding in found.findings if isinstance(finding, Table)]
    drawn = [finding.data for finding in found.findings if isinstance(finding, Drawing)]
    rows = [row for table in tables for row in table.rows if set(row) & names]
    points = [data for data in drawn if "township" in data]
    return rows + [tuple(map(str, row)) for data in points for row in data.to_numpy()]


def test_townships_with_few_cases_are_neither_in_tables_nor_in_pictures(county, region):
    code = str(county.tables["village_questionnaire"]["township_code"].iloc[0])
    frame = county.panel.frame
    here = frame["identified_month"].notna() & (frame["township_code"].astype(str) == code)
    kept = set(frame.loc[here, "household_id"].unique()[:5])
    few = frame[~here | frame["household_id"].isin(kept)].reset_index(drop=True)
    found = chapter(replace(county, panel=replace(county.panel, frame=few)), region)
    by_id = {finding.id: finding for finding in found.findings}
    table, name = by_id["tbl-motivation-townships"], township_name(code, region)
    (row,) = [row for row in table.rows if row[0] == name]
    assert row[-1] == "<8"
    data = by_id["fig-motivation-points"].data
    assert set(data.loc[data["township"] == name, "panel"].str.split("\n").str[0]) == {
        "Visits to households a"
    }


def test_the_cost_is_told_where_townships_surely_differ_and_not_where_they_are_alike(county, region):
    apart = {finding.id: finding for finding in chapter(county, region).findings}
    quick, slow = apart["motivation.quickest"], apart["motivation.slowest"]
    assert quick.low <= quick.value <= quick.high
    assert quick.value < slow.value
    alike = known_county(replace(SMALL, seed=3, official_spread=0.0, official_level=2.0), region)
    found = chapter(alike, region)
    assert "motivation.slowest" not in {finding.id for finding in found.findings}
    assert found.lacking["motivation_cost"]
    assert found.texts["claim_measures_differ"].startswith("That townships differ")


def test_a_judgement_of_one_village_has_no_interval_and_that_of_none_no_cell():
    assert judgement(average_of(pd.Series([4.0]))) == "4.00"
    assert judgement(average_of(pd.Series([3.0, 4, 5]))).startswith("4.00 [1.52,")
    assert judgement(average_of(pd.Series([], dtype=float))) == ""


def test_villages_that_answered_stand_beside_those_asked(county, region):
    views = views_of(county.tables)
    code = next(iter(views.townships))
    assert answered(views, code) == f"{views.townships[code].n} of {views.asked[code]}"
    assert answered(views, "nowhere") == ""


def test_reliability_is_told_by_its_interval():
    assert "lies above 0.7" in reliability_words(0.72, 0.9)
    assert "lies below 0.7" in reliability_words(0.1, 0.6)
    assert "leave open" in reliability_words(0.5, 0.9)

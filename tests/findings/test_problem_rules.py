"""What the sections on inclusion and exit say, and what they keep to themselves."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from analysis.estimates.shares import share_of
from analysis.findings.chapter import Evidence
from analysis.findings.disclosure import counted, share_cell
from analysis.findings.problems.exit import about_exit
from analysis.findings.problems.exit_picture import survival_by_month
from analysis.findings.problems.inclusion import about_inclusion
from analysis.problems.watched import watched_households, watched_months
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def region():
    return read_region("laoling", ROOT)


@pytest.fixture(scope="module")
def county(region):
    return known_county(replace(SMALL, seed=2), region)


def evidence(county, region, without: tuple[str, ...] = (), columns: tuple[str, ...] = ()) -> Evidence:
    tables = {name: table for name, table in county.tables.items() if name not in without}
    panel = replace(county.panel, frame=county.panel.frame.drop(columns=list(columns)))
    return Evidence(region, tables, panel, None, (), None, {})


def test_the_curve_of_monitoring_is_that_of_a_second_program(county):
    households = watched_households(county.panel.frame)
    curve = survival_by_month(watched_months(households))
    times = households["last"] - households["identified"] + 1
    second = SurvfuncRight(times, households["removed"].notna())
    own = curve.set_index("month")["survival"]
    known = [(time - 1, value) for time, value in zip(second.surv_times, second.surv_prob, strict=True)]
    assert np.allclose([own[month] for month, _ in known if month <= 36], [v for m, v in known if m <= 36])


def test_without_questionnaires_the_sections_say_so_and_the_rest_stands(county, region):
    without = ("township_questionnaire", "village_questionnaire", "posts", "projects")
    inclusion, exits = (about(evidence(county, region, without)) for about in (about_inclusion, about_exit))
    assert inclusion.lacking["inclusion"] == exits.lacking["exit"] == exits.lacking["exit_spells"] == ""
    assert inclusion.lacking["inclusion_stated"] == "Stated lines: townships were not asked for their line."
    assert inclusion.texts["claim_lines_unsaid"] == (
        "Townships do not apply the lines that they state: not measured, "
        "townships were not asked for their line."
    )
    assert exits.lacking["exit_stated"] == "Stated rules: townships were not asked for theirs."
    made = {finding.id for chapter in (inclusion, exits) for finding in chapter.findings}
    assert {"fig-lines", "tbl-inclusion", "tbl-audit", "fig-monitoring", "tbl-exit"} <= made


def test_without_months_of_inclusion_nothing_is_measured_and_the_reason_is_given(county, region):
    bare = evidence(county, region, columns=("identified_month", "removed_month"))
    chapter = about_inclusion(bare)
    assert chapter.findings == ()
    assert chapter.lacking["inclusion"] == (
        "Inclusion: the records hold no months of inclusion, townships or official line."
    )
    assert about_exit(bare).findings == ()


def test_cells_about_few_households_are_hidden():
    assert [counted(n) for n in (0, 1, 7, 8)] == ["0", "<8", "<8", "8"]
    assert share_cell(share_of(pd.Series(7 * [True]))) == "<8"
    assert share_cell(share_of(pd.Series(8 * [True]))).startswith("100%")

"""What is held against effects: townships left out against refits, hand arithmetic, reasons for none."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.posts import fit_schedule, with_schedule
from analysis.designs.projects import impute
from analysis.designs.sensitivity import DECLARED, curve_of
from analysis.designs.sensitivity_bias import exit_rows
from analysis.designs.sensitivity_breaks import power_of_leads
from analysis.designs.sensitivity_curve import strongest_axis
from analysis.designs.sensitivity_kinds import tried
from analysis.designs.sensitivity_paths import near, project_path, trends
from analysis.designs.sensitivity_without import posts_without, projects_without, spread, subsidies_without
from analysis.designs.subsidies import fit_rule, with_rule
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.sensitivity.specification_axes import AXES
from analysis.estimates.sensitivity.specification_curve import SpecificationCurve
from analysis.faults import Fault, Faults
from analysis.region import read_region

PROJECT = Path(__file__).parents[2]
TOWN = "371481103"


def outside(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["township_code"] != TOWN].reset_index(drop=True)


def test_subsidies_without_a_township_are_those_of_a_refit(known):
    rows = outside(with_rule(known.panel.study, known.tables["subsidies"]))
    refit = fit_rule(rows, known.panel.outcome, known.panel, "village_code").effect
    left = subsidies_without(known.panel, known.tables["subsidies"])
    assert left[TOWN] == pytest.approx(refit.estimate, rel=1e-5)


def test_posts_without_a_township_are_those_of_a_refit(known):
    rows = with_schedule(outside(known.panel.study), known.tables["posts"])
    refit = fit_schedule(rows, known.panel.outcome, known.panel).effect
    assert posts_without(known.panel, known.tables["posts"])[TOWN] == pytest.approx(refit.estimate, rel=1e-9)


def test_projects_without_a_township_are_those_of_a_refit_but_for_the_controls(known):
    refit = impute(outside(known.panel.study), known.panel, known.panel.outcome).overall
    left = projects_without(known.panel)[TOWN]
    assert abs(left - refit.estimate) < 0.03 * refit.std_error


def test_the_range_over_townships_names_the_townships_at_its_ends():
    left = pd.Series({"371481001": 3.0, TOWN: 1.0, "unknown": np.nan})
    found = spread("key", "label", 2.0, left, read_region("laoling"))
    assert (found.low, found.value, found.high) == (1.0, 2.0, 3.0)
    assert found.says == "lowest without Dingwu, highest without Shizhong"


def test_a_trend_as_large_as_the_leads_can_see_biases_by_what_passing_leaves_of_it(known):
    study = near(project_path(known.panel), 3)
    slope, bias = power_of_leads(study)[:2]
    # leads are -3 and -2, the reference -1: the mean year after the event is that many years from it
    whole = slope.value * float(study.weights @ (study.times[study.pre :] + 1))
    assert bias.value > whole > 0


def test_households_are_reached_by_the_middle_year_and_leave_as_their_last_member_did(known):
    households = pd.DataFrame(
        {
            "household_id": np.repeat(["stays", "dies", "moves", "late"], [3, 2, 2, 3]),
            "year": [1, 2, 3, 1, 2, 1, 2, 1, 2, 3],
            "village_code": "v",
            "income": [10.0, 11.0, 13.0, 20.0, 20.0, 30.0, 30.0, 40.0, 40.0, 45.0],
            "posts": [0.0, 1.0, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 1.0],
            "study": True,
        }
    )
    members = pd.DataFrame(
        {
            "household_id": ["dies", "dies", "moves", "stays"],
            "left_year": [1, 3, 3, 2],
            "left_reason": ["moved", "death", "moved", "death"],
        }
    )
    panel = replace(known.panel, frame=households, outcome="income")
    rows = exit_rows("posts", panel, members).set_index("household_id")
    assert rows["posts"].to_dict() == {"stays": 1, "dies": 0, "moves": 1, "late": 0}
    assert rows["growth"].dropna().to_dict() == {"stays": 3, "late": 5}
    assert rows["exit"].dropna().to_dict() == {"dies": "death", "moves": "moved"}


def curve_with(effects: list[float], **axes: list[str]) -> SpecificationCurve:
    table = pd.DataFrame({axis: ["same"] * len(effects) for axis in AXES} | axes)
    return SpecificationCurve(table.assign(effect=effects, note=""), "yuan", 0.95, "village", np.empty(0))


def test_the_strongest_choice_is_the_one_between_whose_values_most_of_the_variance_lies():
    curve = curve_with([0, 1, 4, 5], form=["log", "log", "level", "level"], tails=["a", "b", "a", "b"])
    # variance 4.25; means by form 0.5 and 4.5 (variance 4), by tails 2 and 3 (variance 0.25)
    assert strongest_axis(curve) == ("form", pytest.approx(4 / 4.25))


def test_a_fault_of_the_records_becomes_the_reason():
    def refuse():
        raise Faults([Fault("panel, column 'x'", "empty", "values", "fill it")])

    assert tried("bounds", refuse) == (NotApplicable("bounds", "panel, column 'x': empty"),)


def test_without_a_primary_design_there_are_no_trends_to_test(known):
    found = trends(InstrumentDesigns("posts", ()), known.panel, {}, None)
    assert found[0].reason == "no design beyond the panel regression is supported"


def test_a_curve_needs_a_declaration_and_its_columns(known, tmp_path):
    assert (
        curve_of("posts", known.panel, tmp_path / "specifications.yaml").reason
        == "no specifications are declared"
    )
    bare = replace(known.panel, frame=known.panel.frame.drop(columns="income_total"))
    assert "income_total" in curve_of("posts", bare, PROJECT / DECLARED).reason

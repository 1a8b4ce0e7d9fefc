"""How what is held against an effect is shown, and which parts of the text a region can have."""

import pandas as pd
import pytest

from analysis.designs.sensitivity_kinds import Part, Sensitivity, Threat
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import HOUSEHOLD_YEAR
from analysis.findings.sensitivity import sensitivity_findings, sensitivity_reasons, threat_table
from analysis.findings.specification_curve import choice_rows
from analysis.region import read_region

GAP = NotApplicable("Bounds for exits", "nobody left")
PENSIONS = Threat("placebo.design", "Effect on pensions", -43.2, "effect", "fails", low=-60.4, high=-25.8)


def held(*threats: Threat | NotApplicable) -> Sensitivity:
    return Sensitivity("posts", (Part("Part", threats),), GAP, None, HOUSEHOLD_YEAR)


@pytest.fixture(scope="module")
def region():
    return read_region("laoling")


def test_a_threat_is_shown_with_its_interval_and_a_gap_with_its_reason(region):
    rows = threat_table(held(PENSIONS, GAP), region).rows
    assert rows[1] == (
        "Effect on pensions",
        "\N{MINUS SIGN}43 [\N{MINUS SIGN}60,\N{NO-BREAK SPACE}\N{MINUS SIGN}26]",
        "fails",
    )
    assert rows[2] == ("Bounds for exits", "none", "does not apply: nobody left")


def test_a_number_bears_the_name_of_its_instrument(region):
    number = next(iter(sensitivity_findings(held(PENSIONS), region)))
    assert (number.id, number.low, number.unit) == (
        "posts.placebo.design",
        -60.4,
        "yuan a year per capita for a post-year",
    )


def test_an_instrument_of_which_nothing_is_known_yields_nothing(region):
    assert list(sensitivity_findings(held(GAP), region)) == []
    assert all(sensitivity_reasons((held(GAP),)).values())
    assert all(sensitivity_reasons(()).values())


def test_the_text_tells_of_a_placebo_that_fails_only_where_it_does():
    assert sensitivity_reasons((held(PENSIONS),))["pensions_fail"] == ""
    zero = Threat("placebo.design", "Effect on pensions", 5.0, "effect", "holds", low=-32.0, high=42.0)
    assert sensitivity_reasons((held(zero),))["pensions_fail"]


def test_only_choices_that_vary_are_marked():
    same = {axis: ["one", "one"] for axis in ("form", "dose", "effects", "controls", "sample")}
    rows = choice_rows(pd.DataFrame(same | {"tails": ["kept", "cut"]}))
    assert rows == [("Tails of the outcome", None), ("cut", "tails"), ("kept", "tails")]

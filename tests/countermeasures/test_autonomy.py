"""Bounds on township lines by hand, at their ends, and against the process lived again."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.countermeasures.autonomy import WIDTHS, autonomy
from analysis.estimates.discontinuity.step_spread import StepSpread
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.spread import no_spread
from analysis.panel.screening import screening
from analysis.problems.inclusion import measure_inclusion
from analysis.problems.lines_applied import GRID, NEAR
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL
from analysis.simulation.true_inclusion import true_inclusion

PLACES = np.array([-0.1, 0.0, 0.1])


def known_lines(lines: dict[str, float]) -> StepSpread:
    """Lines that are known for certain, each one of three places."""
    means = np.array(list(lines.values()))
    weights = (np.abs(PLACES - means[:, None]) < 1e-9).astype(float)
    spread = replace(no_spread(len(lines)), weights=weights, means=means)
    return StepSpread(tuple(lines), spread, 0.99, 0.01, 0)


def decisions(lines: dict[str, float], each: int = 400) -> pd.DataFrame:
    """As many households a township from a fifth below the line to a fifth above; all below are in."""
    distance = np.tile(np.linspace(-0.2, 0.2, each, endpoint=False) + 0.2 / each, len(lines))
    place = np.repeat(list(lines), each)
    line = pd.Series(place).map(lines).to_numpy()
    return pd.DataFrame(
        {
            "household_id": np.arange(len(place)).astype(str),
            "distance": distance,
            "township_code": place,
            "included": (distance < line).astype(int),
        }
    )


def test_one_line_for_all_takes_in_who_was_left_out_and_leaves_out_who_was_beyond():
    lines = {"low": -0.1, "high": 0.1}
    found = autonomy(decisions(lines), known_lines(lines), grid=PLACES, near=0.2)
    today, uniform = found.practice, found.bounds[0]
    # of 400 below the official line 100 are left out; of 100 + 300 included 100 are beyond it
    assert (today.included.value, today.left_out.value, today.beyond.value) == (400, 0.25, 0.25)
    # rates of 1 and 0 are known from hundreds of cases only: a per thousand is left
    assert uniform.left_out.value == pytest.approx(0, abs=0.005)
    assert uniform.beyond.value == pytest.approx(0, abs=0.01)
    assert uniform.included.value == pytest.approx(400, abs=2)
    assert found.fewer.value == pytest.approx(0.25, abs=0.005)
    # a half of the household-years near the line are between the lines of the two
    assert (today.decided, uniform.decided) == (0.5, 0.0)


def test_a_bound_that_binds_nobody_changes_nothing():
    lines = {"low": -0.1, "high": 0.1}
    found = autonomy(decisions(lines), known_lines(lines), grid=PLACES, near=0.2)
    loose = found.bounds[WIDTHS.index(0.15)]
    assert loose.included == found.practice.included
    assert loose.left_out == found.practice.left_out
    assert found.practice.included.low == found.practice.included.high == 400


@pytest.mark.parametrize("everybody", [0, 1])
def test_a_rule_that_includes_nobody_or_everybody_has_its_figures(everybody):
    lines = {"a": 0.0, "b": 0.0}
    rows = decisions(lines).assign(included=everybody)
    found = autonomy(rows, known_lines(lines), grid=PLACES, near=0.2)
    assert found.practice.left_out.value == 1 - everybody
    assert found.practice.beyond.value == everybody / 2
    assert found.fewer.value == pytest.approx(0, abs=0.005)


def test_without_anybody_below_the_line_or_with_unknown_townships_the_reason_is_told():
    lines = {"a": 0.0}
    rows = decisions(lines)
    above = autonomy(rows[rows["distance"] > 0], known_lines(lines), grid=PLACES, near=0.2)
    assert isinstance(above, NotApplicable)
    strange = autonomy(rows.assign(township_code="z"), known_lines(lines), grid=PLACES, near=0.2)
    assert strange.reason == "no line is known of 400 household-years"


def test_the_fall_of_errors_is_that_of_the_process_lived_again():
    region = read_region("laoling")
    held = []
    for seed in range(4):
        known = known_county(replace(SMALL, seed=7_200_000 + seed), region)
        rows = screening(known.panel.frame, region.line_by_year)
        lines = measure_inclusion(known.panel, known.tables, region).lines
        found = autonomy(rows, lines.spread, grid=GRID, near=NEAR)
        included, left_out, beyond = true_inclusion(known, 1.0)
        today = found.practice
        assert (today.included.value, today.left_out.value, today.beyond.value) == pytest.approx(
            (included, left_out, beyond)
        )
        held.append(found.fewer.low <= left_out - true_inclusion(known, 0.0)[1] <= found.fewer.high)
    # intervals of 95%: one of four may miss
    assert sum(held) >= len(held) - 1

"""Rules of townships that are planted in small counties are found, and none where none are planted."""

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.panel.income import OWN_PAYMENT
from analysis.panel.screening import screening
from analysis.problems.claims import declared_claims, grade
from analysis.problems.exit import claims_of as exit_claims
from analysis.problems.exit import measure_exit
from analysis.problems.inclusion import claims_of as inclusion_claims
from analysis.problems.inclusion import measure_inclusion
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL

ROOT = Path(__file__).parents[2]
SEEDS = (1, 2, 3, 4)
UNIFORM = replace(SMALL, township_discretion=0.0, year_end_bunching=0.0)


@pytest.fixture(scope="module")
def region():
    return read_region("laoling", ROOT)


@pytest.fixture(scope="module")
def counties(region):
    return [known_county(replace(SMALL, seed=seed), region) for seed in SEEDS]


def share_inside(groups, lows, highs, planted) -> float:
    inside = [
        low - 0.011 <= planted[str(group)] <= high + 0.001
        for group, low, high in zip(groups, lows, highs, strict=True)
    ]
    return sum(inside) / len(inside)


def test_lines_are_found_with_their_spread_and_with_what_townships_admit(counties, region):
    for county in counties:
        rules = county.county.setting.townships
        found = measure_inclusion(county.panel, county.tables, region).lines
        assert found.spread.spread.low < rules.line_factor.std() < found.spread.spread.high
        planted = dict(zip(map(str, rules.code), rules.line_factor - 1, strict=True))
        lines = found.lines.lines
        lows, highs = [line.conf_low for line in lines], [line.conf_high for line in lines]
        assert share_inside([line.group for line in lines], lows, highs, planted) > 0.8
        slope = found.stated.slope
        assert slope.low < 0.5 < slope.high


def test_spells_and_incomes_asked_for_are_found_with_their_spread(counties, region):
    held = []
    for county in counties:
        rules = county.county.setting.townships
        found = measure_exit(county.panel, county.tables, region).rules
        assert found.spells.spread.low < rules.minimum_spell.std() < found.spells.spread.high
        multiples = found.multiples.spread
        held.append(multiples.low < rules.exit_multiple.std() < multiples.high)
        spells = dict(zip(map(str, rules.code), rules.minimum_spell, strict=True))
        part = found.spells
        assert share_inside(part.groups, part.spread.lows, part.spread.highs, spells) > 0.9
        assert found.december.low < SMALL.year_end_bunching < found.december.high
    assert sum(held) >= len(held) - 1


@pytest.mark.parametrize("seed", SEEDS)
def test_where_all_townships_have_one_rule_no_claim_is_graded_above_weak(seed, region):
    county = known_county(replace(UNIFORM, seed=seed), region)
    inclusion = measure_inclusion(county.panel, county.tables, region)
    exits = measure_exit(county.panel, county.tables, region)
    measured = inclusion_claims(inclusion) | exit_claims(exits)
    declared = declared_claims(ROOT, "inclusion") | declared_claims(ROOT, "exit")
    grades = {key: grade(measured[key], claim) for key, claim in declared.items()}
    assert set(grades.values()) <= {"not found", "weak"}, grades


def test_help_after_a_decision_is_the_mean_by_hand(counties, region):
    county = counties[0]
    later = measure_inclusion(county.panel, county.tables, region).later
    panel = county.panel.frame.set_index(["household_id", "year"])
    rows = screening(county.panel.frame, region.line_by_year)
    left = rows[rows["distance"].between(-0.2, 0, inclusive="neither") & (rows["included"] == 0)]
    keys = zip(left["household_id"], left["year"] + 1, strict=True)
    after = [key for key in keys if key in panel.index]
    by_hand = panel.loc[after, list(OWN_PAYMENT.values())].sum(axis=1).mean()
    found = later.help["left out below it"]
    assert found.estimate == pytest.approx(by_hand, rel=1e-12)
    assert found.n_obs == len(after)

"""Planted motivation is found in what is said and done, and none is where officials are alike."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.problems.claims import declared_claims, grade
from analysis.problems.motivation import measure_motivation
from analysis.problems.motivation_claims import claims_of
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.planted_motivation import chances, expected_months, planted
from analysis.simulation.scenarios import SMALL
from analysis.synthetic.questionnaires import ANSWERS, LOADING

ROOT = Path(__file__).parents[2]
SEEDS = range(7_000_000, 7_000_012)


@pytest.fixture(scope="module")
def region():
    return read_region("laoling", ROOT)


@pytest.fixture(scope="module")
def counties(region):
    drawn = [known_county(replace(SMALL, seed=seed), region) for seed in SEEDS]
    return [(county, measure_motivation(county.panel, county.tables, region)) for county in drawn]


def test_answers_of_an_attitude_by_hand():
    """Attitude 0 and noise 1: an answer below the middle is below 2.5 = 3.4 - 0.9, one standard deviation."""
    says = chances(np.array([0.0]), 1.0)[0]
    assert says[:2].sum() == pytest.approx(0.158655, abs=1e-6)
    assert says.sum() == pytest.approx(1)


def test_months_without_chance_are_the_rates():
    assert expected_months(0.0, 0.0) == 0
    # inclusion in the month of the alert; more than the longest wait has a chance of one in ten million
    assert expected_months(0.0, 1.0) == pytest.approx(1, abs=1e-6)


def test_intervals_hold_the_planted_figures(counties):
    held = {}
    for county, found in counties:
        claims = claims_of(found)
        for key, value in planted(county).items():
            held.setdefault(key, []).append(claims[key].low <= value <= claims[key].high)
    assert set(held) == {"officials_inactive", "officials_differ", "officials_rate_low", "measures_differ"}
    assert all(sum(inside) >= len(SEEDS) - 2 for inside in held.values()), held


def test_reliability_holds_that_of_items_with_the_planted_loading_and_rounding(counties):
    """Reliability of a mean of four: `16 v / (16 v + 4 w)`, v of expected answers, w around them."""
    held = []
    for county, found in counties:
        says = chances(LOADING * county.county.setting.townships.motivation, float(np.sqrt(1 - LOADING**2)))
        means = says @ ANSWERS
        between, within = means.var(ddof=1), float((says @ ANSWERS**2 - means**2).mean())
        true = 16 * between / (16 * between + 4 * within)
        made = found.scale.reliability
        held.append([part.conf_low < true < part.conf_high for part in (made.alpha, made.omega)])
    assert (np.sum(held, axis=0) >= len(SEEDS) - 2).all(), held


def test_scores_and_views_follow_the_planted_motivation(counties):
    for county, found in counties:
        townships = county.county.setting.townships
        motivation = pd.Series(townships.motivation, list(map(str, townships.code)))
        view = pd.Series({code: average.value for code, average in found.views.townships.items()})
        assert view.corr(motivation) > 0.9
        assert found.scale.scores.corr(motivation) > 0.7


@pytest.mark.parametrize("level", [0.0, 2.0])
def test_where_officials_are_alike_no_claim_is_graded_above_weak(region, level):
    declared, above = declared_claims(ROOT, "motivation"), Counter()
    for seed in SEEDS:
        truth = replace(SMALL, seed=seed, official_spread=0.0, official_level=level)
        county = known_county(truth, region)
        for key, claim in claims_of(measure_motivation(county.panel, county.tables, region)).items():
            above[key] += grade(claim, declared[key]) in ("moderate", "strong")
    assert set(above) == set(declared)
    assert all(times <= 1 for times in above.values()), above

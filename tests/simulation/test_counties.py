from dataclasses import replace

import numpy as np
import pytest

from analysis.region import read_region
from analysis.simulation.counties import known_county, with_planted
from analysis.simulation.scenarios import EFFECTS
from analysis.synthetic.truth import Truth

TINY = replace(
    EFFECTS["two_thresholds"].truth, households_registered=300, households_ordinary=60, villages=30
)


@pytest.fixture(scope="module")
def known():
    return known_county(TINY, read_region("laoling"))


def test_every_row_of_the_panel_has_its_planted_effects(known):
    rows = with_planted(known.panel.frame, known)
    assert rows[["planted_posts", "planted_projects", "planted_subsidies"]].notna().all(axis=None)


@pytest.mark.parametrize("instrument", ["posts", "subsidies"])
def test_planted_effects_add_up_to_the_realised_effect_of_the_county(known, instrument):
    rows = with_planted(known.panel.study, known)
    treated = rows[instrument] > 0
    per_unit = rows.loc[treated, f"planted_{instrument}"].sum() / rows.loc[treated, instrument].sum()
    # reported household sizes and ledgers round, the realised effect does not
    assert per_unit == pytest.approx(known.county.effect(instrument), rel=0.02)


def test_nothing_is_planted_where_no_effect_is():
    none = known_county(replace(TINY, effect_scale=0.0), read_region("laoling"))
    projects = with_planted(none.panel.study, none)["planted_projects"]
    # without an effect a dividend replaces other income, yuan for yuan
    assert np.abs(projects).max() < 1e-6


def test_counties_of_a_kind_differ_by_their_seed_alone():
    first, second = EFFECTS["none"].county(0), EFFECTS["none"].county(1)
    assert replace(first, seed=second.seed) == second
    assert first.seed != Truth().seed

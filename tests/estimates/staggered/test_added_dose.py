"""What one dose adds where another is equal: planted effects, and doses that cannot be told apart."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.staggered.added_dose import added_doses
from analysis.estimates.staggered.adoption import AdoptionDesign
from analysis.estimates.staggered.dose import dose_effects
from analysis.faults import Faults

DESIGN = AdoptionDesign("unit", "round", "first", "place", (), None)


def panel(seed: int, noise: float) -> pd.DataFrame:
    """Sixty places of five units, six rounds; an effect of 1, of 3 for each path and 0.5 for each yuan."""
    random = np.random.default_rng(seed)
    place, time = np.repeat(np.arange(60), 30), np.tile(np.arange(6), 300)
    first = np.repeat(random.choice([2.0, 3.0, np.nan], 60), 30)
    paths = np.repeat(random.choice([1.0, 2.0, 3.0], 60), 30)
    # places with more paths have more money, so that money must not be taken for paths
    money = 2 * paths + np.repeat(random.normal(size=300), 6)
    reached = (time >= first) & ~np.isnan(first)
    y = np.repeat(random.normal(size=300), 6) + 3 * time + reached * (1 + 3 * paths + 0.5 * money)
    shock = np.repeat(random.normal(size=(60, 6)), 5, axis=0).ravel()
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(300), 6),
            "round": time,
            "first": first,
            "place": place,
            "paths": paths,
            "money": money,
            "y": y + noise * (shock + random.normal(size=1800)),
        }
    )


def test_without_noise_both_are_those_planted():
    frame = panel(1, 0.0)
    found = added_doses(frame, outcome="y", design=DESIGN, doses=("money", "paths"))
    assert [effect.estimate for effect in found.effects] == pytest.approx([0.5, 3.0], abs=1e-9)
    treated = frame[frame["round"] >= frame["first"]]
    assert found.mean == pytest.approx(treated["y"].mean())


def test_one_dose_alone_is_its_slope():
    frame = panel(2, 1.0)
    alone = added_doses(frame, outcome="y", design=DESIGN, doses=("money",)).effects[0]
    where = {"entity": "unit", "period": "round", "first_treated": "first", "clusters": "place"}
    slope = dose_effects(frame, outcome="y", dose="money", **where).slope
    assert (alone.estimate, alone.std_error) == pytest.approx((slope.estimate, slope.std_error))


def test_intervals_hold_what_is_planted():
    low = high = 0
    for seed in range(200):
        effect = added_doses(panel(seed, 1.0), outcome="y", design=DESIGN, doses=("money", "paths")).effects[
            1
        ]
        low, high = low + (effect.conf_low > 3), high + (effect.conf_high < 3)
    # 2.5% of 200 is 5; a binomial of it exceeds 12 once in two hundred
    assert max(low, high) <= 12, (low, high)


def test_doses_that_go_together_are_refused():
    frame = panel(1, 0.0)
    with pytest.raises(Faults, match="no variation of its own"):
        added_doses(frame.assign(money=frame["paths"]), outcome="y", design=DESIGN, doses=("money", "paths"))

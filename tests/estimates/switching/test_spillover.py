import numpy as np
import pandas as pd
import pytest

from analysis.estimates.switching.spillover import saturation, spillover
from analysis.faults import Faults

NAMES = {
    "outcome": "y",
    "dose": "posts",
    "place": "village",
    "entity": "home",
    "period": "year",
    "clusters": "village",
}


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    """30 villages of 8 homes over 5 years, in 3 townships; half of the homes may hold posts."""
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"home": np.repeat(np.arange(240), 5), "year": np.tile(np.arange(5), 240)})
    frame["village"] = frame["home"] // 8
    frame["township"] = frame["village"] // 10
    odds = rng.random((30, 5))[frame["village"], frame["year"]]
    frame["posts"] = ((frame["home"] % 2 == 0) & (rng.random(1200) < odds)).astype(float)
    return frame


def exact(panel: pd.DataFrame) -> pd.Series:
    others = saturation(panel, dose="posts", place="village", period="year")
    return -40 * others + 7 * panel["home"] + 3 * panel["year"] * panel["township"] + 500 * panel["posts"]


def test_saturation_leaves_out_the_own_dose():
    columns = {"village": [1, 1, 1, 2], "year": 2020, "posts": [1.0, 0.5, 0.0, 1.0]}
    found = saturation(pd.DataFrame(columns), dose="posts", place="village", period="year")
    assert found.tolist()[:3] == [0.25, 0.5, 0.75]
    assert np.isnan(found.iloc[3])


@pytest.mark.parametrize("without", ["never", "now"])
def test_a_planted_spillover_is_recovered_from_those_without_a_post(panel, without):
    rng = np.random.default_rng(0)
    noisy = panel.assign(y=exact(panel) + 1e-6 * rng.normal(size=len(panel)))
    found = spillover(noisy, group="township", without=without, **NAMES)
    assert found.estimate("saturation").estimate == pytest.approx(-40, abs=1e-4)
    assert found.estimate("saturation").n_clusters == 30


def test_holders_are_counted_among_the_dropped(panel):
    rng = np.random.default_rng(0)
    found = spillover(panel.assign(y=rng.normal(size=len(panel))), without="now", **NAMES)
    assert ("has a dose", int((panel["posts"] > 0).sum())) in [(d.reason, d.n_obs) for d in found.dropped]


def test_no_effect_on_neighbours_is_found_in_a_county_that_has_none(county):
    found = spillover(
        county,
        outcome="income_total",
        dose="posts",
        place="village_code",
        entity="household_id",
        period="year",
        clusters="village_code",
        group="township_code",
    ).estimate("saturation")
    assert abs(found.statistic) < 2.5
    assert found.std_error < 300


def test_villages_without_any_post_are_a_fault(panel):
    with pytest.raises(Faults, match="column 'saturation': no variation"):
        spillover(panel.assign(y=panel["home"] * panel["year"], posts=0.0), **NAMES)

import numpy as np
import pandas as pd
import pytest
from diff_diff import ChaisemartinDHaultfoeuille

from analysis.estimates.switching.switchers import switchers
from analysis.faults import Faults

NAMES = {"outcome": "y", "dose": "d", "entity": "home", "period": "year", "clusters": "place"}


def tiny() -> pd.DataFrame:
    y = {"in": [1, 2, 9], "out": [5, 6, 4], "never": [2, 3, 5], "always": [7, 9, 12]}
    d = {"in": [0, 0, 1], "out": [1, 1, 0], "never": [0, 0, 0], "always": [1, 1, 1]}
    rows = [(home, t, float(y[home][t]), d[home][t]) for home in y for t in range(3)]
    frame = pd.DataFrame(rows, columns=["home", "year", "y", "d"])
    return frame.assign(place=frame["home"])


@pytest.fixture(scope="module")
def balanced() -> pd.DataFrame:
    """80 homes in 20 places over 6 years; treatment goes on and off."""
    rng = np.random.default_rng(11)
    frame = pd.DataFrame({"home": np.repeat(np.arange(80), 6), "year": np.tile(np.arange(6), 80)})
    flips = rng.random((80, 6)) < 0.25
    frame["d"] = (np.cumsum(flips, axis=1) % 2).ravel()
    frame["place"] = frame["home"] // 4
    common = rng.normal(size=(20, 6))[frame["place"], frame["year"]]
    frame["y"] = 3.0 * frame["d"] + common + rng.normal(size=480) + 0.5 * frame["year"]
    return frame


def test_three_comparisons_by_hand():
    found = switchers(tiny(), **NAMES)
    # in: 7 less the never's 2; out: -2 less the always' 3, sign turned; together their mean
    assert found.into.estimate == pytest.approx(5.0)
    assert found.out.estimate == pytest.approx(5.0)
    assert found.together.estimate == pytest.approx(5.0)
    # before: 1 less 1; -(1 less 2)
    assert found.placebo_into.estimate == pytest.approx(0.0)
    assert found.placebo_out.estimate == pytest.approx(1.0)
    assert found.placebo.estimate == pytest.approx(0.5)
    assert found.n_switchers == 2


def test_a_dose_enters_by_its_size_and_needs_stayers_of_the_same_past_dose():
    frame = pd.DataFrame({"home": np.repeat(np.arange(5), 2), "year": np.tile([0, 1], 5)})
    frame["d"] = [0, 2, 0, 1, 0, 0, 0, 0, 3, 1]
    frame["y"] = [0, 9, 0, 4, 0, 1, 0, 3, 0, 50.0]
    found = switchers(frame.assign(place=frame["home"]), **NAMES)
    # stayers move by 2: (7 + 2) / (2 + 1); nobody stays at 3
    assert found.together.estimate == pytest.approx(3.0)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [
        ("switcher without a stayer of the same past dose", 1)
    ]
    assert found.out is None


@pytest.mark.filterwarnings("ignore:drop_larger_lower=False", "ignore:Single-period placebo SE")
def test_all_moves_together_and_by_direction_are_those_of_diff_diff(balanced):
    found = switchers(balanced, **NAMES)
    peer = ChaisemartinDHaultfoeuille(drop_larger_lower=False, twfe_diagnostic=False).fit(
        balanced, outcome="y", unit="home", time="year", treatment="d"
    )
    assert found.together.estimate == pytest.approx(peer.overall_att, rel=1e-10)
    assert found.into.estimate == pytest.approx(peer.joiners_att, rel=1e-10)
    assert found.out.estimate == pytest.approx(peer.leavers_att, rel=1e-10)
    # there the change is counted backwards in time
    assert found.placebo.estimate == pytest.approx(-peer.placebo_effect, rel=1e-10)


def test_the_error_is_close_to_that_of_leaving_out_one_place_after_the_other(balanced):
    found = switchers(balanced, **NAMES).together
    without = [
        switchers(balanced[balanced["place"] != place], **NAMES).together.estimate for place in range(20)
    ]
    jackknife = np.sqrt(19 / 20 * ((without - np.mean(without)) ** 2).sum())
    assert found.std_error == pytest.approx(jackknife, rel=0.1)
    assert (found.n_clusters, found.df_resid) == (20, 19)


def test_moves_over_a_missing_year_do_not_count():
    frame = tiny()
    gap = frame[~((frame["home"] == "in") & (frame["year"] == 1))]
    assert switchers(gap, **NAMES).n_switchers == 1


def test_groups_are_compared_within_themselves():
    one, other = tiny(), tiny()
    other = other.assign(
        home=other["home"] + "!", place=other["place"] + "!", y=other["y"] + 100 * other["year"]
    )
    both = pd.concat([one.assign(g=1), other.assign(g=2)], ignore_index=True)
    assert switchers(both, group="g", **NAMES).together.estimate == pytest.approx(5.0)


def test_nobody_who_switches_is_a_fault():
    with pytest.raises(Faults) as caught:
        switchers(tiny().assign(d=1), **NAMES)
    assert str(caught.value) == (
        "panel, column 'd': no switcher with a stayer to compare\n"
        "    allowed: switchers and stayers\n"
        "    mend: see the counts of dropped rows; use bins of the dose"
    )


def test_one_period_is_a_fault():
    frame = tiny()
    with pytest.raises(Faults, match="a single period"):
        switchers(frame[frame["year"] == 0], **NAMES)

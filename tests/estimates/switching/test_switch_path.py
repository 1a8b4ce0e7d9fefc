import moderndid
import numpy as np
import pandas as pd
import pytest
from diff_diff import ChaisemartinDHaultfoeuille

from analysis.estimates.switching.switch_path import switch_path
from analysis.faults import Faults

NAMES = {"outcome": "y", "dose": "d", "entity": "home", "period": "year", "clusters": "place"}


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    """60 homes over 6 years, each in its own place: a third switch in, a third out, the others stay."""
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"home": np.repeat(np.arange(60), 6), "year": np.tile(np.arange(2010, 2016), 60)})
    when = np.repeat(rng.integers(2013, 2015, 60), 6)
    after = (frame["year"] >= when).to_numpy()
    kind = frame["home"].to_numpy() % 4
    frame["d"] = np.select([kind == 0, kind == 1, kind == 2], [after, ~after, np.ones(360)], 0.0).astype(int)
    frame["y"] = 2.0 * frame["d"] + rng.normal(size=360) + frame["home"]
    return frame.assign(place=frame["home"] + 1000)


@pytest.mark.filterwarnings("ignore:Assumption 7")
def test_effects_and_placebos_are_those_of_diff_diff(panel):
    found = switch_path(panel, effects=2, placebos=2, **NAMES)
    peer = ChaisemartinDHaultfoeuille(twfe_diagnostic=False).fit(
        panel, outcome="y", unit="home", time="year", treatment="d", L_max=2
    )
    for estimate, horizon in zip(found.effects, (1, 2), strict=True):
        assert estimate.estimate == pytest.approx(peer.event_study_effects[horizon]["effect"], rel=1e-8)
    for estimate, horizon in zip(found.placebos, (-1, -2), strict=True):
        assert estimate.estimate == pytest.approx(peer.placebo_event_study[horizon]["effect"], rel=1e-8)
    assert [e.term for e in (*found.placebos, *found.effects)] == ["-2", "-3", "+0", "+1"]


@pytest.mark.parametrize(("direction", "turned"), [("in", 1), ("out", -1)])
def test_one_direction_is_that_of_moderndid_which_leaves_the_sign_of_switches_down(panel, direction, turned):
    found = switch_path(panel, effects=2, placebos=2, direction=direction, **NAMES)
    peer = moderndid.did_multiplegt(
        panel, yname="y", tname="year", idname="home", dname="d", effects=2, placebo=2, switchers=direction
    )
    mine = [e.estimate for e in (*found.effects, *found.placebos)]
    assert mine == pytest.approx(
        (turned * np.concatenate([peer.effects.estimates, peer.placebos.estimates])).tolist()
    )
    assert found.average.estimate == pytest.approx(abs(peer.ate.estimate))


def test_the_error_is_close_to_that_of_leaving_out_one_home_after_the_other(panel):
    found = switch_path(panel, **NAMES)
    others = [switch_path(panel[panel["home"] != home], **NAMES) for home in range(60)]
    for name in ("average", "effects"):
        pick = (lambda path: path.average) if name == "average" else (lambda path: path.effects[1])
        without = np.array([pick(path).estimate for path in others])
        jackknife = np.sqrt(59 / 60 * ((without - without.mean()) ** 2).sum())
        assert pick(found).std_error == pytest.approx(jackknife, rel=0.1)


def test_switching_back_stays_in_the_path_and_entities_may_enter_late():
    y = {"on": [0, 5, 1, 4], "never": [0, 1, 2, 3], "late": [np.nan, 7, 9, 9]}
    d = {"on": [0, 1, 1, 0], "never": [0, 0, 0, 0], "late": [np.nan, 0, 0, 0]}
    rows = [(home, t, y[home][t], d[home][t]) for home in y for t in range(4)]
    frame = pd.DataFrame(rows, columns=["home", "year", "y", "d"]).dropna()
    found = switch_path(frame.assign(place=frame["home"]), placebos=0, **NAMES)
    # the late home has no year 0 and is no comparison: 5 - 1, 1 - 2, 4 - 3; doses 1, 1, 0
    assert [e.estimate for e in found.effects] == pytest.approx([4.0, -1.0, 1.0])
    assert found.average.estimate == pytest.approx(4.0 / 2)


def test_rows_after_a_dose_crosses_its_first_value_are_left_out():
    d = {"cross": [2, 3, 1], "stay": [2, 2, 2], "stay too": [2, 2, 2]}
    rows = [(home, t, float(t * (home == "cross")), d[home][t]) for home in d for t in range(3)]
    frame = pd.DataFrame(rows, columns=["home", "year", "y", "d"])
    found = switch_path(frame.assign(place=frame["home"]), placebos=0, **NAMES)
    assert [e.term for e in found.effects] == ["+0"]
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [
        ("dose on the other side of its first value", 1)
    ]


def test_an_effect_on_switchers_in_by_hand(panel):
    found = switch_path(panel, effects=1, placebos=1, direction="in", **NAMES)
    y = panel.pivot_table(index="home", columns="year", values="y")
    d = panel.pivot_table(index="home", columns="year", values="d")
    gains = []
    for year in (2013, 2014):
        switched = (d[year - 1] == 0) & (d[year] == 1)
        stayed = (d[2010] == 0) & (d.loc[:, :year] == 0).all(axis=1)
        change = y[year] - y[year - 1]
        gains += (change[switched] - change[stayed].mean()).tolist()
    assert found.effects[0].estimate == pytest.approx(np.mean(gains), rel=1e-8)
    assert found.n_switchers == (len(gains),)


def test_an_effect_per_unit_of_dose_is_halved_if_the_dose_is_two(panel):
    plain = switch_path(panel, effects=1, placebos=1, scale="dose", **NAMES)
    double = switch_path(panel.assign(d=2 * panel["d"]), effects=1, placebos=1, scale="dose", **NAMES)
    assert double.effects[0].estimate == pytest.approx(plain.effects[0].estimate / 2, rel=1e-8)


def test_a_direction_without_switchers_is_a_fault(panel):
    never_out = panel[panel["home"] % 4 != 1]
    with pytest.raises(Faults, match=r"no switcher \(out\) with a comparison"):
        switch_path(never_out, direction="out", **NAMES)


def test_a_home_that_changes_place_is_a_fault(panel):
    with pytest.raises(Faults) as caught:
        switch_path(panel.assign(place=panel["place"].mask(panel.index == 0, 1)), **NAMES)
    assert str(caught.value) == (
        "panel, column 'place': 1 entities with several values\n"
        "    allowed: one value an entity\n"
        "    mend: use the value of each entity's first period"
    )

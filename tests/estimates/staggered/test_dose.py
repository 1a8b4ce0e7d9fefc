import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.staggered.dose import dose_effects
from analysis.estimates.staggered.imputation import imputation
from analysis.estimates.staggered.kinds import kind_effects
from analysis.faults import Faults

WHERE = {"outcome": "y", "entity": "unit", "period": "round", "first_treated": "first", "clusters": "place"}


def panel(seed: int, noise: float, *, per_dose: float = 2.0, per_log: float = 0.0) -> pd.DataFrame:
    """Sixty places of five units, six rounds; effects grow by 1 a round and with the dose of the place."""
    random = np.random.default_rng(seed)
    place, time = np.repeat(np.arange(60), 30), np.tile(np.arange(6), 300)
    first = np.repeat(random.choice([2.0, 3.0, np.nan], 60), 30)
    # early places have larger doses, so that the slope must not take age for dose
    dose = np.repeat(random.choice([1.0, 2.0, 4.0], 60), 30) * np.where(first == 2, 2, 1)
    effect = (time >= first) * (1.0 + time - first + per_dose * dose + per_log * np.log(dose))
    y = np.repeat(random.normal(size=300), 6) + 3 * time + np.where(np.isnan(first), 0, effect)
    frame = pd.DataFrame(
        {"unit": np.repeat(np.arange(300), 6), "round": time, "first": first, "place": place}
    )
    shock = np.repeat(random.normal(size=(60, 6)), 5, axis=0).ravel()
    return frame.assign(y=y + noise * (shock + random.normal(size=1800)), dose=dose)


def test_without_noise_bins_and_slopes_are_those_planted():
    frame = panel(1, 0.0)
    found = dose_effects(frame, dose="dose", edges=(1.0, 3.0), **WHERE)
    treated = frame[frame["round"] >= frame["first"]]
    effect = 1 + treated["round"] - treated["first"] + 2 * treated["dose"]
    by_hand = effect.groupby(pd.cut(treated["dose"], [-np.inf, 1, 3, np.inf])).mean()
    assert [estimate.estimate for estimate in found.by_bin] == pytest.approx(by_hand.tolist(), abs=1e-9)
    assert [estimate.term for estimate in found.by_bin] == [
        "dose up to 1",
        "dose above 1 up to 3",
        "dose above 3",
    ]
    assert found.bins["n_obs"].sum() == len(treated)
    assert found.slope.estimate == pytest.approx(2.0, abs=1e-9)


def test_the_slope_on_the_logarithm_is_that_planted():
    found = dose_effects(panel(2, 0.0, per_dose=0.0, per_log=5.0), dose="dose", scale="log", **WHERE)
    assert found.slope.term == "log dose"
    assert found.slope.estimate == pytest.approx(5.0, abs=1e-9)


def test_means_of_bins_average_to_the_overall_effect():
    frame = panel(3, 1.0)
    found = dose_effects(frame, dose="dose", **WHERE)
    share = found.bins["n_obs"] / found.bins["n_obs"].sum()
    overall = imputation(frame, **WHERE).overall.estimate
    assert share @ [estimate.estimate for estimate in found.by_bin] == pytest.approx(overall, abs=1e-10)


def test_intervals_of_the_slope_hold_the_truth_at_their_level():
    held = []
    for seed in range(100):
        slope = dose_effects(panel(seed, 2.0), dose="dose", **WHERE).slope
        held.append(slope.conf_low <= 2.0 <= slope.conf_high)
    # the Monte Carlo error is 2 points
    assert 0.90 <= np.mean(held) <= 0.99


def test_equal_effects_are_rejected_at_their_level_and_unequal_ones_often():
    def rejected(per_dose: float) -> float:
        tests = [
            dose_effects(
                panel(seed, 2.0, per_dose=per_dose).assign(dose=DRAWN[seed]), dose="dose", **WHERE
            ).equality
            for seed in range(60)
        ]
        return float(np.mean([test.p_value < 0.05 for test in tests]))

    # a dose drawn by place has nothing to do with the effect; the Monte Carlo error is 3 points
    assert rejected(0.0) <= 0.12
    unequal = [dose_effects(panel(seed, 2.0), dose="dose", **WHERE).equality.p_value for seed in range(20)]
    assert np.mean(np.array(unequal) < 0.05) > 0.9


DRAWN = [np.repeat(np.random.default_rng(900 + seed).choice([1.0, 2.0, 3.0], 60), 30) for seed in range(60)]


def test_a_lagged_dose_is_that_of_earlier_rounds_and_rows_without_one_are_counted():
    frame = panel(4, 0.0).assign(dose=lambda rows: rows["dose"] + 10 * rows["round"])
    gone = frame[~((frame["unit"] == frame["unit"][frame["first"] == 2].iloc[0]) & (frame["round"] == 1))]
    found = dose_effects(gone, dose="dose", lag=1, **WHERE)
    now = dose_effects(gone.assign(dose=gone["dose"] - 10), dose="dose", **WHERE)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("treated, missing dose", 1)]
    assert found.slope.estimate == pytest.approx(now.slope.estimate, abs=0.05)
    assert found.bins["mean_dose"].mean() == pytest.approx(now.bins["mean_dose"].mean(), rel=0.01)


def test_doses_of_zero_have_no_logarithm_and_are_counted():
    frame = panel(5, 0.0).assign(dose=lambda rows: rows["dose"].where(rows["unit"] > 4, 0.0))
    found = dose_effects(frame, dose="dose", scale="log", **WHERE)
    lost = int(((frame["unit"] <= 4) & (frame["round"] >= frame["first"])).sum())
    assert [(d.reason, d.n_obs) for d in found.dropped] == (
        [("treated, dose not positive", lost)] if lost else []
    )


def test_effects_by_kind_are_the_means_of_single_effects():
    frame = panel(6, 1.0).assign(kind=lambda rows: np.where(rows["place"] % 2, "mill", "farm"))
    found = kind_effects(frame, kind="kind", **WHERE)
    single = imputation(frame, **WHERE).effects
    by_hand = single["effect"].groupby(frame["kind"]).mean()
    assert [e.term for e in found.by_kind] == ["kind farm", "kind mill"]
    assert [e.estimate for e in found.by_kind] == pytest.approx(by_hand.tolist(), abs=1e-10)
    assert found.equality.distribution == "F(1, 59)"


def test_one_kind_has_no_test_of_equality():
    found = kind_effects(panel(7, 1.0).assign(kind=1), kind="kind", **WHERE)
    assert isinstance(found.equality, NotApplicable)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dose": 3.0}, "column 'dose': no variation among treated rows"),
        ({"dose": np.inf}, "column 'dose': 1800 infinite value"),
        (
            {"dose": lambda rows: rows["round"] - rows["first"]},
            "column 'dose': no variation at any event time",
        ),
    ],
)
def test_doses_that_say_nothing_are_refused(changes, message):
    with pytest.raises(Faults, match=message):
        dose_effects(panel(8, 1.0).assign(**changes), dose="dose", **WHERE)

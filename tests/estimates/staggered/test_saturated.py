import warnings

import numpy as np
import pandas as pd
import pytest
from diff_diff import SunAbraham

from analysis.estimates.staggered.group_time import group_time
from analysis.estimates.staggered.imputation import imputation
from analysis.estimates.staggered.saturated import saturated
from analysis.faults import Faults

MINIMUM_WAGES = {
    "outcome": "lemp",
    "entity": "countyreal",
    "period": "year",
    "first_treated": "first",
    "clusters": "countyreal",
}
SMALL = {"outcome": "y", "entity": "unit", "period": "round", "first_treated": "first", "clusters": "unit"}


def values(estimates) -> list[float]:
    return [estimate.estimate for estimate in estimates]


def test_with_never_treated_lags_are_those_of_callaway_and_santanna(mpdta):
    found = saturated(mpdta, comparison="never_treated", **MINIMUM_WAGES)
    other = group_time(mpdta, comparison="never_treated", **MINIMUM_WAGES)
    lags = [estimate for estimate in found.by_event_time if not estimate.term.startswith("event time -")]
    assert values(lags) == pytest.approx(values(other.by_event_time[-4:]), abs=1e-10)
    assert found.overall.estimate == pytest.approx(other.simple.estimate, abs=1e-10)
    assert round(found.overall.estimate, 4) == -0.0400


def test_with_not_yet_treated_averages_are_those_of_imputation(mpdta):
    # Wooldridge (2021): on a balanced panel without controls the two are the same numbers
    found = saturated(mpdta, comparison="not_yet_treated", **MINIMUM_WAGES)
    other = imputation(mpdta, **MINIMUM_WAGES)
    assert values(found.by_event_time) == pytest.approx(values(other.by_event_time), abs=1e-10)
    assert values(found.by_cohort) == pytest.approx(values(other.by_cohort), abs=1e-10)
    assert found.overall.estimate == pytest.approx(other.overall.estimate, abs=1e-10)


def test_leads_and_lags_are_those_of_a_second_program(mpdta):
    frame = mpdta.assign(cohort=mpdta["first"].fillna(0).astype(int), unit=mpdta["countyreal"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = SunAbraham(control_group="never_treated", cluster="unit").fit(
            frame, outcome="lemp", unit="unit", time="year", first_treat="cohort"
        )
    found = saturated(mpdta, comparison="never_treated", **MINIMUM_WAGES)
    ours = {float(e.term.removeprefix("event time ")): e for e in found.by_event_time}
    effects = other.event_study_effects
    assert set(ours) == set(effects) - {-1}
    for time, estimate in ours.items():
        assert estimate.estimate == pytest.approx(effects[time]["effect"], abs=1e-9)


def test_two_by_two_is_the_difference_of_four_means(two_by_two):
    for comparison in ("never_treated", "not_yet_treated"):
        # (7 - 1) - (3 - 2)
        assert saturated(two_by_two, comparison=comparison, **SMALL).overall.estimate == pytest.approx(5.0)


def dummies_by_hand(frame: pd.DataFrame) -> pd.Series:
    """Coefficients of cells from 0 on, by dummies of units and rounds."""
    time = frame["round"] - frame["first"]
    cells = pd.get_dummies(
        (frame["first"].astype(str) + "/" + time.astype(str)).where(time >= 0), dtype=float
    )
    effects = pd.get_dummies(frame[["unit", "round"]].astype(str), dtype=float)
    x = pd.concat([cells, frame[["x"]], effects], axis=1)
    coefficients = np.linalg.lstsq(x.to_numpy(), frame["y"].to_numpy(), rcond=None)[0]
    return pd.Series(coefficients[: cells.shape[1]], index=cells.columns)


def test_an_unbalanced_panel_with_a_control_equals_dummies_by_brute_force():
    random = np.random.default_rng(8)
    frame = pd.DataFrame({"unit": np.repeat(np.arange(30), 5), "round": np.tile(np.arange(5), 30)})
    frame["first"] = np.repeat(random.choice([2.0, 3.0, np.nan], 30), 5)
    frame["x"], frame["y"] = random.normal(size=150), random.normal(size=150)
    frame = frame[random.random(150) > 0.1]
    cells = saturated(frame, controls=("x",), **SMALL).cells
    by_hand = dummies_by_hand(frame)
    ours = {f"{c}/{t}": effect for c, t, effect in cells[["cohort", "event_time", "effect"]].to_numpy()}
    assert ours == pytest.approx(by_hand.to_dict(), abs=1e-9)


def test_without_never_treated_the_last_cohort_stands_for_them():
    frame = pd.DataFrame({"unit": np.repeat(range(4), 4), "round": np.tile(range(4), 4)})
    frame["first"] = np.repeat([1.0, 1.0, 3.0, 3.0], 4)
    frame["y"] = np.arange(16.0) % 4 + 7 * (frame["round"] >= frame["first"])
    found = saturated(frame, comparison="never_treated", **SMALL)
    assert values(found.by_cohort) == pytest.approx([7.0])
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("no comparison in the period", 4)]


def test_a_panel_in_which_all_adopt_at_once_is_refused(two_by_two):
    with pytest.raises(Faults, match="column 'first': no treated row has a comparison"):
        saturated(two_by_two.assign(first=1.0), **SMALL)


def test_a_cohort_treated_from_the_start_is_counted_as_dropped(two_by_two):
    frame = pd.concat([two_by_two, two_by_two[:2].assign(unit="z", first=0.0)])
    found = saturated(frame, **SMALL)
    assert [(d.reason, d.n_obs) for d in found.dropped] == [("cohort without a time before treatment", 2)]
    assert found.overall.estimate == pytest.approx(5.0)

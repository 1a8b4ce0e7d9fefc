"""Instrumented first differences: the closed form of three periods, other programs, serial correlation."""

import numpy as np
import pandas as pd
import pytest
from linearmodels.iv import IV2SLS

from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.need_based.predetermined import predetermined
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.faults import Faults

COLUMNS = {"outcome": "y", "dose": "d", "entity": "unit", "period": "t", "clusters": "unit"}


def make_feedback(seed: int, persistence: float, n: int = 3000, periods: int = 6) -> pd.DataFrame:
    """Doses rise where the outcome of the period before was low; the effect is 0.8."""
    random = np.random.default_rng(seed)
    fixed, error = random.normal(size=n), random.normal(size=n)
    dose, past, rows = random.normal(size=n), np.zeros(n), []
    for t in range(-10, periods):
        shock = random.normal(size=n)
        error = persistence * error + np.sqrt(1 - persistence**2) * shock
        dose = 0.5 * dose - 0.4 * past - 0.5 * fixed + random.normal(size=n)
        outcome = 0.8 * dose + fixed + error + 0.1 * t
        past = outcome
        if t >= 0:
            rows.append(pd.DataFrame({"unit": np.arange(n), "t": t, "y": outcome, "d": dose}))
    return pd.concat(rows, ignore_index=True)


def changes_of(frame: pd.DataFrame, lag: int) -> pd.DataFrame:
    """Differences with the dose some periods before, made by shifting a balanced panel."""
    ordered = frame.sort_values(["unit", "t"])
    by_unit = ordered.groupby("unit")
    changes = ordered.assign(y=by_unit["y"].diff(), d=by_unit["d"].diff(), z=by_unit["d"].shift(lag))
    return changes.dropna()


def test_three_periods_give_the_closed_form_of_anderson_and_hsiao():
    frame = pd.DataFrame(
        {
            "unit": np.repeat(["a", "b", "c", "e"], 3),
            "t": np.tile([1, 2, 3], 4),
            "d": [1.0, 2, 4, 3, 3, 2, 5, 1, 1, 7, 6, 2],
            "y": [2.0, 3, 5, 1, 4, 2, 2, 1, 1, 3, 3, 0],
        }
    )
    # d1 less its mean: -3, -1, 1, 3; changes of d: 2, -1, 0, -4; of y: 2, -2, 0, -3
    # sums: -6 + 1 + 0 - 12 = -17 and -6 + 2 + 0 - 9 = -13
    found = predetermined(frame, **COLUMNS)
    assert found.effect.estimate == pytest.approx(13 / 17)
    assert isinstance(found.serial, NotApplicable)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [
        ("no row in the preceding period", 4),
        ("no dose 2 period(s) before", 4),
    ]


def test_it_is_two_stage_least_squares_of_differences():
    frame = make_feedback(3, 0.0, n=100)
    found = predetermined(frame, **COLUMNS, lags=(1, 2))
    changes = changes_of(frame, 1).merge(
        changes_of(frame, 2)[["unit", "t", "z"]].rename(columns={"z": "z2"}), on=["unit", "t"]
    )
    periods = pd.get_dummies(changes["t"], dtype=float)
    other = IV2SLS(changes["y"], periods, changes[["d"]], changes[["z", "z2"]]).fit(
        cov_type="clustered", clusters=changes["unit"].to_numpy(), debiased=False
    )
    n, k = len(changes), 1 + periods.shape[1]
    correction = np.sqrt(100 / 99 * (n - 1) / (n - k))
    assert found.effect.estimate == pytest.approx(other.params["d"], rel=1e-9)
    assert found.effect.std_error == pytest.approx(other.std_errors["d"] * correction, rel=1e-9)


def test_the_serial_test_is_that_of_arellano_and_bond_entity_by_entity():
    frame = make_feedback(4, 0.3, n=60)
    found = predetermined(frame, **COLUMNS)
    changes = changes_of(frame, 2).reset_index(drop=True)
    periods = pd.get_dummies(changes["t"], dtype=float).to_numpy()
    x = np.column_stack([changes["d"], periods])
    z = np.column_stack([changes["z"], periods])
    bread = np.linalg.inv(z.T @ x)
    u = changes["y"].to_numpy() - x @ (bread @ z.T @ changes["y"].to_numpy())
    past = pd.Series(u).groupby(changes["unit"]).shift(2).fillna(0.0).to_numpy()
    own = [np.flatnonzero(changes["unit"] == unit) for unit in range(60)]
    # Arellano and Bond (1991), equation 8: d = sum w'u u'w - 2 w'X B sum Z'u u'w + w'X V X'w
    meat = sum(np.outer(z[i].T @ u[i], z[i].T @ u[i]) for i in own)
    cross = sum((z[i].T @ u[i]) * (past[i] @ u[i]) for i in own)
    pull = past @ x
    spread = sum((past[i] @ u[i]) ** 2 for i in own)
    spread += pull @ bread @ meat @ bread.T @ pull - 2 * pull @ bread @ cross
    assert isinstance(found.serial, TestResult)
    assert found.serial.statistic == pytest.approx(past @ u / np.sqrt(spread), rel=1e-9)


def test_feedback_biases_household_effects_but_not_instrumented_differences():
    frame = make_feedback(5, 0.0)
    found = predetermined(frame, **COLUMNS, lags=(1,))
    assert abs(found.effect.estimate - 0.8) < 2.6 * found.effect.std_error
    assert found.serial.p_value > 0.01
    fixed = fit_panel(frame, "y", PanelDesign("unit", "t", ("d",), (), "unit"), HOUSEHOLD_YEAR)
    assert abs(fixed.estimates[0].estimate - 0.8) > 5 * fixed.estimates[0].std_error


def test_serially_correlated_errors_are_found_out():
    found = predetermined(make_feedback(6, 0.5), **COLUMNS, lags=(1,))
    assert abs(found.effect.estimate - 0.8) > 5 * found.effect.std_error
    assert found.serial.p_value < 1e-6


def test_a_lag_of_zero_is_refused():
    with pytest.raises(Faults, match="1 or more, at least one of them"):
        predetermined(make_feedback(7, 0.0, n=20), **COLUMNS, lags=(0,))

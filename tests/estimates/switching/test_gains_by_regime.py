"""Gains in regimes against dummies in a second program, one regime against the single instrument."""

import numpy as np
import pandas as pd
import pytest
from linearmodels.iv import IV2SLS

from analysis.estimates.switching.gains_by_regime import gains_by_regime
from analysis.estimates.switching.instrumented import instrumented
from analysis.faults import Faults

GAINS = {"a": 0.5, "b": 2.0}


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    """Eighty units over six rounds in sixteen places; the dose gains more in regime b."""
    random = np.random.default_rng(5)
    unit, round_ = np.repeat(np.arange(80), 6), np.tile(np.arange(6), 80)
    regime = np.where(random.random(480) < 0.4, "a", "b")
    z, hidden = random.normal(size=(2, 480))
    dose = 0.8 * z + hidden + random.normal(size=80)[unit]
    gain = pd.Series(regime).map(GAINS).to_numpy()
    y = gain * dose - 1.5 * hidden + 0.7 * (regime == "b") + 0.4 * round_ + random.normal(size=480)
    return pd.DataFrame(
        {"unit": unit, "round": round_, "place": unit // 5, "regime": regime, "z": z, "dose": dose, "y": y}
    )


WHERE = {
    "outcome": "y",
    "dose": "dose",
    "instrument": "z",
    "effects": (("unit",), ("round",)),
    "clusters": "place",
    "entity": "unit",
}


def test_gains_are_two_stage_least_squares_with_all_dummies(panel):
    found = gains_by_regime(panel, regime="regime", **WHERE)
    b = (panel["regime"] == "b").astype(float)
    dummies = pd.get_dummies(panel[["unit", "round"]].astype(str), drop_first=True, dtype=float)
    split = {name: pd.DataFrame({"a": panel[name] * (1 - b), "b": panel[name] * b}) for name in ("dose", "z")}
    second = IV2SLS(
        panel["y"], dummies.assign(one=1.0, shift=b), split["dose"], split["z"].add_prefix("z")
    ).fit(cov_type="clustered", clusters=panel["place"], debiased=False)
    # the house's factor: 16/15 x 479/(480 - 2 doses - 1 shift - 6 rounds), units nested in places not counted
    factor = np.sqrt(16 / 15 * 479 / (480 - 9))
    for own, name in zip(found.gains, ("a", "b"), strict=True):
        assert own.estimate == pytest.approx(second.params[name], abs=1e-8)
        assert own.std_error == pytest.approx(second.std_errors[name] * factor, rel=1e-6)
        assert own.conf_low < GAINS[name] < own.conf_high
    assert found.regimes == ("a", "b")
    assert min(found.first_stage_f) > 50


def test_one_regime_is_the_single_instrument(panel):
    found = gains_by_regime(panel.assign(regime=1), regime="regime", **WHERE)
    single = instrumented(panel, **WHERE)
    assert found.gains[0].estimate == pytest.approx(single.effect.estimate, rel=1e-12)
    assert found.gains[0].std_error == pytest.approx(single.effect.std_error, rel=1e-12)
    assert found.first_stage_f[0] == pytest.approx(single.first_stage_f, rel=1e-9)


def test_a_regime_without_variation_is_named(panel):
    still = panel.assign(z=panel["z"].where(panel["regime"] == "b", 0.0))
    with pytest.raises(Faults, match="'z': one value in regime 'a' of 'regime'"):
        gains_by_regime(still, regime="regime", **WHERE)

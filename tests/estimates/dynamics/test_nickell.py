"""Nickell's bias: closed forms, a simulated panel, and lags that are found by their values."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.dynamics.nickell import implied_persistence, nickell_bias, nickell_warnings
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.faults import Faults


@pytest.fixture(scope="module")
def persistent() -> pd.DataFrame:
    """4,000 households, persistence one half, seven years of which six have a lag."""
    random = np.random.default_rng(5)
    effect = random.normal(size=4_000)
    income = np.empty((4_000, 30))
    income[:, 0] = effect
    for t in range(1, 30):
        income[:, t] = 0.5 * income[:, t - 1] + effect + random.normal(size=4_000)
    kept = income[:, -7:]
    frame = pd.DataFrame(
        {
            "a house": np.repeat(np.arange(4_000), 7),
            "the year": np.tile(np.arange(7), 4_000),
            "y": kept.ravel(),
        }
    )
    frame["before"] = frame.groupby("a house")["y"].shift()
    frame["noise"] = random.normal(size=len(frame))
    return frame


def test_without_persistence_the_bias_is_minus_one_over_t():
    assert [nickell_bias(0.0, t) for t in (2, 5, 10)] == pytest.approx([-1 / 2, -1 / 5, -1 / 10])


def test_with_two_equations_the_bias_is_minus_half_of_one_plus_persistence():
    assert [nickell_bias(r, 2) for r in (-0.4, 0.3, 0.9)] == pytest.approx([-0.3, -0.65, -0.95])


def test_near_a_random_walk_the_bias_is_minus_three_over_t_plus_one():
    assert nickell_bias(0.9999, 5) == pytest.approx(-3 / 6, abs=1e-3)


def test_persistence_is_recovered_from_its_biased_estimate():
    for r in (-0.3, 0.0, 0.5, 0.95):
        assert implied_persistence(r + nickell_bias(r, 7), 7) == pytest.approx(r, abs=1e-8)
    assert implied_persistence(1.2, 7) == 1.0


def test_the_bias_of_a_simulated_panel_is_that_of_the_formula(persistent):
    design = PanelDesign("a house", "the year", ("before",))
    (warning,) = nickell_warnings(persistent, "y", design, HOUSEHOLD_YEAR)
    assert (warning.term, warning.lag, warning.n_periods) == ("before", 1, 6)
    assert warning.estimate == pytest.approx(0.5 + nickell_bias(0.5, 6), abs=0.02)
    assert warning.implied == pytest.approx(0.5, abs=0.03)
    assert warning.bias == pytest.approx(warning.estimate - warning.implied)


def test_no_lag_and_no_household_effects_give_no_warning(persistent):
    assert (
        nickell_warnings(persistent, "y", PanelDesign("a house", "the year", ("noise",)), HOUSEHOLD_YEAR)
        == ()
    )
    pooled = Specification("none", "common")
    assert nickell_warnings(persistent, "y", PanelDesign("a house", "the year", ("before",)), pooled) == ()


@pytest.mark.parametrize("persistence", [1.0, -1.0, 1.3])
def test_a_persistence_that_is_not_stationary_is_refused(persistence):
    with pytest.raises(Faults, match="allowed: more than -1, less than 1"):
        nickell_bias(persistence, 5)

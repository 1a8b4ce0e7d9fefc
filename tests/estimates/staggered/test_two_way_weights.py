import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from analysis.estimates.staggered.two_way_weights import two_way_weights
from analysis.faults import Faults

PANEL = pd.DataFrame(
    {
        "unit": ["early"] * 3 + ["late"] * 3,
        "round": [1, 2, 3] * 2,
        "treated": [0.0, 1.0, 1.0, 0.0, 0.0, 1.0],
        "y": [0.0, 1.0, 4.0, 0.0, 0.0, 1.0],
    }
)


def test_weights_of_the_textbook_example_by_hand():
    # two groups, three periods, the example of de Chaisemartin and D'Haultfoeuille (2020): residuals of D are
    # D less its means by unit (2/3, 1/3) and round (0, 1/2, 1) plus 1/2: 1/3, -1/6, 1/6 in treated cells
    found = two_way_weights(PANEL, "y", treatment="treated", entity="unit", period="round")
    assert found.weights["weight"].tolist() == pytest.approx([1.0, -0.5, 0.5])
    # effects 1, 4 and 1 are all positive, the coefficient is 1 - 2 + 1/2
    assert found.estimate == pytest.approx(-0.5)
    assert found.negative_sum == pytest.approx(-0.5)


def test_equal_effects_are_recovered_whatever_the_weights():
    equal = PANEL.assign(y=3 * PANEL["treated"] + PANEL["round"])
    found = two_way_weights(equal, "y", treatment="treated", entity="unit", period="round")
    assert found.estimate == pytest.approx(3.0)


def test_effects_as_spread_as_sigma_zero_can_average_to_zero():
    found = two_way_weights(PANEL, "y", treatment="treated", entity="unit", period="round")
    weight, share = found.weights["weight"].to_numpy(), np.full(3, 1 / 3)
    ratio = weight / share
    effects = found.estimate * (ratio - 1) / (share @ (ratio - 1) ** 2)
    assert share @ effects == pytest.approx(0)
    assert weight @ effects == pytest.approx(found.estimate)
    assert np.sqrt(share @ effects**2) == pytest.approx(found.sigma_zero)


def test_effects_of_the_other_sign_must_be_as_spread_as_sigma_opposite():
    # least spread effects, all 0 or more, that give the negative coefficient, by a general optimiser
    found = two_way_weights(PANEL, "y", treatment="treated", entity="unit", period="round")
    weight = found.weights["weight"].to_numpy()
    least = minimize(
        lambda effects: effects.var(),
        x0=np.array([0.0, 1.0, 0.0]),
        bounds=[(0, None)] * 3,
        constraints={"type": "eq", "fun": lambda effects: weight @ effects - found.estimate},
        tol=1e-14,
    )
    assert found.sigma_opposite == pytest.approx(np.sqrt(least.fun), rel=1e-5)
    assert (found.n_negative, found.negative_share) == (1, pytest.approx(1 / 3))


def test_without_negative_weights_no_spread_turns_all_signs():
    random = np.random.default_rng(3)
    one_date = pd.DataFrame({"unit": np.repeat(range(6), 4), "round": np.tile(range(4), 6)})
    one_date["treated"] = ((one_date["unit"] < 3) & (one_date["round"] > 1)).astype(float)
    one_date["y"] = random.normal(size=24)
    found = two_way_weights(one_date, "y", treatment="treated", entity="unit", period="round")
    assert found.n_negative == 0
    assert found.sigma_opposite == float("inf")
    # all treated rows weigh alike, so no spread of effects can move the coefficient from their average
    assert found.sigma_zero == float("inf")


def test_a_negative_dose_is_refused():
    with pytest.raises(Faults, match="column 'treated': 1 negative value"):
        two_way_weights(
            PANEL.assign(treated=[0.0, -1.0, 1.0, 0.0, 0.0, 1.0]),
            "y",
            treatment="treated",
            entity="unit",
            period="round",
        )

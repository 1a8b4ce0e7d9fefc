import numpy as np
import pandas as pd
import pytest

from analysis.estimates.staggered.two_way_weights import two_way_weights

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

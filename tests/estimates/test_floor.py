"""The floor that a budget reaches, by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.floor import reachable_floor
from analysis.faults import Faults


def test_money_fills_from_below():
    frame = pd.DataFrame({"income": [500.0, 100.0, 300.0], "paid": [90.0, 0.0, 410.0], "persons": [1, 2, 1]})
    found = reachable_floor(frame, income="income", paid="paid", weights="persons")
    # 500 yuan: two persons from 100 and one from 300 rise to (500 + 200 + 300) / 3, below 500
    assert found.estimate == pytest.approx(1000 / 3)
    small = reachable_floor(frame.assign(paid=50.0), income="income", paid="paid", weights="persons")
    # 50 x 4 persons lift the two poorest by 100 each
    assert small.estimate == pytest.approx(200)
    assert small.lifted == pytest.approx(0.5)


def test_the_interval_holds_the_floor_of_the_population():
    rng = np.random.default_rng(3)
    low = high = 0
    for seed in range(400):
        y = rng.uniform(size=150)
        found = reachable_floor(pd.DataFrame({"y": y, "paid": 0.125}), income="y", paid="paid", seed=seed)
        # uniform incomes: f^2 / 2 = 0.125
        low, high = low + (found.conf_low > 0.5), high + (found.conf_high < 0.5)
    # 2.5% of 400 is 10; a binomial of it exceeds 19 once in two hundred
    assert max(low, high) <= 19, (low, high)


def test_nothing_to_give_is_refused():
    with pytest.raises(Faults, match="nothing is paid"):
        reachable_floor(pd.DataFrame({"y": [1.0, 2.0], "paid": 0.0}), income="y", paid="paid")

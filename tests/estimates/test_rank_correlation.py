"""Rank correlations by hand, by enumeration, and against scipy."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.estimates.rank_correlation import rank_correlation
from analysis.faults import Faults

UP = [1.0, 3.0, 4.0, 7.0, 9.0]


def points(x: list[float], y: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"x": x, "y": y}, dtype=float)


def test_ranks_by_hand_and_every_pairing_counted():
    """Only the first two are exchanged: 1 - 6 x 2 / (5 x 24) = 0.9; 10 of 120 pairings are as far from 0.

    One pairing has 1, four exchange neighbours and have 0.9, and as many are mirrored.
    """
    found = rank_correlation(points([1, 2, 3, 4, 5], [20, 10, 30, 40, 50]), "x", "y", seed=1)
    assert found.estimate == pytest.approx(0.9)
    assert found.exact
    assert found.p_value == pytest.approx(10 / 120)


def test_the_interval_by_hand():
    """Three neighbours of seven are exchanged: r = 1 - 6 x 6 / (7 x 48) = 0.892857.

    The width is 1.959964 sqrt((1 + 0.398597) / 4) = 1.158949 around atanh(r) = 1.435840.
    """
    found = rank_correlation(points([1, 2, 3, 4, 5, 6, 7], [2, 1, 4, 3, 6, 5, 7]), "x", "y", seed=1)
    assert (found.conf_low, found.conf_high) == pytest.approx((0.270025, 0.988913), abs=1e-6)


def test_a_perfect_order_of_five_does_not_prove_one():
    """The nearest other order has 0.9, its interval begins at tanh(1.472219 - 1.642758) = -0.168896."""
    up, down = (rank_correlation(points([1, 2, 3, 4, 5], y), "x", "y", seed=1) for y in (UP, UP[::-1]))
    assert (up.estimate, up.conf_low, up.conf_high) == pytest.approx((1, -0.168896, 1), abs=1e-6)
    assert (down.conf_low, down.conf_high) == pytest.approx((-1, 0.168896), abs=1e-6)


def test_ties_and_correlation_are_those_of_scipy():
    table = points([1, 2, 2, 3, 5, 5, 8, 9, 9, 9], [3, 1, 4, 4, 5, 9, 2, 6, 7, 7])
    found = rank_correlation(table, "x", "y", seed=1)
    second = stats.spearmanr(table["x"], table["y"])
    assert found.estimate == pytest.approx(second.statistic)
    assert found.p_value == pytest.approx(second.pvalue, abs=0.02)


def test_without_relation_one_in_twenty_is_below_five_percent():
    random = np.random.default_rng(2)
    small = [
        rank_correlation(
            pd.DataFrame(random.normal(size=(16, 2)), columns=["x", "y"]), "x", "y", seed=seed, draws=199
        ).p_value
        < 0.05
        for seed in range(500)
    ]
    assert np.mean(small) == pytest.approx(0.05, abs=0.02)


def test_four_points_are_refused():
    with pytest.raises(Faults, match="5 or more"):
        rank_correlation(points([1, 2, 3, 4], [1, 2, 3, 4]), "x", "y", seed=1)

"""Rank correlations by hand, by enumeration, and against scipy."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.estimates.rank_correlation import rank_correlation
from analysis.faults import Faults


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
    """n = 19, r = 0.5 has width 1.96 sqrt(1.125 / 16) around atanh(0.5)."""
    random = np.random.default_rng(1)
    x = random.normal(size=19)
    found = rank_correlation(points(list(x), list(x + 2 * random.normal(size=19))), "x", "y", seed=1)
    half = 1.959964 * np.sqrt((1 + found.estimate**2 / 2) / 16)
    assert np.arctanh([found.conf_low, found.conf_high]) == pytest.approx(
        np.arctanh(found.estimate) + np.array([-half, half]), abs=1e-6
    )


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

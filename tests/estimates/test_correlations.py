"""Correlations of few points against arithmetic by hand and their own coverage."""

import numpy as np
import pytest

from analysis.estimates.correlations import mean_correlation, rank_correlation
from analysis.faults import Faults


def test_ranks_of_five_points_by_hand():
    found = rank_correlation(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([1.0, 3.0, 2.0, 5.0, 4.0]))
    # squared differences of ranks 0 + 1 + 1 + 1 + 1: 1 - 6 x 4 / (5 x 24)
    assert found.estimate == pytest.approx(0.8)
    # atanh 0.8 = 1.0986, reach 1.95996 x sqrt(1.06 / 2) = 1.42688
    assert (found.conf_low, found.conf_high) == pytest.approx((np.tanh(-0.32827), np.tanh(2.52549)), abs=1e-4)


def test_the_interval_of_ranks_holds_in_nineteen_of_twenty_samples():
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(1000):
        first, second = rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], 16).T
        found = rank_correlation(first, second)
        # Spearman's of a normal pair is 6 / pi x asin(r / 2)
        held += found.conf_low <= 6 / np.pi * np.arcsin(0.25) <= found.conf_high
    assert 0.93 <= held / 1000 <= 0.98


def test_the_mean_over_pairs_of_series():
    rng = np.random.default_rng(2)
    first, second = rng.normal(size=(2, 9))
    found = mean_correlation(np.column_stack([first, 2 * first, -first + 5]))
    # 1, -1 and -1
    assert found.estimate == pytest.approx(-1 / 3)
    pair = mean_correlation(np.column_stack([first, second]))
    assert pair.estimate == pytest.approx(np.corrcoef(first, second)[0, 1])
    assert pair.conf_low < pair.estimate < pair.conf_high


def test_the_interval_of_the_mean_holds_though_years_are_few():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(500):
        common, own = rng.normal(size=(10, 1)), rng.normal(size=(10, 3))
        found = mean_correlation(common + own)
        held += found.conf_low <= 0.5 <= found.conf_high
    assert held / 500 >= 0.9


def test_four_points_say_nothing():
    with pytest.raises(Faults, match="4"):
        rank_correlation(np.arange(4.0), np.arange(4.0))

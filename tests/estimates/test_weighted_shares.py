"""Shares by weight against arithmetic by hand."""

import pandas as pd
import pytest

from analysis.estimates.shares import share_of


def test_a_share_of_money_counts_as_many_projects_as_weigh_alike():
    idle = pd.Series([True, False, False, False])
    found = share_of(idle, weights=pd.Series([3.0, 1.0, 1.0, 1.0]))
    # 3 of 6; 36 / (9 + 1 + 1 + 1) = 3 equal projects: (0.5 + 1.92073 / 3 -/+ 1.95996 x
    # sqrt(0.25 / 3 + 3.84146 / 36)) / (1 + 3.84146 / 3)
    assert (found.value, found.yes, found.n) == (0.5, 1, 4)
    assert (found.low, found.high) == pytest.approx((0.12533, 0.87467), abs=1e-4)


def test_equal_weights_are_no_weights():
    idle = pd.Series([True, False, False, False] * 5)
    plain, weighted = share_of(idle), share_of(idle, weights=pd.Series([2.0] * 20))
    assert (plain.low, plain.high) == pytest.approx((weighted.low, weighted.high))

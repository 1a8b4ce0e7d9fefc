"""The ratio of paired variances against arithmetic by hand and its own coverage."""

import numpy as np
import pytest

from analysis.estimates.paired_variance import variance_ratio
from analysis.faults import Faults


def test_four_pairs_by_hand():
    found = variance_ratio(np.array([-2.0, 2.0, -2.0, 2.0]), np.array([-1.0, -1.0, 1.0, 1.0]))
    # variances 16/3 and 4/3, uncorrelated; t(2) = 4.3027, K = 1 + 2 x 18.513 / 2 = 19.513
    assert (found.estimate, found.correlation) == pytest.approx((4.0, 0.0))
    assert (found.conf_low, found.conf_high) == pytest.approx((0.10256, 155.999), rel=1e-3)


def test_the_interval_holds_the_true_ratio_in_nineteen_of_twenty_samples():
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(2000):
        common, a, b = rng.normal(size=(3, 8))
        found = variance_ratio(common + a, common + 2 * b)
        held += found.conf_low <= 2 / 5 <= found.conf_high
    assert held / 2000 == pytest.approx(0.95, abs=0.015)


def test_a_series_that_does_not_vary_has_no_ratio():
    with pytest.raises(Faults, match="does not vary"):
        variance_ratio(np.ones(6), np.arange(6.0))

"""The spread between groups against a closed form and a second program."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM

from analysis.estimates.group_share import group_share
from analysis.estimates.shares import share_of
from analysis.estimates.spread import normal_likelihood, spread_between


def test_with_equal_errors_the_spread_is_the_variance_of_estimates_less_that_of_errors():
    estimates, errors = np.array([-4.0, -1.0, 0.0, 2.0, 3.0]), np.full(5, 1.5)
    grid = np.linspace(-20, 20, 401)
    found = spread_between(normal_likelihood(estimates, errors, grid), grid)
    # variance of the five with n - 1 is 7.5; 7.5 - 1.5^2 = 5.25; each is drawn by 5.25/7.5 = 0.7 to the mean
    assert found.value == pytest.approx(np.sqrt(5.25), abs=0.2)
    assert found.low < np.sqrt(5.25) < found.high
    assert np.argsort(found.means).tolist() == [0, 1, 2, 3, 4]
    assert 0.6 < found.means[4] / 3 < 0.85


def test_groups_that_differ_by_no_more_than_their_errors_have_no_spread():
    grid = np.linspace(-5, 5, 201)
    found = spread_between(normal_likelihood(np.array([-0.5, 0.0, 0.5]), np.ones(3), grid), grid)
    assert (found.value, found.low, found.p_equal) == (0.0, 0.0, 1.0)


def test_a_group_without_data_counts_for_nothing():
    grid = np.linspace(-10, 10, 201)
    known = normal_likelihood(np.array([-2.0, 0.0, 1.0, 4.0]), np.ones(4), grid)
    silent = np.concatenate([known, np.zeros((1, 1, 201))], axis=1)
    assert spread_between(silent, grid).value == spread_between(known, grid).value


def test_the_share_between_groups_is_that_of_a_mixed_model():
    rng = np.random.default_rng(5)
    town = np.repeat(np.arange(12), 80)
    need = rng.integers(0, 4, len(town))
    outcome = 0.6 * rng.normal(size=12)[town] + 0.3 * need + rng.normal(size=len(town))
    frame = pd.DataFrame({"town": town.astype(str), "need": need, "y": outcome})
    found = group_share(frame, outcome="y", group="town", like=("need",))
    needs = pd.get_dummies(frame["need"]).to_numpy(dtype=float)
    model = MixedLM(frame["y"], needs, groups=frame["town"]).fit(reml=True)
    between, within = float(model.cov_re.iloc[0, 0]), float(model.scale)
    assert found.value == pytest.approx(between / (between + within), abs=0.02)
    assert found.within == pytest.approx(within, rel=0.01)


def test_a_share_has_the_interval_of_wilson():
    found = share_of(pd.Series([True] + 9 * [False]))
    # (p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n) with p = 0.1, n = 10, z2 = 3.8415
    assert (found.low, found.high) == pytest.approx((0.017876, 0.404150), abs=1e-5)


def test_answers_given_twice_by_each_entity_tell_as_much_as_once():
    once = share_of(pd.Series([True] + 9 * [False]), pd.Series(range(10)))
    twice = share_of(pd.Series(2 * ([True] + 9 * [False])), pd.Series(2 * list(range(10))))
    # V = G/(G-1) p(1-p)/G, so that n* = G - 1 = 9 in both
    assert (once.low, once.high) == pytest.approx((0.016579, 0.422737), abs=1e-6)
    assert (twice.low, twice.high) == pytest.approx((0.016579, 0.422737), abs=1e-6)
    assert twice.n == 20

"""The spread between groups against a closed form and a second program."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM

from analysis.estimates.group_share import group_share
from analysis.estimates.shares import share_of
from analysis.estimates.spread import normal_likelihood, spread_between, within


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


def test_the_share_of_bare_groups_is_that_of_a_mixed_model():
    rng = np.random.default_rng(6)
    town = np.repeat(np.arange(16), rng.integers(8, 50, 16))
    outcome = 0.5 * rng.normal(size=16)[town] + rng.normal(size=len(town))
    frame = pd.DataFrame({"town": town.astype(str), "y": outcome})
    found = group_share(frame, outcome="y", group="town", like=())
    model = MixedLM(frame["y"], np.ones((len(frame), 1)), groups=frame["town"]).fit(reml=True)
    between, within = float(model.cov_re.iloc[0, 0]), float(model.scale)
    assert found.value == pytest.approx(between / (between + within), abs=0.02)
    assert found.spread.value == pytest.approx(np.sqrt(between), abs=0.03)


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(lambda rng, town: rng.normal(size=len(town)), id="equal"),
        pytest.param(lambda rng, town: (1 + 2 * (town < 8)) * rng.normal(size=len(town)), id="unequal"),
        pytest.param(
            lambda rng, town: np.clip(np.rint(3.4 + 0.6 * rng.normal(size=len(town))), 1, 5),
            id="answers of five",
        ),
        pytest.param(lambda rng, town: (rng.random(len(town)) < 0.1).astype(float), id="one in ten"),
    ],
)
@pytest.mark.parametrize("like", [(), ("need",)])
def test_small_groups_without_spread_are_rarely_taken_to_differ(shown, like):
    """Sixteen groups of eight: at most one test in twenty, and intervals above 0 in half as many."""
    rng = np.random.default_rng(7)
    town = np.repeat(np.arange(16), 8)
    above, small, draws = 0, 0, 150
    for _ in range(draws):
        need = (rng.integers(0, 4, len(town)) + town // 5) % 4
        frame = pd.DataFrame({"town": town, "need": need, "y": 0.3 * len(like) * need + shown(rng, town)})
        found = group_share(frame, outcome="y", group="town", like=like)
        above, small = above + (found.spread.low > 0), small + (found.spread.p_equal < 0.05)
    assert small / draws <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / draws)
    assert above / draws <= 0.025 + 2 * np.sqrt(0.025 * 0.975 / draws)


def test_a_planted_share_is_in_nineteen_of_twenty_intervals():
    """Spread 0.5 between and 1 within: a fifth of the variance."""
    rng = np.random.default_rng(8)
    held, draws = 0, 150
    for _ in range(draws):
        town = np.repeat(np.arange(16), rng.integers(8, 50, 16))
        outcome = 0.5 * rng.normal(size=16)[town] + rng.normal(size=len(town))
        found = group_share(pd.DataFrame({"town": town, "y": outcome}), outcome="y", group="town", like=())
        held += found.low < 0.2 < found.high
    assert held / draws == pytest.approx(0.95, abs=0.045)


def test_an_outcome_that_does_not_vary_has_no_share_between_groups():
    frame = pd.DataFrame({"town": list("aabb"), "y": 5.0})
    found = group_share(frame, outcome="y", group="town", like=())
    assert (found.value, found.low, found.high, found.spread.value, found.spread.p_equal) == (0, 0, 0, 0, 1)
    assert found.spread.means.tolist() == [0, 0]


def test_groups_without_spread_within_are_all_of_the_variance():
    frame = pd.DataFrame({"town": list("aabbcc"), "y": [1.0, 1, 2, 2, 6, 6]})
    found = group_share(frame, outcome="y", group="town", like=())
    assert found.value == found.high == 1


def test_the_interval_of_a_spread_ends_where_the_likelihood_crosses_its_bound():
    profile, spreads = np.array([-3.0, -1.0, 0.0, -1.0, -5.0]), np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    # 2 below the largest is crossed half-way from 0 to 1, and a quarter of the way from 3 to 4
    assert within(profile, spreads, 2.0) == (0.5, 3.25)
    assert within(profile, spreads, 9.0) == (0.0, 4.0)


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

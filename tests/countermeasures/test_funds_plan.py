"""Plans of post funds by hand, and what holds of every plan."""

import numpy as np
import pytest

from analysis.countermeasures.funds_plan import within_range


def plan(funds: list[float], households: list[float], low: float = 4, high: float = 10) -> list[float]:
    return within_range(np.array(funds, dtype=float), np.array(households, dtype=float), low, high).tolist()


def test_what_is_beyond_the_range_lifts_the_nearest_below_it_and_the_rest_goes_inside():
    # 2 x (16 - 10) = 12 are taken; the third needs 3 x (4 - 3) = 3, the second 5 x (4 - 1) = 15 is too dear;
    # 9 are left for the room of 1 x (10 - 8) inside and 3 x (10 - 4) lifted, a part of 9 / 20
    assert plan([16, 1, 3, 8], [2, 5, 3, 1]) == pytest.approx([10, 1, 4 + 0.45 * 6, 8 + 0.45 * 2])


def test_what_finds_no_room_goes_back_where_it_came_from():
    # 6 taken, 2 of them lift the second; nothing else has posts and room below 10 but the second: 6 more
    assert plan([16, 2, 0], [1, 1, 1]) == pytest.approx([10, 8, 0])
    assert plan([30, 9], [1, 1]) == pytest.approx([29, 10])


@pytest.mark.parametrize("funds", [[0, 0, 0], [5, 6, 7], [1, 2, 3], [4, 10, 4]])
def test_where_nothing_is_beyond_the_range_nothing_moves(funds):
    assert plan(funds, [1, 2, 3]) == funds


def test_an_open_range_takes_nothing():
    assert plan([1, 50], [1, 1], high=np.inf) == [1, 50]


def test_every_plan_spends_what_was_spent_and_leaves_nobody_without():
    rng = np.random.default_rng(2)
    for _ in range(300):
        n = int(rng.integers(1, 40))
        funds = rng.gamma(1.0, 6.0, n) * (rng.random(n) < 0.8)
        households = rng.integers(1, 60, n).astype(float)
        low = rng.uniform(0, 8)
        new = within_range(funds, households, low, low + rng.uniform(0, 10))
        assert new @ households == pytest.approx(funds @ households, rel=1e-12)
        assert ((new > 0) == (funds > 0)).all()

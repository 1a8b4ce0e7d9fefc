"""Indices of concentration against arithmetic by hand, and unbiased where kinds are drawn by chance."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.concentration import concentration
from analysis.faults import Faults

KINDS = ("sun", "fish", "birds", "cloth")


@pytest.fixture
def four():
    return pd.DataFrame({"money": [4.0, 2.0, 1.0, 1.0], "kind": ["sun", "sun", "fish", "birds"]})


def test_indices_of_four_projects(four):
    found = concentration(four, "money", "kind", KINDS)
    # shares 6/8, 1/8, 1/8, 0: squares 36/64 + 1/64 + 1/64; projects 16/64 + 4/64 + 1/64 + 1/64
    assert found.herfindahl.uncorrected == pytest.approx(38 / 64)
    assert found.n_effective == pytest.approx(64 / 22)
    assert found.herfindahl.estimate == pytest.approx((38 - 22) / (64 - 22))
    assert found.effective.estimate == pytest.approx(42 / 16)
    shannon = -(0.75 * np.log(0.75) + 0.25 * np.log(0.125))
    assert found.shannon.uncorrected == pytest.approx(shannon)
    assert found.shannon.estimate == pytest.approx(shannon + 2 * (22 / 64) / 2)
    assert found.theil.uncorrected == pytest.approx(np.log(4) - shannon)
    assert found.shares["cloth"] == 0


def test_an_equal_split_is_the_benchmark(four):
    found = concentration(four, "money", "kind", KINDS)
    equal = [found.herfindahl.equal, found.effective.equal, found.shannon.equal, found.theil.equal]
    assert equal == pytest.approx([0.25, 4, np.log(4), 0])


def test_one_kind_is_as_concentrated_as_can_be(four):
    found = concentration(four.assign(kind="sun"), "money", "kind", KINDS)
    assert (found.herfindahl.estimate, found.herfindahl.conf_high) == (1.0, 1.0)
    assert found.effective.estimate == 1.0
    assert found.shannon.estimate == 0.0


def test_chance_alone_is_not_concentration():
    rng = np.random.default_rng(1)
    money = np.exp(rng.normal(size=30))
    drawn = [
        concentration(pd.DataFrame({"money": money, "kind": rng.choice(KINDS, 30, p=[0.7, 0.1, 0.1, 0.1])}),
                      "money", "kind", KINDS, draws=2)
        for _ in range(2000)
    ]  # fmt: skip
    # 0.49 + 3 x 0.01
    assert np.mean([found.herfindahl.estimate for found in drawn]) == pytest.approx(0.52, abs=0.01)
    assert np.mean([found.herfindahl.uncorrected for found in drawn]) > 0.54


@pytest.mark.parametrize("main", [0.25, 0.5, 0.8])
def test_intervals_hold_the_mix_although_few_projects_are_large(main):
    rng = np.random.default_rng(2)
    mix = np.array([main, *[(1 - main) / 3] * 3])
    held = {"herfindahl": 0, "shannon": 0}
    for seed in range(400):
        frame = pd.DataFrame({"money": np.exp(rng.normal(size=40)), "kind": rng.choice(KINDS, 40, p=mix)})
        found = concentration(frame, "money", "kind", KINDS, seed=seed, draws=399)
        for name, true in (("herfindahl", (mix**2).sum()), ("shannon", -(mix * np.log(mix)).sum())):
            index = getattr(found, name)
            held[name] += index.conf_low <= true <= index.conf_high
    assert all(count / 400 >= 0.9 for count in held.values()), held


def test_a_kind_that_is_not_named_is_refused(four):
    with pytest.raises(Faults, match="cloth"):
        concentration(four.assign(kind="cloth"), "money", "kind", KINDS[:3])

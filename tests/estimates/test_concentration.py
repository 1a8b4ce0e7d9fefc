"""Indices of concentration against arithmetic by hand, and unbiased where kinds are drawn by chance."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.concentration import concentration
from analysis.estimates.kind_shares import most_even
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
    indices = (found.herfindahl, found.beyond, found.effective, found.shannon, found.theil)
    assert [index.equal for index in indices] == pytest.approx([0.25, 0, 4, np.log(4), 0])
    assert found.beyond.estimate == pytest.approx((found.herfindahl.estimate - 0.25) / 0.75)


def test_the_most_even_use_of_four_projects(four):
    found = concentration(four, "money", "kind", KINDS)
    # 4, 2, 1 and 1 each go to a kind of their own: (16 + 4 + 1 + 1) / 64
    assert found.herfindahl.even == pytest.approx(22 / 64)
    # of two kinds the first gets 4, the second 2 + 1 + 1
    assert most_even(np.array([4.0, 2.0, 1.0, 1.0]), 2) == pytest.approx([0.5, 0.5])


def test_a_share_in_one_kind_is_the_root_of_the_index():
    # half goes to the first kind, the other half equally to all four
    money = pd.DataFrame({"money": 1.0, "kind": ["sun"] * 5000 + ["fish", "birds", "cloth"] * 1000})
    assert concentration(money, "money", "kind", KINDS).beyond.uncorrected == pytest.approx(0.5**2)


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


EIGHT = tuple("abcdefgh")


@pytest.mark.parametrize("n", [10, 60])
@pytest.mark.parametrize("main", [0.125, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("spread", [0.0, 0.8])
def test_each_end_holds_the_mix_however_few_and_uneven_the_projects(n, main, spread):
    rng = np.random.default_rng(2)
    mix = np.array([main, *[(1 - main) / 7] * 7])
    true = {"herfindahl": (mix**2).sum(), "shannon": -(mix * np.log(mix)).sum()}
    missed = {(name, end): 0 for name in true for end in ("low", "high")}
    for seed in range(400):
        money = np.exp(spread * rng.normal(size=n))
        frame = pd.DataFrame({"money": money, "kind": rng.choice(EIGHT, n, p=mix)})
        found = concentration(frame, "money", "kind", EIGHT, seed=seed, draws=299)
        for name, value in true.items():
            index = getattr(found, name)
            missed[name, "low"] += value < index.conf_low - 1e-9
            missed[name, "high"] += value > index.conf_high + 1e-9
    # 2.5% of 400 is 10; a binomial of it exceeds 19 once in two hundred
    assert max(missed.values()) <= 19, missed


def test_a_kind_that_is_not_named_is_refused(four):
    with pytest.raises(Faults, match="cloth"):
        concentration(four.assign(kind="cloth"), "money", "kind", KINDS[:3])

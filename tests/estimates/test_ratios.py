"""A ratio of sums against arithmetic by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.estimates.ratios import quotient, ratio
from analysis.faults import Faults


def test_a_ratio_of_sums_and_its_error():
    frame = pd.DataFrame({"paid": [1.0, 2.0, 6.0], "due": [2.0, 4.0, 6.0]})
    found = ratio(frame, "paid", "due")
    # 9 / 12; residuals -0.5, -1.0, 1.5 over the sum of 12, G / (G - 1) = 3 / 2
    assert found.estimate == pytest.approx(0.75)
    assert found.std_error == pytest.approx(np.sqrt(1.5 * (0.25 + 1 + 2.25)) / 12)


def test_a_whole_of_nothing_is_refused():
    with pytest.raises(Faults, match="due"):
        ratio(pd.DataFrame({"paid": [1.0, 2.0], "due": [0.0, 0.0]}), "paid", "due")


def villages() -> pd.DataFrame:
    """Three villages with rows of both groups."""
    return pd.DataFrame(
        {
            "paid": [1.0, 2.0, 6.0, 1.0, 1.0, 2.5],
            "due": [2.0, 4.0, 6.0, 1.0, 1.0, 1.0],
            "first": [1.0, 1.0, 1.0, 0.0, 0.0, 0.0],
            "village": list("abcabc"),
        }
    )


def test_a_quotient_of_two_ratios_and_its_error():
    found = quotient(villages(), "paid", "due", "first", clusters="village")
    # 9 / 12 over 4.5 / 3
    assert found.estimate == pytest.approx(0.5)
    # without a, b, c: (8/10) / (3.5/2), (7/8) / (3.5/2), (3/6) / (2/2)
    logs = np.log([0.8 / 1.75, 0.875 / 1.75, 0.5])
    error = np.sqrt(2 / 3 * ((logs - logs.mean()) ** 2).sum())
    # shares in the whole 1/6, 1/3, 1/2 weigh like 18/7 villages, in the other group like three
    reach = stats.t.ppf(0.975, 18 / 7 - 1) * error
    assert (found.conf_low, found.conf_high) == pytest.approx((0.5 * np.exp(-reach), 0.5 * np.exp(reach)))
    assert found.n_clusters == 3


@pytest.mark.parametrize("column", ["paid", "due"])
def test_a_group_whose_sum_is_zero_has_no_quotient(column):
    frame = villages()
    frame.loc[frame["first"] == 1, column] = 0.0
    with pytest.raises(Faults, match="a sum of zero where first is 1"):
        quotient(frame, "paid", "due", "first", clusters="village")


def test_the_interval_of_a_quotient_holds_it_though_few_projects_are_large():
    rng = np.random.default_rng(4)
    low = high = 0
    for _ in range(600):
        money = np.exp(rng.normal(scale=0.8, size=60))
        frame = pd.DataFrame(
            {
                "paid": rng.uniform(0.5, 1.5, 60),
                "due": money / np.exp(0.32),
                "first": np.repeat([1.0, 0.0], 30),
                "village": np.arange(60) % 25,
            }
        )
        found = quotient(frame, "paid", "due", "first", clusters="village")
        low, high = low + (found.conf_low > 1), high + (found.conf_high < 1)
    # 2.5% of 600 is 15; a binomial of it exceeds 26 once in two hundred
    assert max(low, high) <= 26, (low, high)

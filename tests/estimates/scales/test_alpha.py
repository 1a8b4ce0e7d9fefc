"""Alpha against published values, closed forms and arithmetic by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.scales.alpha import cronbach_alpha, item_analysis
from analysis.faults import Faults

JUDGES = ("first", "second", "third", "fourth")
SHROUT_FLEISS = pd.DataFrame(
    [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)], columns=JUDGES
)
"""Six targets rated by four judges (Shrout and Fleiss 1979, table 2)."""


def test_the_published_reliability_of_four_judges():
    """ICC(3,4) of Shrout and Fleiss (1979, table 4) is alpha: 0.91; its interval as R's psych gives it."""
    found = cronbach_alpha(SHROUT_FLEISS, JUDGES)
    assert round(found.estimate, 2) == 0.91
    assert (round(found.conf_low, 2), round(found.conf_high, 2)) == (0.68, 0.99)


def test_alpha_by_hand():
    """Variances 1 and 4, sum 2, 5, 8 with variance 9: 2 (1 - 5/9) = 8/9."""
    table = pd.DataFrame({"one": [1, 2, 3], "two": [1, 3, 5]})
    assert cronbach_alpha(table, ("one", "two")).estimate == pytest.approx(8 / 9)


def test_items_without_relation_have_no_reliability():
    table = pd.DataFrame({"one": [0, 0, 1, 1], "two": [0, 1, 0, 1]})
    assert cronbach_alpha(table, ("one", "two")).estimate == pytest.approx(0)


def test_the_interval_holds_the_reliability_in_nineteen_of_twenty_samples():
    """Four parallel items with variance 1 of the attitude and 2 of each error: alpha is 4 / (4 + 2)."""
    random = np.random.default_rng(1)
    held = 0
    for _ in range(500):
        attitude, error = random.normal(size=(16, 1)), random.normal(scale=np.sqrt(2), size=(16, 4))
        found = cronbach_alpha(pd.DataFrame(attitude + error, columns=JUDGES), JUDGES)
        held += found.conf_low < 2 / 3 < found.conf_high
    assert held / 500 == pytest.approx(0.95, abs=0.025)


def test_an_item_by_hand():
    """Without the third item, the first two are the same: alpha 1; the mean of the others runs with them."""
    table = pd.DataFrame({"one": [1, 2, 3, 5], "two": [1, 2, 3, 5], "three": [5, 3, 1, 1]})
    one, _, three = item_analysis(table, ("one", "two", "three"), lowest=1, highest=5)
    assert three.alpha_without == pytest.approx(1)
    assert three.item_rest == pytest.approx(np.corrcoef([5, 3, 1, 1], [1, 2, 3, 5])[0, 1])
    assert (one.at_lowest, one.at_highest, one.mean) == (0.25, 0.25, 2.75)
    assert three.at_lowest == 0.5


def test_an_item_that_all_answer_alike_is_refused_by_name():
    table = pd.DataFrame({"one": [1, 2, 3], "two": [4, 4, 4]})
    with pytest.raises(Faults, match="column 'two': the same answer in every row"):
        cronbach_alpha(table, ("one", "two"))


def test_who_left_an_item_out_is_counted():
    table = pd.DataFrame({"one": [1, 2, 3, np.nan], "two": [1, 3, 5, 2]})
    found = cronbach_alpha(table, ("one", "two"))
    assert (found.n_obs, sum(lost.n_obs for lost in found.dropped)) == (3, 1)

"""How many thresholds are found where a known number is planted."""

import numpy as np
import pytest

from analysis.estimates.threshold.selection import select_thresholds
from analysis.faults import Faults


def steps(*slopes: float):
    """A slope that steps at 3, or at 3 and 7, or at 2.5, 5 and 7.5."""
    cuts = {2: [3.0], 3: [3.0, 7.0], 4: [2.5, 5.0, 7.5]}[len(slopes)]
    return lambda soil: np.array(slopes)[np.searchsorted(cuts, soil, side="left")]


@pytest.mark.parametrize("slopes", [(0.5, 1.5), (0.5, 2.0, 0.0), (0.0, 1.5, 0.0, 1.5)])
def test_one_two_and_three_thresholds_are_found_where_they_are_planted(panel, columns, slopes):
    found = select_thresholds(panel(steps(*slopes), noise=0.5), draws=99, seed=1, size=0.02, **columns)
    assert found.number == len(slopes) - 1
    assert [slope.estimate for slope in found.regression.slopes] == pytest.approx(slopes, abs=0.15)


def test_without_a_threshold_there_is_no_regression_and_one_test(panel, columns):
    found = select_thresholds(panel(lambda soil: 1.0), draws=99, seed=1, **columns)
    assert (found.number, found.regression, len(found.tests)) == (0, None, 1)
    assert found.tests[0].p_value > 0.05


def test_the_last_test_is_the_first_that_does_not_reject(panel, columns):
    found = select_thresholds(panel(steps(0.5, 1.5), noise=0.5), draws=99, seed=1, size=0.02, **columns)
    assert [test.p_value > 0.02 for test in found.tests] == [False, True]


def test_no_more_are_looked_for_than_asked(panel, columns):
    found = select_thresholds(
        panel(steps(0.5, 2.0, 0.0), noise=0.5), most=1, draws=99, seed=1, size=0.02, **columns
    )
    assert (found.number, len(found.tests)) == (1, 1)


def test_where_there_is_no_room_for_another_threshold_the_search_ends(panel, columns):
    found = select_thresholds(panel(steps(0.5, 2.0), noise=0.2), trim=0.36, draws=49, seed=1, **columns)
    assert (found.number, len(found.tests)) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "words"), [({"most": 4}, "selection, most: 4"), ({"size": 0.0}, "size: 0")]
)
def test_more_than_three_thresholds_or_no_size_are_refused(panel, columns, changes, words):
    with pytest.raises(Faults) as caught:
        select_thresholds(panel(lambda soil: 1.0), seed=1, **columns, **changes)
    assert words in str(caught.value)

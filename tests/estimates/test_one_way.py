"""The spread between groups against a published table, and planted spreads."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.one_way import one_way
from analysis.faults import Faults

RATINGS = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]


def table(groups: list[tuple[float, ...]]) -> pd.DataFrame:
    rows = [(group, float(value)) for group, values in enumerate(groups) for value in values]
    return pd.DataFrame(rows, columns=["group", "value"])


def test_the_published_intraclass_correlation():
    """Shrout and Fleiss (1979, tables 2 to 4): mean squares 11.24 and 6.26, ICC(1,1) 0.17.

    The interval from -0.13 to 0.72 as R's psych gives it.
    """
    found = one_way(table(RATINGS), "value", "group")
    assert round(found.within_sd**2, 2) == 6.26
    assert round(found.within_sd**2 + 4 * found.between_sd**2, 2) == 11.24
    assert round(found.intraclass, 2) == 0.17
    assert (round(found.intraclass_low, 2), round(found.intraclass_high, 2)) == (-0.13, 0.72)


def test_groups_without_spread_within_are_all_of_the_variance():
    found = one_way(table([(1, 1), (2, 2), (6, 6)]), "value", "group")
    assert (found.intraclass, found.between_sd) == (1.0, pytest.approx(np.sqrt(7)))


def test_intervals_hold_the_planted_spread_in_nineteen_of_twenty_samples():
    """Sixteen groups of unequal sizes; spread 0.5 between and 1 within: a fifth of the variance."""
    random = np.random.default_rng(1)
    group = np.repeat(np.arange(16), random.integers(8, 50, 16))
    held = np.zeros(2)
    for _ in range(500):
        value = 0.5 * random.normal(size=16)[group] + random.normal(size=len(group))
        found = one_way(pd.DataFrame({"group": group, "value": value}), "value", "group")
        held += [
            found.between_low < 0.5 < found.between_high,
            found.intraclass_low < 0.2 < found.intraclass_high,
        ]
    assert held / 500 == pytest.approx([0.95, 0.95], abs=0.025)


def test_groups_of_one_row_are_refused():
    with pytest.raises(Faults, match="with repeated rows"):
        one_way(table([(1,), (2,)]), "value", "group")

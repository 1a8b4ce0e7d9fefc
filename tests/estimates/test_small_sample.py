"""The house's correction by hand."""

import numpy as np
import pytest

from analysis.estimates.small_sample import correction_for, is_nested

HOUSEHOLDS = np.array([0, 0, 1, 1, 2, 2, 3, 3])
YEARS = np.array([0, 1] * 4)
VILLAGES = np.array([0, 0, 0, 0, 1, 1, 1, 1])


def test_households_nest_in_villages_and_years_do_not():
    assert is_nested(HOUSEHOLDS, VILLAGES)
    assert not is_nested(YEARS, VILLAGES)
    assert not is_nested(VILLAGES, HOUSEHOLDS)


def test_nested_households_are_not_counted():
    """One term and two years, no households: 2/1 * 7 / (8 - 3)."""
    found = correction_for(8, 1, (HOUSEHOLDS, YEARS), VILLAGES)
    assert found.factor == pytest.approx(2 * 7 / 5)
    assert (found.df_resid, found.n_clusters) == (1, 2)


def test_a_constant_is_counted_where_all_effects_are_nested():
    assert correction_for(8, 1, (HOUSEHOLDS,), VILLAGES).factor == pytest.approx(2 * 7 / (8 - 2))


def test_classical_errors_count_every_effect():
    """One term, four households, one more year: 8 / (8 - 6)."""
    found = correction_for(8, 1, (HOUSEHOLDS, YEARS), None)
    assert found.factor == pytest.approx(4)
    assert found.df_resid == 2

"""Columns that repeat others."""

import numpy as np

from analysis.estimates.regressors import dummies, entity_means, independent, lengths


def test_only_columns_that_repeat_earlier_ones_are_dependent():
    """The third column is the sum of the first two; what follows it is judged on its own."""
    random = np.random.default_rng(1)
    a, b, c = random.normal(size=(3, 40)) * [[1], [1e6], [1e-6]]
    matrix = np.column_stack([a, b, a + b, c, a - 2 * c, np.zeros(40)])
    assert independent(matrix, lengths(matrix)).tolist() == [True, True, False, True, False, False]


def test_as_many_columns_as_rows_can_be_independent():
    assert independent(np.eye(4), np.ones(4)).all()


def test_means_are_by_entity():
    values = np.array([[1.0, 10], [3, 30], [5, 50]])
    assert entity_means(values, np.array([0, 0, 1])).tolist() == [[2, 20], [2, 20], [5, 50]]


def test_dummies_leave_the_first_level_out():
    table = dummies(np.array([0, 1, 2, 1]), "year")
    assert table.to_dict("list") == {"year[1]": [0, 1, 0, 1], "year[2]": [0, 0, 1, 0]}

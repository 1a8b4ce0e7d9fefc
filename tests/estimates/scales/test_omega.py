"""Omega against closed forms and a second program."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.multivariate.factor import Factor

from analysis.estimates.scales.alpha import cronbach_alpha
from analysis.estimates.scales.omega import mcdonald_omega, one_factor
from analysis.faults import Faults

ITEMS = ("one", "two", "three", "four")


def answers(n: int, loadings: list[float], seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    load = np.array(loadings)
    noise = np.sqrt(1 - load**2) * random.normal(size=(n, len(load)))
    return pd.DataFrame(random.normal(size=(n, 1)) * load + noise, columns=ITEMS[: len(load)])


def test_loadings_that_make_the_correlations_are_found():
    planted = np.array([0.9, 0.7, 0.5, 0.3])
    correlations = np.outer(planted, planted)
    np.fill_diagonal(correlations, 1)
    assert one_factor(correlations[None])[0] == pytest.approx(planted, abs=1e-6)


def test_three_items_have_a_closed_form():
    """Spearman's: the square of the first loading is r12 r13 / r23."""
    correlations = np.array([[1, 0.42, 0.35], [0.42, 1, 0.3], [0.35, 0.3, 1]])
    assert one_factor(correlations[None])[0, 0] ** 2 == pytest.approx(0.42 * 0.35 / 0.3, abs=1e-8)


def test_loadings_are_those_of_a_second_program():
    table = answers(300, [0.8, 0.7, 0.6, 0.5], 2)
    second = Factor(table.to_numpy(), n_factor=1, method="pa").fit(maxiter=2_000, tol=1e-12)
    found = mcdonald_omega(table, ITEMS, seed=1, draws=9)
    assert np.abs(found.loadings) == pytest.approx(np.abs(second.loadings[:, 0]), abs=1e-5)


def test_omega_of_unequal_items_is_found_where_alpha_is_too_low():
    """Loadings .9 .9 .3 .3: omega is 2.4^2 / (2.4^2 + 2 (.19 + .91))."""
    table = answers(40_000, [0.9, 0.9, 0.3, 0.3], 3)
    planted = 2.4**2 / (2.4**2 + 2 * (0.19 + 0.91))
    found = mcdonald_omega(table, ITEMS, seed=1, draws=19)
    assert found.estimate == pytest.approx(planted, abs=0.005)
    assert cronbach_alpha(table, ITEMS).estimate < planted - 0.03


def test_the_interval_of_sixteen_answers_holds_the_planted_value():
    """Four loadings of .78: omega is 3.12^2 / (3.12^2 + 4 (1 - .78^2)), held in 95 of 100 samples."""
    planted = 3.12**2 / (3.12**2 + 4 * (1 - 0.78**2))
    held = 0
    for seed in range(200):
        found = mcdonald_omega(answers(16, [0.78] * 4, seed), ITEMS, seed=1, draws=199)
        held += found.conf_low < planted < found.conf_high
    assert held / 200 == pytest.approx(0.95, abs=0.035)


def test_two_items_do_not_identify_a_factor():
    with pytest.raises(Faults, match="3 or more"):
        mcdonald_omega(answers(30, [0.8, 0.8], 5), ITEMS[:2], seed=1)

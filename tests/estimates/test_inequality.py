"""Gini and Theil against hand arithmetic, closed forms and the jackknife."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.inequality import gini, inequality_indices, theil_l, theil_t
from analysis.estimates.results import Dropped
from analysis.estimates.theil_decomposition import decompose_theil
from analysis.faults import Faults

INDICES = {"Gini": gini, "Theil T": theil_t, "Theil L": theil_l}


def column(values) -> pd.DataFrame:
    """A table with one income a row."""
    return pd.DataFrame({"income": np.asarray(values, dtype=float)})


@pytest.mark.parametrize("n", [2, 5, 100])
def test_gini_of_the_first_n_numbers(n):
    """sum_ij |i - j| = n (n^2 - 1) / 3 and mu = (n + 1) / 2, so G = (n - 1) / (3 n): 4/15 for five."""
    assert gini(column(range(1, n + 1)), "income").estimate == pytest.approx((n - 1) / (3 * n))


def test_gini_where_one_has_everything():
    assert gini(column([0, 0, 0, 8]), "income").estimate == pytest.approx(3 / 4)


def test_theil_indices_of_two_incomes():
    """Incomes 1 and 3: relative incomes 1/2 and 3/2."""
    frame = column([1, 3])
    assert theil_t(frame, "income").estimate == pytest.approx((0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2)
    assert theil_l(frame, "income").estimate == pytest.approx(-(math.log(0.5) + math.log(1.5)) / 2)


def test_equal_incomes_have_no_inequality():
    for index in inequality_indices(column([7, 7, 7]), "income"):
        assert index.estimate == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("name", INDICES)
def test_a_weight_of_two_is_a_row_twice(name):
    weighted = column([1, 2, 5]).assign(persons=[2, 1, 3])
    repeated = column([1, 1, 2, 5, 5, 5])
    found = INDICES[name](weighted, "income", weights="persons").estimate
    assert found == pytest.approx(INDICES[name](repeated, "income").estimate)


def test_lognormal_incomes_have_their_closed_forms():
    """G = erf(s / 2), T = L = s^2 / 2; within four standard errors at n = 50,000."""
    s = 0.7
    frame = column(np.exp(s * np.random.default_rng(1).normal(size=50_000)))
    expected = {"Gini": math.erf(s / 2), "Theil T": s**2 / 2, "Theil L": s**2 / 2}
    for index in inequality_indices(frame, "income"):
        assert index.estimate == pytest.approx(expected[index.name], abs=4 * index.std_error)
        assert index.std_error < 0.01


def test_pareto_incomes_have_their_closed_form():
    """G = 1 / (2 a - 1); a = 5 has the fourth moment that the error needs."""
    frame = column(1 + np.random.default_rng(2).pareto(5, size=50_000))
    found = gini(frame, "income")
    assert found.estimate == pytest.approx(1 / 9, abs=4 * found.std_error)


@pytest.mark.parametrize("name", INDICES)
def test_clustered_errors_are_near_those_of_the_jackknife(name):
    """Delete one village at a time: sqrt((G - 1) / G sum (theta_-g - mean)^2); 60 villages, 3%."""
    random = np.random.default_rng(3)
    village = np.repeat(np.arange(60), 15)
    frame = pd.DataFrame(
        {
            "income": np.exp(0.3 * random.normal(size=60)[village] + 0.5 * random.normal(size=900)),
            "persons": random.integers(1, 6, size=900),
            "village": village,
        }
    )
    index = INDICES[name]
    found = index(frame, "income", weights="persons", clusters="village")
    left_out = np.array([index(frame[village != g], "income", weights="persons").estimate for g in range(60)])
    jackknife = np.sqrt(59 / 60 * ((left_out - left_out.mean()) ** 2).sum())
    assert found.std_error == pytest.approx(jackknife, rel=0.03)


def test_intervals_cover_the_truth_as_often_as_they_say():
    """500 samples of 300 lognormal incomes: Monte Carlo error 1 point; skewness costs some coverage."""
    random = np.random.default_rng(4)
    truth = math.erf(0.25)
    covered = 0
    for _ in range(500):
        found = gini(column(np.exp(0.5 * random.normal(size=300))), "income")
        covered += found.conf_low <= truth <= found.conf_high
    assert covered / 500 == pytest.approx(0.95, abs=0.04)


def test_incomes_that_have_no_logarithm_are_counted():
    found = theil_l(column([-2, 0, 1, 3]), "income")
    assert found.dropped == (Dropped("income not positive", 2),)
    assert found.estimate == pytest.approx(theil_l(column([1, 3]), "income").estimate)


def test_gini_keeps_losses():
    """Incomes -1 and 3: sum |y_i - y_j| = 8, G = 8 / (2 * 4 * 1)."""
    assert gini(column([-1, 3]), "income").estimate == pytest.approx(1)


def test_a_mean_of_zero_is_refused():
    with pytest.raises(Faults, match="'income': a mean of 0"):
        gini(column([-1, 1]), "income")


@pytest.mark.parametrize("index", ["T", "L"])
def test_theil_within_and_between_add_up(index):
    random = np.random.default_rng(5)
    frame = column(np.exp(random.normal(size=300))).assign(
        township=random.integers(0, 5, size=300), persons=random.integers(1, 5, size=300)
    )
    found = decompose_theil(frame, "income", "township", index=index, weights="persons")
    whole = {"T": theil_t, "L": theil_l}[index](frame, "income", weights="persons")
    assert found.total == pytest.approx(whole.estimate)
    assert found.within + found.between == pytest.approx(found.total)
    assert sum(group.n_obs for group in found.groups) == 300


def test_equal_groups_inside_leave_only_inequality_between():
    """Two persons with 1 and two with 3: everything lies between."""
    frame = column([1, 1, 3, 3]).assign(township=["a", "a", "b", "b"])
    found = decompose_theil(frame, "income", "township", index="T")
    assert found.within == pytest.approx(0)
    assert found.between_share == pytest.approx(1)
    assert [(g.population_share, g.income_share) for g in found.groups] == [(0.5, 0.25), (0.5, 0.75)]


def test_rows_without_a_group_are_counted():
    frame = column([1, 2, 3]).assign(township=["a", None, "b"])
    found = decompose_theil(frame, "income", "township", index="L")
    assert found.dropped == (Dropped("missing township", 1),)

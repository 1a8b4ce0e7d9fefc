"""The county panel of minimum wages: the averages that Callaway and Sant'Anna's program prints."""

import pytest

from analysis.estimates.staggered.goodman_bacon import goodman_bacon
from analysis.estimates.staggered.group_time import group_time
from analysis.estimates.staggered.two_way_weights import two_way_weights

WHERE = {"outcome": "lemp", "entity": "countyreal", "period": "year", "first_treated": "first"}


@pytest.fixture(scope="module")
def averages(mpdta):
    return group_time(mpdta, clusters="countyreal", comparison="never_treated", **WHERE)


def test_the_simple_average_of_minimum_wages(averages):
    assert round(averages.simple.estimate, 4) == -0.0400


def test_the_dynamic_average_of_minimum_wages(averages):
    assert round(averages.dynamic.estimate, 4) == -0.0772


def test_the_group_average_of_minimum_wages(averages):
    assert round(averages.group_average, 4) == -0.0310


def test_the_two_way_coefficient_of_minimum_wages(mpdta):
    found = two_way_weights(mpdta, "lemp", treatment="treated", entity="countyreal", period="year")
    assert round(found.estimate, 4) == -0.0365


def test_comparisons_of_two_by_two_add_up_to_the_two_way_coefficient(mpdta):
    found = goodman_bacon(mpdta, **WHERE)
    weighted = (found.comparisons["weight"] * found.comparisons["estimate"]).sum()
    assert found.comparisons["weight"].sum() == pytest.approx(1, abs=1e-12)
    assert weighted == pytest.approx(found.estimate, abs=1e-12)
    assert round(found.estimate, 4) == -0.0365

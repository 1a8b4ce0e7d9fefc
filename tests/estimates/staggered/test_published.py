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
    assert round(averages.group_average.estimate, 4) == -0.0310


def test_errors_of_minimum_wages(averages):
    # the program's vignette draws its errors by a bootstrap: 0.0119, 0.0200 and 0.0124 to within the draws
    assert averages.simple.std_error == pytest.approx(0.0119, rel=0.03)
    assert averages.dynamic.std_error == pytest.approx(0.0200, rel=0.03)
    assert averages.group_average.std_error == pytest.approx(0.0124, rel=0.03)


def test_the_path_of_minimum_wages(averages):
    path = {estimate.term: round(estimate.estimate, 4) for estimate in averages.by_event_time}
    assert path == {
        "event time -3": 0.0305,
        "event time -2": -0.0006,
        "event time -1": -0.0245,
        "event time 0": -0.0199,
        "event time 1": -0.0510,
        "event time 2": -0.1373,
        "event time 3": -0.1008,
    }
    groups = {estimate.term: round(estimate.estimate, 4) for estimate in averages.by_group}
    assert groups == {"group 2004": -0.0797, "group 2006": -0.0229, "group 2007": -0.0261}


def test_the_two_way_coefficient_of_minimum_wages(mpdta):
    found = two_way_weights(mpdta, "lemp", treatment="treated", entity="countyreal", period="year")
    assert round(found.estimate, 4) == -0.0365


def test_comparisons_of_two_by_two_add_up_to_the_two_way_coefficient(mpdta):
    found = goodman_bacon(mpdta, **WHERE)
    weighted = (found.comparisons["weight"] * found.comparisons["estimate"]).sum()
    assert found.comparisons["weight"].sum() == pytest.approx(1, abs=1e-12)
    assert weighted == pytest.approx(found.estimate, abs=1e-12)
    assert round(found.estimate, 4) == -0.0365

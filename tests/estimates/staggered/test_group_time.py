import warnings

import numpy as np
import pandas as pd
import pytest
from diff_diff import CallawaySantAnna

from analysis.estimates.staggered.group_time import group_time
from analysis.faults import Faults

WHERE = {"outcome": "lemp", "entity": "countyreal", "period": "year", "first_treated": "first.treat"}
SMALL = {"outcome": "y", "entity": "unit", "period": "round", "first_treated": "first", "clusters": "unit"}


def library(frame: pd.DataFrame, comparison: str, controls: tuple[str, ...]):
    """The same by diff-diff, which takes changes within cells unless told otherwise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return CallawaySantAnna(control_group=comparison, estimation_method="reg", cluster="place").fit(
            frame,
            outcome="lemp",
            unit="countyreal",
            time="year",
            first_treat="first.treat",
            covariates=list(controls) or None,
        )


@pytest.mark.parametrize("comparison", ["never_treated", "not_yet_treated"])
@pytest.mark.parametrize("controls", [(), ("lpop",)])
@pytest.mark.parametrize("share", [1.0, 0.9])
def test_averages_and_clustered_errors_are_those_of_a_second_program(mpdta, comparison, controls, share):
    frame = mpdta.assign(place=mpdta["countyreal"] % 60, **{"first.treat": mpdta["first.treat"].astype(int)})
    frame = frame.sample(frac=share, random_state=7)
    found = group_time(frame, clusters="place", controls=controls, comparison=comparison, **WHERE)
    other = library(frame, comparison, controls)
    events, groups = other.aggregate("event_study"), other.aggregate("group")
    assert found.simple.estimate == pytest.approx(other.overall_att, abs=1e-12)
    assert found.simple.std_error == pytest.approx(other.overall_se, rel=1e-9)
    assert [e.estimate for e in found.by_event_time] == pytest.approx(list(events.att), abs=1e-12)
    assert [e.std_error for e in found.by_event_time] == pytest.approx(list(events.se), rel=1e-9)
    assert [e.std_error for e in found.by_group] == pytest.approx(list(groups.se), rel=1e-9)


def test_two_by_two_is_the_difference_of_four_means(two_by_two):
    found = group_time(two_by_two, **SMALL)
    # (7 - 1) - (3 - 2)
    assert [e.estimate for e in (found.simple, found.dynamic, found.group_average)] == pytest.approx(
        [5.0] * 3
    )


def test_levels_of_entities_that_leave_do_not_count(two_by_two):
    # unit c is a thousand times the others and is seen once only: it has no change
    frame = two_by_two.assign(y=two_by_two["y"].where(two_by_two["unit"] != "c", 1000.0)).drop(index=5)
    # (7 - 1) - (4 - 3)
    assert group_time(frame, **SMALL).simple.estimate == pytest.approx(5.0)


def test_the_covariance_of_event_times_is_that_of_their_errors(mpdta):
    found = group_time(mpdta, clusters="countyreal", **WHERE)
    errors = [estimate.std_error for estimate in found.by_event_time]
    assert np.sqrt(np.diag(found.event_time_covariance)) == pytest.approx(errors)


def test_entities_treated_from_the_start_and_rows_without_comparison_are_counted():
    frame = pd.DataFrame(
        {
            "unit": np.repeat([1, 2, 3, 4], 3),
            "round": [0, 1, 2] * 4,
            "first": np.repeat([0.0, 1.0, 1.0, 2.0], 3),
            "y": np.arange(12.0) ** 1.5,
        }
    )
    found = group_time(frame, **SMALL)
    # units 2 and 3 have unit 4 beside them in round 1; in round 2 nobody is untreated
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [
        ("treated from the first period on", 3),
        ("treated, without a time before or a comparison", 3),
    ]
    assert found.simple.n_treated_clusters == 3


def test_a_panel_in_which_all_adopt_at_once_is_refused(two_by_two):
    frame = two_by_two.assign(first=1.0)
    with pytest.raises(Faults, match="column 'first': no treated group has a comparison"):
        group_time(frame, **SMALL)

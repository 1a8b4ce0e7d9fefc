import numpy as np
import pandas as pd
import pytest

from analysis.estimates.sensitivity.event_study import event_study
from analysis.faults import Faults


def path(times: list[float]) -> tuple[pd.Series, pd.DataFrame]:
    return pd.Series(np.arange(1.0, len(times) + 1), times), pd.DataFrame(np.eye(len(times)), times, times)


def test_the_plain_average_of_two_effects_has_half_the_variance():
    study = event_study(*path([0, 1, -3, -2]))
    # estimates of periods -3, -2, 0, 1 are 3, 4, 1, 2
    assert study.times.tolist() == [-3, -2, 0, 1]
    assert (study.effect, study.pre, study.post) == (1.5, 2, 2)
    assert study.effect_error == pytest.approx(np.sqrt(0.5))


def test_the_reference_period_is_left_out_if_the_path_holds_it():
    estimates, covariance = path([-3, -2, -1, 0])
    covariance.loc[-1] = covariance[-1] = 0.0
    assert event_study(estimates, covariance).times.tolist() == [-3, -2, 0]


@pytest.mark.parametrize(
    ("times", "message"), [([0, 1], "no period before -1"), ([-3, -2], "no period after -1")]
)
def test_a_path_on_one_side_only_is_refused(times, message):
    with pytest.raises(Faults, match=message):
        event_study(*path(times))


def test_weights_of_a_period_that_is_not_there_name_the_periods_there_are():
    with pytest.raises(Faults, match="allowed: 0, 1") as raised:
        event_study(*path([-2, 0, 1]), weights=pd.Series({5: 1.0}))
    assert raised.value.faults[0].found == "weights of [5]"


def test_missing_estimates_and_a_covariance_of_other_periods_are_refused():
    estimates, covariance = path([-2, 0, 1])
    with pytest.raises(Faults, match="missing or infinite"):
        event_study(estimates.where(estimates != 1), covariance)
    with pytest.raises(Faults, match="not the event times"):
        event_study(estimates, covariance.iloc[:2, :2])
    with pytest.raises(Faults, match="positive definite"):
        event_study(estimates, covariance * 0 + 1)

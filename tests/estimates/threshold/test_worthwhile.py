from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.results import Inference, estimate_of
from analysis.estimates.threshold.threshold_regression import Threshold, ThresholdRegression, ThresholdTest
from analysis.estimates.threshold.worthwhile import NoRange, WorthwhileRange, worthwhile_range
from analysis.faults import Faults

INFERENCE = Inference(1000, 100, 100, 99, "village", "none")


def regression(slopes: tuple[float, ...], p_values: tuple[float, ...]) -> ThresholdRegression:
    """Thresholds at 400, 2000, ... with these slopes, each with an error of 0.03."""
    cuts = (400.0, 2000.0, 3000.0)[: len(slopes) - 1]
    estimates = [
        estimate_of(f"regime {k}", slope, 0.03, INFERENCE, outcome="y", estimator="t", engine="house")
        for k, slope in enumerate(slopes)
    ]
    return ThresholdRegression(
        thresholds=tuple(Threshold(cut, cut - 10, cut + 10, False) for cut in cuts),
        slopes=tuple(estimates),
        linear=estimates[0],
        tests=tuple(ThresholdTest(k, 9.0, p, 99, "wild") for k, p in enumerate(p_values, 1)),
        path=pd.DataFrame(),
        dropped=(),
    )


def test_the_middle_regime_is_the_range_where_it_alone_exceeds_the_cost():
    found = worthwhile_range(regression((0.3, 0.65, 0.15), (0.01, 0.01)), cost=0.5)
    assert found == WorthwhileRange(400.0, (390.0, 410.0), 2000.0, (1990.0, 2010.0), 0.65, 0.5)


def test_a_range_is_open_where_no_threshold_ends_it():
    found = worthwhile_range(regression((0.8, 0.2), (0.01,)), cost=0.5)
    assert (found.low, found.high) == (None, 400.0)


def test_neighbouring_regimes_that_exceed_the_cost_belong_together():
    found = worthwhile_range(regression((0.1, 0.7, 0.6, 0.1), (0.01,) * 3), cost=0.5)
    assert (found.low, found.high, found.least_slope) == (400.0, 3000.0, 0.6)


def test_no_range_is_supported_where_the_linear_model_is_not_rejected():
    found = worthwhile_range(regression((0.3, 0.65, 0.15), (0.20, 0.01)), cost=0.5)
    assert isinstance(found, NoRange)
    assert "does not differ from a linear one" in found.reason


@pytest.mark.parametrize(("cost", "words"), [(0.7, "in no regime"), (0.05, "in every regime")])
def test_no_range_is_supported_where_all_regimes_are_on_one_side(cost, words):
    assert words in worthwhile_range(regression((0.3, 0.65, 0.15), (0.01, 0.01)), cost=cost).reason


def test_a_slope_above_the_cost_by_chance_alone_does_not_count():
    # 0.53 exceeds 0.5 by one standard error only
    assert isinstance(worthwhile_range(regression((0.3, 0.53, 0.15), (0.01, 0.01)), cost=0.5), NoRange)


def test_more_thresholds_than_are_supported_are_refused():
    with pytest.raises(Faults, match="fit with thresholds=1"):
        worthwhile_range(regression((0.3, 0.65, 0.15), (0.01, 0.40)), cost=0.5)


def test_a_negative_cost_is_refused():
    with pytest.raises(Faults, match="zero or more"):
        worthwhile_range(regression((0.3, 0.65), (0.01,)), cost=-1.0)


def test_an_unknown_cost_is_refused():
    with pytest.raises(Faults, match="zero or more"):
        worthwhile_range(replace(regression((0.3, 0.65), (0.01,))), cost=float(np.nan))

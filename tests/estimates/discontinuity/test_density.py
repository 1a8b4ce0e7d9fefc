"""Density tests: published, smooth, manipulated."""

import numpy as np
import pandas as pd
import pytest
from rdrobust.datasets import rdrobust_RDsenate

from analysis.estimates.discontinuity.density import density_test
from analysis.faults import Faults


def smooth(seed: int, n: int = 3_000) -> pd.DataFrame:
    return pd.DataFrame({"income": np.random.default_rng(seed).normal(100, 20, n)})


def test_the_senate_is_that_of_cattaneo_jansson_and_ma():
    """Stata Journal 18 (2018), p. 250: T = -0.8753, p = 0.3814, h 19.841 and 27.119."""
    found = density_test(rdrobust_RDsenate(), running="margin")
    assert round(found.statistic, 4) == -0.8753
    assert round(found.p_value, 4) == 0.3814
    assert (round(found.bandwidth_below, 3), round(found.bandwidth_above, 3)) == (19.841, 27.119)
    assert (found.n_below, found.n_above) == (640, 750)
    assert (found.n_below_window, found.n_above_window) == (408, 460)


def test_a_smooth_density_is_rejected_as_often_as_the_size_of_the_test():
    """60 draws: at most 8 rejections at 5% in 99% of experiments."""
    rejected = sum(
        density_test(smooth(seed), running="income", cutoff=95).p_value < 0.05 for seed in range(60)
    )
    assert rejected <= 8


def test_the_density_of_a_normal_is_found_on_both_sides():
    """phi(0) / 20 = 0.01995 at the mean."""
    found = density_test(smooth(3, 20_000), running="income", cutoff=100)
    assert found.density_below == pytest.approx(0.01995, rel=0.12)
    assert found.density_above == pytest.approx(0.01995, rel=0.12)


def test_reports_moved_below_the_line_are_found():
    """Half of those just above 95 report just below."""
    frame = smooth(1)
    random = np.random.default_rng(2)
    moved = frame["income"].between(95, 99) & (random.random(len(frame)) < 0.5)
    found = density_test(
        frame.assign(income=frame["income"].where(~moved, 190 - frame["income"])), running="income", cutoff=95
    )
    assert found.p_value < 0.001
    assert found.density_below > found.density_above


def test_a_heap_at_the_cutoff_is_left_out_by_the_donut():
    frame = smooth(1)
    heaped = frame.assign(income=frame["income"].where((frame["income"] - 95).abs() > 1, 95.0))
    found = density_test(heaped, running="income", cutoff=95, donut=1.0)
    assert found.p_value > 0.05
    inside = int(((frame["income"] - 95).abs() <= 1).sum())
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("inside the donut", inside)]


def test_a_cutoff_beyond_the_data_is_refused():
    with pytest.raises(Faults, match="0 distinct value\\(s\\) above the cutoff"):
        density_test(smooth(1), running="income", cutoff=1_000)

"""Net yuan per public yuan by hand arithmetic, and errors by drawing instead of the delta method."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.need_based.partial_transfers import covariance_of, fixed_payment, net_per_public_yuan
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Estimate, Inference, estimate_of
from analysis.faults import Faults

INFERENCE = Inference(1000, 200, 40, 39, "village", "none")


def effect(value: float, std_error: float, term: str = "post") -> Estimate:
    return estimate_of(term, value, std_error, INFERENCE, outcome="y", estimator="e", engine="house")


def test_a_post_of_six_thousand_yuan_by_hand():
    found = net_per_public_yuan(effect(3600.0, 300.0), effect(6000.0, 400.0), 60_000.0, 0.1)
    assert found.without.estimate == -2400.0
    # 90,000 + 160,000 - 2 x 60,000 = 130,000
    assert found.without.std_error == pytest.approx(np.sqrt(130_000))
    assert found.crowding.estimate == pytest.approx(-0.4)
    assert found.net.estimate == pytest.approx(0.9 * 0.6)
    # 0.81 x (90,000 - 2 x 0.6 x 60,000 + 0.36 x 160,000) / 6,000^2 = 0.81 x 75,600 / 36,000,000
    assert found.net.std_error == pytest.approx(np.sqrt(0.81 * 75_600 / 36e6))
    assert found.net.df_resid == 39


def test_where_treatment_is_the_payment_the_error_is_that_of_the_effect():
    total = effect(0.88, 0.1, "subsidies")
    found = net_per_public_yuan(total, fixed_payment(total), 0.0, 0.05)
    assert found.net.estimate == pytest.approx(0.95 * 0.88)
    assert found.net.std_error == pytest.approx(0.095)
    assert found.without.estimate == pytest.approx(-0.12)
    assert found.without.std_error == pytest.approx(0.1)


def test_the_delta_method_agrees_with_draws():
    found = net_per_public_yuan(effect(3600.0, 120.0), effect(6000.0, 150.0), 9_000.0, 0.2)
    variance = [[120.0**2, 9_000.0], [9_000.0, 150.0**2]]
    total, paid = np.random.default_rng(1).multivariate_normal([3600.0, 6000.0], variance, 400_000).T
    assert found.net.std_error == pytest.approx((0.8 * total / paid).std(), rel=0.01)


def test_the_covariance_is_that_of_the_two_scores():
    random = np.random.default_rng(2)
    frame = pd.DataFrame({"unit": np.repeat(np.arange(60), 4), "t": np.tile(np.arange(4), 60)})
    frame["post"] = (random.random(len(frame)) < 0.4).astype(float)
    frame["pay"] = frame["post"] * 6000 + random.normal(size=len(frame)) * 500
    frame["total"] = 0.6 * frame["pay"] + random.normal(size=len(frame)) * 900
    frame["without"] = frame["total"] - frame["pay"]
    design = PanelDesign("unit", "t", ("post",), (), "unit")
    total, paid, without = (
        fit_panel(frame, name, design, HOUSEHOLD_YEAR).estimates[0] for name in ("total", "pay", "without")
    )
    columns = frame[["post", "total", "pay"]]
    within = columns - columns.groupby(frame["unit"]).transform("mean")
    within = within - within.groupby(frame["t"]).transform("mean")
    x = within["post"]
    scores = {
        name: (x * (within[name] - x * (x @ within[name]) / (x @ x))).groupby(frame["unit"]).sum() / (x @ x)
        for name in ("total", "pay")
    }
    n, g, k = len(frame), 60, 1 + 4
    factor = g / (g - 1) * (n - 1) / (n - k)
    expected = factor * (scores["total"] @ scores["pay"])
    assert covariance_of(total, paid, without) == pytest.approx(expected, rel=1e-9)


def test_three_effects_that_do_not_add_up_are_refused():
    with pytest.raises(Faults, match="estimate the three outcomes on the same rows"):
        covariance_of(effect(3.0, 1.0), effect(2.0, 1.0), effect(0.5, 1.0))


def test_effects_of_different_samples_are_refused():
    with pytest.raises(Faults, match="estimate both on the same rows"):
        net_per_public_yuan(effect(3.0, 1.0), replace(effect(2.0, 1.0), n_obs=10), 0.0, 0.1)


def test_a_covariance_beyond_both_errors_is_refused():
    with pytest.raises(Faults, match="at most 2 in size"):
        net_per_public_yuan(effect(3.0, 1.0), effect(2.0, 2.0), 2.5, 0.1)

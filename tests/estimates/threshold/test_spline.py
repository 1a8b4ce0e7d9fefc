"""The smooth slope: planted curves, dummies by brute force, closed forms of the band, size of the test."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.threshold.spline import slope_curve, sup_t, wald
from analysis.faults import Faults


def test_a_slope_that_is_a_straight_line_is_recovered_without_noise(panel, columns):
    frame = panel(lambda soil: 1 + 0.3 * soil, noise=0.0)
    found = slope_curve(frame, seed=1, **columns).curve
    assert found["slope"].to_numpy() == pytest.approx(1 + 0.3 * found["value"].to_numpy(), abs=1e-8)


def test_a_broken_line_is_recovered_where_a_knot_is_at_the_break(panel, columns):
    frame = panel(lambda soil: soil, noise=0.0)
    middle = slope_curve(frame, seed=1, kind="linear", knots=3, **columns).basis.knots[1]
    broken = frame.assign(
        answer=frame["answer"] - frame["water"] * 1.7 * np.maximum(frame["soil"] - middle, 0)
    )
    found = slope_curve(broken, seed=1, kind="linear", knots=3, **columns).curve
    value = found["value"].to_numpy()
    assert found["slope"].to_numpy() == pytest.approx(value - 1.7 * np.maximum(value - middle, 0), abs=1e-8)


def by_dummies(frame: pd.DataFrame, shapes: np.ndarray):
    """Least squares with a dummy for each farm and year, and its bare cluster covariance."""
    effects = pd.get_dummies(frame[["farm", "the year"]].astype(str), dtype=float).iloc[:, :-1].to_numpy()
    water = frame[["water"]].to_numpy()
    matrix = np.column_stack([water, water * shapes, effects])
    grouped = {"groups": frame["valley"].to_numpy(), "use_correction": False}
    return OLS(frame["answer"].to_numpy(), matrix).fit(cov_type="cluster", cov_kwds=grouped)


def test_slopes_and_the_test_of_linearity_are_those_of_dummies_by_brute_force(panel, columns):
    frame = panel(lambda soil: np.sin(soil), n=40)
    found = slope_curve(frame, seed=1, knots=4, **columns)
    shapes = found.basis.columns(frame["soil"].to_numpy())
    other = by_dummies(frame, shapes)
    value = found.curve["value"].to_numpy()
    slopes = np.column_stack([np.ones(len(value)), found.basis.columns(value)]) @ other.params[:4]
    assert found.curve["slope"].to_numpy() == pytest.approx(slopes, abs=1e-8)
    # 20 valleys; 200 rows; K = 4 terms and 5 years, farms lie within valleys
    factor = 20 / 19 * 199 / (200 - 9)
    bare = np.asarray(other.cov_params())[1:4, 1:4]
    statistic = other.params[1:4] @ np.linalg.solve(bare * factor, other.params[1:4]) / 3
    assert found.linearity.statistic == pytest.approx(statistic, rel=1e-6)
    assert found.linearity.p_value == pytest.approx(stats.f.sf(statistic, 3, 19), rel=1e-5)


def test_the_band_of_one_slope_is_its_t_interval():
    found = sup_t(np.ones((9, 9)) * 4.0, np.full(9, 2.0), 12, 0.95, np.random.default_rng(1))
    # a quantile of 20,000 draws; its Monte Carlo error is about 0.02
    assert found == pytest.approx(stats.t.ppf(0.975, 12), abs=0.08)


def test_the_band_of_independent_slopes_is_that_of_sidak():
    found = sup_t(np.eye(10), np.ones(10), 10**7, 0.95, np.random.default_rng(2))
    assert found == pytest.approx(stats.norm.ppf((1 + 0.95 ** (1 / 10)) / 2), abs=0.06)


def test_the_uniform_band_is_wider_than_the_interval_at_each_value(panel, columns):
    curve = slope_curve(panel(np.sqrt), seed=1, **columns).curve
    assert (curve["uniform_low"] < curve["conf_low"]).all()
    assert (curve["uniform_high"] > curve["conf_high"]).all()


def test_a_constant_slope_is_rejected_in_about_one_case_of_twenty(panel, columns):
    p_values = [
        slope_curve(panel(lambda soil: 1.0, seed=seed), seed=seed, points=2, **columns).linearity.p_value
        for seed in range(50)
    ]
    # 5% of 50, three Monte Carlo errors of 3.1 points
    assert np.mean(np.array(p_values) <= 0.05) < 0.143


def test_the_band_covers_the_whole_curve_most_of_the_time(panel, columns):
    def covers(seed: int) -> bool:
        curve = slope_curve(panel(lambda soil: 1 + 0.2 * soil, seed=seed), seed=seed, **columns).curve
        truth = 1 + 0.2 * curve["value"]
        return bool(((curve["uniform_low"] <= truth) & (truth <= curve["uniform_high"])).all())

    # three Monte Carlo errors of 3.4 points below 95%
    assert np.mean([covers(seed) for seed in range(40)]) > 0.846


def test_unbalanced_panels_are_used_and_lost_rows_counted(panel, columns):
    frame = panel(np.sqrt)
    frame = frame.drop(index=[0, 1, 2, 3, 7, 11]).assign(
        answer=lambda rows: rows["answer"].mask(rows.index == 20)
    )
    before = frame.copy()
    found = slope_curve(frame, seed=1, **columns)
    # the first farm keeps one year of five
    assert [(drop.reason, drop.n_obs) for drop in found.fit.dropped] == [
        ("missing answer", 1),
        ("singleton", 1),
    ]
    assert found.fit.estimates[0].n_obs == 400 - 6 - 2
    pd.testing.assert_frame_equal(frame, before)


def test_the_regressor_may_be_the_threshold_variable(panel, columns):
    frame = panel(lambda soil: 0 * soil, noise=0.0)
    frame["answer"] += frame["soil"] * (2 - 0.1 * frame["soil"])
    found = slope_curve(frame, seed=1, **(columns | {"regressor": "soil"})).curve
    assert found["slope"].to_numpy() == pytest.approx(2 - 0.1 * found["value"].to_numpy(), abs=1e-7)


def test_two_clusters_cannot_test_four_coefficients():
    found = wald(np.ones(4), np.eye(4), 1)
    assert found == NotApplicable("Wald", "2 clusters are too few for 4 coefficients")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"regressor": "watr"}, "column 'watr': there is no such column"),
        ({"points": 1}, "slope curve, points: 1"),
        ({"level": 1.5}, "slope curve, level: 1.5"),
        ({"outcome": "farm"}, "panel, column 'farm': type"),
    ],
)
def test_what_cannot_be_drawn_is_refused(panel, columns, changes, words):
    with pytest.raises(Faults) as caught:
        slope_curve(panel(np.sqrt), **(columns | {"seed": 1} | changes))
    assert words in str(caught.value)


def test_a_regressor_that_is_always_zero_is_refused(panel, columns):
    with pytest.raises(Faults, match="distinct value"):
        slope_curve(panel(np.sqrt).assign(water=0.0), seed=1, **columns)

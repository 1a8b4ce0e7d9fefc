import numpy as np
import pandas as pd
import pytest

from analysis.estimates.threshold.threshold_regression import threshold_regression
from analysis.faults import Faults

WHERE = {"outcome": "profit", "regressor": "debt ratio", "threshold": "size", "entity": "firm", "period": "t"}
SETTINGS = {"seed": 1, "grid": 60, "draws": 99}


def firms(
    slopes: tuple[float, ...],
    cuts: tuple[float, ...],
    noise: float,
    seed: int = 3,
    n: int = 80,
    years: int = 6,
) -> pd.DataFrame:
    """A balanced panel whose slope changes at `cuts` of an evenly spread variable."""
    random = np.random.default_rng(seed)
    firm, t = np.repeat(np.arange(n), years), np.tile(np.arange(years), n)
    x, q = random.normal(size=(2, n * years))
    q = random.uniform(0, 10, n * years)
    slope = np.array(slopes)[np.searchsorted(np.array(cuts), q, side="left")]
    y = slope * x + 2 * random.normal(size=n)[firm] + 0.3 * t + noise * random.normal(size=n * years)
    return pd.DataFrame({"firm": firm, "t": t, "profit": y, "debt ratio": x, "size": q})


def test_without_noise_two_thresholds_and_three_slopes_are_recovered():
    found = threshold_regression(firms((1.0, 3.0, -2.0), (3.0, 7.0), 0.0), thresholds=2, **WHERE, **SETTINGS)
    first, second = found.thresholds
    # the grid has 60 quantiles of a variable spread over ten units
    assert first.value == pytest.approx(3.0, abs=0.2)
    assert second.value == pytest.approx(7.0, abs=0.2)
    assert [slope.estimate for slope in found.slopes] == pytest.approx([1.0, 3.0, -2.0], abs=0.12)
    assert found.supported() == 2


def brute_force(frame: pd.DataFrame, cut: float) -> float:
    """The sum of squared residuals with one threshold, by dummies of firms and years."""
    below = (frame["size"] <= cut).to_numpy()
    x = frame["debt ratio"].to_numpy()
    effects = pd.get_dummies(frame[["firm", "t"]].astype(str), dtype=float).to_numpy()
    matrix = np.column_stack([effects, x * below, x * ~below])
    y = frame["profit"].to_numpy()
    return float(np.square(y - matrix @ np.linalg.lstsq(matrix, y, rcond=None)[0]).sum())


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    return firms((0.5, 1.5), (5.0,), 1.0, n=15, years=4)


@pytest.fixture(scope="module")
def found_small(small):
    return threshold_regression(small, **WHERE, **SETTINGS)


def test_the_threshold_is_that_of_brute_force_over_the_same_grid(small, found_small):
    candidates = found_small.path["candidate"]
    squares = [brute_force(small, cut) for cut in candidates]
    assert found_small.thresholds[0].value == candidates[int(np.argmin(squares))]


def test_the_likelihood_ratio_is_that_of_brute_force(small, found_small):
    squares = np.array([brute_force(small, cut) for cut in found_small.path["candidate"]])
    df = 15 * (4 - 1)
    by_hand = (squares - squares.min()) / (squares.min() / df)
    assert found_small.path["ratio"].to_numpy() == pytest.approx(by_hand, abs=1e-8)


def test_the_interval_is_hansens_no_rejection_region_and_its_neighbours(found_small):
    path = found_small.path.reset_index(drop=True)
    kept = path.index[path["ratio"] <= -2 * np.log(1 - np.sqrt(0.95))]
    only = found_small.thresholds[0]
    assert only.conf_low == path["candidate"][max(kept.min() - 1, 0)]
    assert only.conf_high == path["candidate"][min(kept.max() + 1, len(path) - 1)]


def test_hansens_critical_value_is_7_35():
    # Hansen (1999), table 1: c(0.05) = 7.35
    assert round(-2 * np.log(1 - np.sqrt(0.95)), 2) == 7.35


def test_the_f_statistic_compares_with_the_linear_model(small, found_small):
    x = small["debt ratio"].to_numpy()
    effects = pd.get_dummies(small[["firm", "t"]].astype(str), dtype=float).to_numpy()
    matrix = np.column_stack([effects, x])
    y = small["profit"].to_numpy()
    linear = np.square(y - matrix @ np.linalg.lstsq(matrix, y, rcond=None)[0]).sum()
    best = brute_force(small, found_small.thresholds[0].value)
    assert found_small.tests[0].statistic == pytest.approx((linear - best) / (best / (15 * 3)), rel=1e-9)


@pytest.mark.parametrize("resampling", ["wild", "entity"])
def test_without_a_threshold_the_test_keeps_its_size(resampling):
    rejected = [
        threshold_regression(
            firms((1.0,), (), 1.0, seed=seed, n=40, years=4),
            **WHERE,
            seed=seed,
            grid=25,
            draws=99,
            resampling=resampling,
        )
        .tests[0]
        .p_value
        <= 0.05
        for seed in range(200)
    ]
    # 5% of 200, four Monte Carlo errors of 1.5 points either way
    assert 0.0 < np.mean(rejected) < 0.112


def test_a_clear_threshold_is_found_and_its_interval_holds_it():
    held = []
    for seed in range(60):
        found = threshold_regression(
            firms((0.0, 1.0), (5.0,), 1.0, seed=seed), **WHERE, seed=seed, grid=80, draws=39
        )
        assert found.tests[0].p_value <= 0.05
        only = found.thresholds[0]
        held.append(only.conf_low <= 5.0 <= only.conf_high)
    assert np.mean(held) > 0.85


def test_entities_that_miss_a_period_are_counted_and_the_rest_is_balanced():
    frame = firms((0.0, 1.0), (5.0,), 1.0)
    found = threshold_regression(frame.drop(index=[0, 1]), **WHERE, **SETTINGS)
    # firm 0 has lost two of its six rows
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("entity misses a period", 4)]
    assert found.linear.n_obs == len(frame) - 6


def test_the_frame_given_is_not_changed():
    frame = firms((0.0, 1.0), (5.0,), 1.0)
    before = frame.copy()
    threshold_regression(frame, **WHERE, **SETTINGS)
    pd.testing.assert_frame_equal(frame, before)


def test_the_same_seed_gives_the_same_p_value():
    frame = firms((0.0, 0.2), (5.0,), 1.0)
    one, other = (threshold_regression(frame, **WHERE, **SETTINGS).tests[0] for _ in range(2))
    assert one == other


def refused(frame: pd.DataFrame, **changes: object) -> str:
    with pytest.raises(Faults) as caught:
        threshold_regression(frame, **(WHERE | SETTINGS | changes))
    return str(caught.value)


FRAME = firms((0.0, 1.0), (5.0,), 1.0, n=20)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (FRAME[FRAME["t"] == 0], "panel, column 't': a single period"),
        (FRAME.assign(**{"debt ratio": 1.0}), "panel, column 'debt ratio': no variation within entities"),
        (FRAME.assign(size=1.0), "panel, column 'size': 1 distinct values"),
        (FRAME.assign(profit=np.inf), "panel, column 'profit': 120 infinite value(s)"),
        (FRAME.drop(columns="size"), "panel, column 'size': there is no such column"),
        (FRAME[FRAME["t"] != FRAME["firm"] % 6], "panel, column 'firm': 0 entities in every period"),
    ],
)
def test_what_cannot_be_estimated_is_refused_with_the_column(frame, words):
    assert words in refused(frame)


def test_four_thresholds_are_refused():
    assert "1 to 3 thresholds" in refused(FRAME, thresholds=4)

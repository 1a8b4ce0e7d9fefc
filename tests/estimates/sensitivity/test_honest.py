import numpy as np
import pandas as pd
import pytest
from moderndid.didhonest import compute_arp_ci, compute_arp_nuisance_ci, compute_flci
from scipy.stats import norm

from analysis.estimates.sensitivity.event_study import EventStudy, event_study
from analysis.estimates.sensitivity.honest import relative_magnitudes, smoothness
from analysis.estimates.sensitivity.relative_magnitudes import accepted, all_moments, moments_of, rejected
from analysis.estimates.sensitivity.smoothness import smoothness_interval
from analysis.faults import Faults

MEDICAID_FIRST = {
    0.5: (0.0240, 0.0672),
    1.0: (0.0170, 0.0720),
    1.5: (0.00824, 0.0797),
    2.0: (-0.000916, 0.0881),
}
MEDICAID_AVERAGE = {
    0.0: (0.041, 0.075),
    0.5: (0.033, 0.080),
    1.0: (0.020, 0.090),
    1.5: (0.006, 0.103),
    2.0: (-0.008, 0.117),
}
MEDICAID_SMOOTH = {
    0.0: (0.0259, 0.0607),
    0.01: (0.0132, 0.0787),
    0.02: (0.00286, 0.0907),
    0.03: (-0.00714, 0.101),
    0.05: (-0.0271, 0.121),
}


def intervals(found: pd.DataFrame) -> np.ndarray:
    """Bound, lower and upper end of each interval, m by 3."""
    return found[["bound", "conf_low", "conf_high"]].to_numpy()


def published(table: dict[float, tuple[float, float]], within: float) -> object:
    return pytest.approx(np.array([(bound, *ends) for bound, ends in table.items()]), abs=within)


def test_relative_magnitudes_of_medicaid_are_the_published_intervals(medicaid):
    """Published on a grid of 0.0004, with a critical value from 1,000 draws."""
    study = event_study(*medicaid, weights=pd.Series({0: 1.0}))
    found = relative_magnitudes(study, seed=1, bounds=tuple(MEDICAID_FIRST))
    assert intervals(found.intervals) == published(MEDICAID_FIRST, 0.0005)
    # "the breakdown value is Mbar = 2"
    assert found.breakdown == pytest.approx(2, abs=0.08)


def test_relative_magnitudes_of_the_average_are_the_published_intervals(medicaid):
    found = relative_magnitudes(event_study(*medicaid), seed=1, bounds=tuple(MEDICAID_AVERAGE))
    assert intervals(found.intervals) == published(MEDICAID_AVERAGE, 0.0012)


def test_smoothness_of_medicaid_is_published(medicaid):
    study = event_study(*medicaid, weights=pd.Series({0: 1.0}))
    found = smoothness(study, bounds=tuple(MEDICAID_SMOOTH))
    assert intervals(found.intervals) == published(MEDICAID_SMOOTH, 0.0004)
    # zero is excluded at 0.02 and not at 0.03
    assert 0.02 < found.breakdown < 0.03
    assert found.in_errors == pytest.approx(found.breakdown / study.effect_error)


def test_at_the_breakdown_value_the_interval_ends_at_zero(benzarti_carloni):
    found = smoothness(benzarti_carloni, bounds=())
    low, _ = smoothness_interval(benzarti_carloni, found.breakdown, 0.95)
    assert low == pytest.approx(0, abs=1e-6)
    relative = relative_magnitudes(benzarti_carloni, seed=3, bounds=())
    again = relative_magnitudes(benzarti_carloni, seed=3, bounds=(relative.breakdown,))
    assert again.intervals["conf_low"][0] == pytest.approx(0, abs=1e-4)


@pytest.mark.filterwarnings("ignore:Solution may be inaccurate")
@pytest.mark.parametrize("m", [0.02, 0.1])
def test_fixed_length_intervals_are_those_of_moderndid(benzarti_carloni, m):
    study = benzarti_carloni
    second = compute_flci(study.estimates, study.covariance, m, study.pre, study.post)
    assert smoothness_interval(study, m, 0.95) == pytest.approx(second.flci, abs=2e-5)


def test_without_a_bend_the_interval_is_generalised_least_squares_on_a_linear_trend(benzarti_carloni):
    study = benzarti_carloni
    trend = np.array([-4.0, -3, -2, -1, 1, 2, 3, 4])
    design = np.column_stack([trend, np.vstack([np.zeros((4, 4)), np.eye(4)])])
    inverse = np.linalg.inv(study.covariance)
    spread = np.linalg.inv(design.T @ inverse @ design)
    effect = (spread @ design.T @ inverse @ study.estimates)[1]
    reach = norm.ppf(0.975) * np.sqrt(spread[1, 1])
    assert smoothness_interval(study, 0.0, 0.95) == pytest.approx((effect - reach, effect + reach), rel=1e-7)


def polyhedron(pre: int, post: int, m_bar: float, step: int, sign: int) -> np.ndarray:
    """Rows of `A d <= 0`, the largest step before being number `step`, written out period by period."""
    periods = [*range(-pre, 0), 0, *range(1, post + 1)]

    def step_of(position: int) -> dict[int, float]:
        return {periods[position + 1]: 1.0, periods[position]: -1.0}

    rows = []
    for position in range(pre + post):
        for side in (1, -1):
            limit = 1.0 if position < pre else m_bar
            row = dict.fromkeys(periods, 0.0)
            for period, value in step_of(position).items():
                row[period] += side * value
            for period, value in step_of(step).items():
                row[period] -= limit * sign * value
            rows.append([row[period] for period in periods if period != 0])
    return np.array([row for row in rows if np.abs(row).max() > 1e-12])


@pytest.mark.parametrize(("step", "sign", "m_bar"), [(0, 1, 1.0), (3, -1, 1.0), (2, 1, 0.5)])
def test_the_test_of_one_polyhedron_is_that_of_moderndid(benzarti_carloni, step, sign, m_bar):
    """The step before treatment (number 3) is one that moderndid's own union leaves out."""
    study, size = benzarti_carloni, 0.05
    rows = polyhedron(study.pre, study.post, m_bar, step, sign)
    second = compute_arp_nuisance_ci(
        betahat=study.estimates,
        sigma=study.covariance,
        l_vec=study.weights[:, None],
        a_matrix=rows,
        d_vec=np.zeros(len(rows)),
        num_pre_periods=study.pre,
        num_post_periods=study.post,
        alpha=size,
        hybrid_flag="LF",
        hybrid_list={"hybrid_kappa": size / 10},
        grid_lb=0.0,
        grid_ub=0.4,
        grid_points=81,
        rows_for_arp=np.flatnonzero((rows[:, study.pre :] != 0).any(axis=1)),
    ).accept_grid
    draws = np.random.default_rng(0).standard_normal((20_000, 8))
    found = ~rejected(moments_of(study, m_bar, step, sign, size, draws), second[:, 0], size)
    # the ends may differ by one point of the grid, as critical values are drawn
    assert np.abs(found - second[:, 1]).sum() <= 2
    assert 0 < found.sum() < 81


def test_with_one_period_after_the_test_is_that_of_moderndid(benzarti_carloni):
    kept = [0, 1, 2, 3, 4]
    study = event_study(
        pd.Series(benzarti_carloni.estimates[kept], [-5, -4, -3, -2, 0]),
        pd.DataFrame(
            benzarti_carloni.covariance[np.ix_(kept, kept)], [-5, -4, -3, -2, 0], [-5, -4, -3, -2, 0]
        ),
    )
    draws = np.random.default_rng(0).standard_normal((20_000, 5))
    for step, sign, compatible in ((3, -1, True), (1, 1, False)):
        moments = moments_of(study, 1.0, step, sign, 0.05, draws)
        rows = polyhedron(4, 1, 1.0, step, sign)
        second = compute_arp_ci(
            beta_hat=study.estimates,
            sigma=study.covariance,
            A=rows,
            d=np.zeros(len(rows)),
            n_pre_periods=4,
            n_post_periods=1,
            alpha=0.05,
            hybrid_flag="LF",
            hybrid_kappa=0.005,
            lf_cv=moments.least_favourable,
            grid_lb=0.0,
            grid_ub=0.4,
            grid_points=81,
        )
        found = ~rejected(moments, second.theta_grid, 0.05)
        # moderndid does not truncate the second stage at the first's critical value here
        assert np.abs(found.astype(int) - second.accept_grid).sum() <= 1
        assert found.any() == compatible


def test_under_parallel_trends_and_no_error_before_the_interval_is_nearly_the_usual_one():
    times = [-3, -2, 0, 1]
    study = event_study(
        pd.Series([0.0, 0.0, 2.0, 4.0], times), pd.DataFrame(np.diag([1e-6, 1e-6, 1, 1]), times, times)
    )
    found = relative_magnitudes(study, seed=1, bounds=(1.0,)).intervals
    reach = norm.ppf(0.975) * np.sqrt(0.5)
    assert found["conf_low"][0] == pytest.approx(3 - reach, abs=0.04)
    assert found["conf_high"][0] == pytest.approx(3 + reach, abs=0.04)


def test_robust_intervals_cover_an_effect_whose_violation_is_at_the_bound():
    """Violations of one step a period before and after, one standard error each: coverage 95% or more."""
    times, truth = [-3, -2, 0, 1], np.array([-2.0, -1.0, 1.0, 2.0])
    covariance = pd.DataFrame(np.eye(4), times, times)
    random, covered, drawn = np.random.default_rng(5), 0, 200
    draws = random.standard_normal((5_000, 4))
    for _ in range(drawn):
        study = event_study(pd.Series(random.normal(truth, 1), times), covariance)
        covered += accepted(all_moments(study, 1.0, 0.05, draws), np.zeros(1), 0.05)[0]
    assert covered / drawn > 0.95 - 3 * np.sqrt(0.95 * 0.05 / drawn)


def test_an_effect_that_is_not_there_has_breakdown_zero():
    times = [-3, -2, 0]
    study = event_study(pd.Series([0.1, 0.2, 0.3], times), pd.DataFrame(np.eye(3), times, times))
    assert relative_magnitudes(study, seed=1, bounds=()).breakdown == 0
    assert smoothness(study, bounds=()).breakdown == 0


def test_with_one_lead_and_one_effect_the_linear_trend_is_extrapolated_by_hand():
    times = [-2, 0]
    study = event_study(pd.Series([0.5, 3.0], times), pd.DataFrame(np.diag([1.0, 4.0]), times, times))
    # effect less the trend of -0.5 a period: 3 + 0.5, variance 4 + 1
    reach = norm.ppf(0.975) * np.sqrt(5)
    found = smoothness(study, bounds=(0.0,)).intervals
    assert found.loc[0, ["conf_low", "conf_high"]].tolist() == pytest.approx([3.5 - reach, 3.5 + reach])


def test_a_gap_in_event_time_and_a_negative_bound_are_refused(medicaid):
    estimates, covariance = medicaid
    kept = [time for time in estimates.index if time != -3]
    gap: EventStudy = event_study(estimates[kept], covariance.loc[kept, kept])
    with pytest.raises(Faults, match="consecutive periods"):
        relative_magnitudes(gap, seed=1)
    with pytest.raises(Faults, match="0 or more"):
        smoothness(event_study(estimates, covariance), bounds=(-0.1,))

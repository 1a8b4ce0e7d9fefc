import numpy as np
import pytest

from analysis.estimates.switching.ratio import delta_error, fieller

V = np.diag([0.04, 0.01])


def test_fiellers_set_by_hand():
    # (1 - 4 * 0.01) r^2 - 2 * 2 r + (4 - 4 * 0.04) = 0: r = (2 -+ 0.56) / 0.96
    found = fieller(2.0, 1.0, V, critical=2.0, level=0.95)
    assert (found.shape, found.low, found.high) == ("interval", pytest.approx(1.5), pytest.approx(8 / 3))


def test_a_denominator_near_zero_leaves_the_values_outside_two_bounds():
    # (0.01 - 0.04) r^2 - 0.4 r + 3.84 = 0
    found = fieller(2.0, 0.1, V, critical=2.0, level=0.95)
    roots = sorted(np.roots([-0.03, -0.4, 3.84]).tolist())
    assert (found.shape, found.low, found.high) == (
        "complement",
        pytest.approx(roots[0]),
        pytest.approx(roots[1]),
    )
    assert found.holds(20.0) and found.holds(-30.0) and not found.holds(0.0)


def test_two_coefficients_near_zero_leave_every_number():
    found = fieller(0.1, 0.05, V, critical=2.0, level=0.95)
    assert (found.shape, found.low, found.high) == ("line", -np.inf, np.inf)


def test_the_delta_methods_error_by_hand():
    # gradient (1, -2): sqrt(0.04 + 4 * 0.01)
    assert delta_error(2.0, 1.0, V) == pytest.approx(np.sqrt(0.08))

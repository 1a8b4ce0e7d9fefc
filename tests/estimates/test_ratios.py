"""A ratio of sums against arithmetic by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.ratios import quotient, ratio
from analysis.faults import Faults


def test_a_ratio_of_sums_and_its_error():
    frame = pd.DataFrame({"paid": [1.0, 2.0, 6.0], "due": [2.0, 4.0, 6.0]})
    found = ratio(frame, "paid", "due")
    # 9 / 12; residuals -0.5, -1.0, 1.5 over the sum of 12, G / (G - 1) = 3 / 2
    assert found.estimate == pytest.approx(0.75)
    assert found.std_error == pytest.approx(np.sqrt(1.5 * (0.25 + 1 + 2.25)) / 12)


def test_a_whole_of_nothing_is_refused():
    with pytest.raises(Faults, match="due"):
        ratio(pd.DataFrame({"paid": [1.0, 2.0], "due": [0.0, 0.0]}), "paid", "due")


def test_a_quotient_of_two_ratios_and_its_error():
    first = ratio(pd.DataFrame({"paid": [1.0, 2.0, 6.0], "due": [2.0, 4.0, 6.0]}), "paid", "due")
    second = ratio(pd.DataFrame({"paid": [1.0, 1.0, 2.5], "due": [1.0, 1.0, 1.0]}), "paid", "due")
    found = quotient("q", first, second)
    # 0.75 / 1.5; errors sqrt(5.25) / 12 over 0.75 and sqrt(1.5 x 1.5) / 3 over 1.5; t(2) = 4.3027
    log_error = np.hypot(np.sqrt(5.25) / 12 / 0.75, 0.5 / 1.5)
    assert found.estimate == pytest.approx(0.5)
    assert found.std_error == pytest.approx(0.5 * log_error)
    assert found.conf_low == pytest.approx(0.5 * np.exp(-4.30265 * log_error), rel=1e-4)

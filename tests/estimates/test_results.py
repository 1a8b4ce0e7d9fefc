"""What a fit says of itself."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.estimates.results import Fit, Inference, estimates_of

INFERENCE = Inference(100, 20, 10, 9, "village", "named")


def fit() -> Fit:
    """Coefficients 2 and -1 with errors 0.5 and 1."""
    covariance = pd.DataFrame(np.diag([0.25, 1.0]), index=["a", "b"], columns=["a", "b"])
    estimates = estimates_of(
        pd.Series({"a": 2.0, "b": -1.0}),
        covariance,
        INFERENCE,
        outcome="income",
        estimator="pooled",
        engine="statsmodels",
    )
    return Fit("income", "pooled", "statsmodels", estimates, covariance, 0.5)


def test_intervals_use_t_with_clusters_less_one():
    """t(.975, 9) = 2.262."""
    a = fit().estimate("a")
    assert a.statistic == pytest.approx(4)
    assert (a.conf_low, a.conf_high) == (pytest.approx(2 - 1.131, abs=1e-3), pytest.approx(3.131, abs=1e-3))
    assert a.p_value == pytest.approx(2 * stats.t.sf(4, 9))


def test_an_unknown_term_is_answered_with_those_there_are():
    with pytest.raises(KeyError, match="no term 'c' in pooled; there are a, b"):
        fit().estimate("c")

"""Least squares on columns without effects, with errors clustered."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.cluster_scores import sum_by
from analysis.estimates.regressors import refuse_collinear
from analysis.estimates.results import Fit, estimates_of
from analysis.estimates.switching.absorption import Absorbed


@dataclass(frozen=True, slots=True)
class Regression:
    """Which of the columns left are regressed on which, and under what name."""

    outcome: str
    terms: tuple[str, ...]
    estimator: str


def least_squares(left: Absorbed, regression: Regression, *, treated: pd.Series, level: float) -> Fit:
    """Return `b = (X'X)^-1 X'y` of columns without effects; `treated` says of each row whether it is.

    The covariance is the clustered sandwich with the house's correction. Raises `Faults` naming terms
    that are combinations of others.
    """
    x_frame = left.columns[list(regression.terms)]
    refuse_collinear(x_frame, regression.terms)
    x, y = x_frame.to_numpy(), left.columns[regression.outcome].to_numpy()
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ (x.T @ y)
    residuals = y - x @ coefficients
    scores = inverse @ sum_by(left.clusters, x * residuals[:, None])
    bare = pd.DataFrame(scores @ scores.T, index=regression.terms, columns=regression.terms)
    covariance = bare * left.correction(len(regression.terms)).factor
    return Fit(
        outcome=regression.outcome,
        estimator=regression.estimator,
        engine="house",
        estimates=estimates_of(
            pd.Series(coefficients, index=regression.terms),
            covariance,
            left.inference(len(regression.terms), treated, level),
            outcome=regression.outcome,
            estimator=regression.estimator,
            engine="house",
        ),
        covariance=covariance,
        r2=1 - float(residuals @ residuals) / float(y @ y),
        dropped=left.dropped,
    )

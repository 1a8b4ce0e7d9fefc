"""Slopes of two outcomes on one regressor, with the joint covariance that their ratio needs."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.estimates.cluster_scores import sum_by
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Estimate, Inference, estimate_of
from analysis.estimates.switching.absorption import Absorbed
from analysis.estimates.switching.ratio import ConfidenceSet, fieller

REDUCED, FIRST = "reduced form", "first stage"


@dataclass(frozen=True, slots=True, eq=False)
class ReducedForms:
    """Slopes of a numerator and a denominator; `covariance` is 2 by 2, in this order."""

    numerator: Estimate
    denominator: Estimate
    covariance: Floats

    @property
    def ratio(self) -> float:
        """The slope of the numerator over that of the denominator."""
        return self.numerator.estimate / self.denominator.estimate

    def ratios(self) -> ConfidenceSet:
        """Return the set of ratios that are not rejected."""
        of = self.numerator
        return fieller(
            of.estimate,
            self.denominator.estimate,
            self.covariance,
            critical=float(stats.t.ppf(0.5 + of.level / 2, of.df_resid)),
            level=of.level,
        )


def reduced_forms(
    left: Absorbed, numerator: str, denominator: str, regressor: str, inference: Inference
) -> ReducedForms:
    """Return `z'y / z'z` of both outcomes, and the sandwich of their scores summed by cluster, corrected."""
    z = left.columns[regressor].to_numpy()
    y = left.columns[[numerator, denominator]].to_numpy()
    square = float(z @ z)
    slopes = (z @ y) / square
    scores = sum_by(left.clusters, z[:, None] * (y - np.outer(z, slopes)))
    covariance = scores @ scores.T / square**2 * left.correction(1).factor
    found = [
        estimate_of(
            regressor,
            float(slopes[i]),
            float(np.sqrt(covariance[i, i])),
            inference,
            outcome=outcome,
            estimator=estimator,
            engine="house",
        )
        for i, (outcome, estimator) in enumerate(((numerator, REDUCED), (denominator, FIRST)))
    ]
    return ReducedForms(found[0], found[1], covariance)

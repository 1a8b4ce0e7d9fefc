"""Figures with the uncertainty of the estimates carried through, by draws from their joint distribution."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.regressors import Floats
from analysis.estimates.results import Estimate

DRAWS = 2000
SEED = 20240615


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure at the estimates, with the middle 95% of its draws."""

    value: float
    low: float
    high: float


def draws_of(estimates: Sequence[Estimate], covariance: pd.DataFrame) -> Floats:
    """Return draws of estimates from their joint normal distribution, draws by estimates, always the same."""
    center = np.array([estimate.estimate for estimate in estimates])
    return np.random.default_rng(SEED).multivariate_normal(center, covariance.to_numpy(), DRAWS)


def drawn(value: float, draws: Floats) -> Drawn:
    """Return a figure with the middle 95% of its draws."""
    low, high = np.quantile(draws, [0.025, 0.975])
    return Drawn(value, float(low), float(high))

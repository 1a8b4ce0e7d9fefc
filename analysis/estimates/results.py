"""Results of regressions: one coefficient, one fitted regression."""

from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

Engine = Literal["linearmodels", "statsmodels", "pyfixest", "diff-diff", "rdrobust", "moderndid", "house"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows left out of a sample, for one reason."""

    reason: str
    n_obs: int


@dataclass(frozen=True, slots=True)
class Omitted:
    """A regressor left out of a regression, with the reason."""

    term: str
    reason: str


@dataclass(frozen=True, slots=True)
class VarianceComponents:
    """Variances of a random-effects model, in squared units of the outcome."""

    idiosyncratic: float
    entity: float


@dataclass(frozen=True, slots=True)
class Inference:
    """What turns a sandwich into intervals: the sample, its clusters, the correction, the level.

    `df_resid` are the degrees of freedom of the t distribution: clusters less one where
    errors are clustered, observations less parameters where they are not.
    """

    n_obs: int
    n_entities: int
    n_clusters: int | None
    df_resid: int
    clusters: str | None
    correction: str
    level: float = 0.95
    n_treated_clusters: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """One coefficient, in units of the outcome per unit of the term."""

    term: str
    estimate: float
    std_error: float
    statistic: float
    p_value: float
    conf_low: float
    conf_high: float
    n_obs: int
    n_entities: int
    n_clusters: int | None
    df_resid: int
    outcome: str
    estimator: str
    engine: Engine
    clusters: str | None
    correction: str
    level: float
    n_treated_clusters: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """One fitted regression.

    `covariance` is terms by terms, corrected. `r2` is the share of the outcome's variation
    that the regressors explain: of the outcome itself (pooled), quasi-demeaned (random effects),
    with all effects removed (fixed effects). Period dummies are in the regression, not in `estimates`.
    """

    outcome: str
    estimator: str
    engine: Engine
    estimates: tuple[Estimate, ...]
    covariance: pd.DataFrame
    r2: float
    dropped: tuple[Dropped, ...] = ()
    omitted: tuple[Omitted, ...] = ()
    variance_components: VarianceComponents | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of the reported coefficients, in order."""
        return tuple(estimate.term for estimate in self.estimates)

    def estimate(self, term: str) -> Estimate:
        """Return the coefficient of one term; raises `KeyError` with the terms there are."""
        for estimate in self.estimates:
            if estimate.term == term:
                return estimate
        raise KeyError(f"no term {term!r} in {self.estimator}; there are {', '.join(self.terms)}")

    def tidy(self) -> pd.DataFrame:
        """Return one row a term, with the fields of `Estimate` as columns."""
        return pd.DataFrame([asdict(estimate) for estimate in self.estimates])


def estimates_of(
    coefficients: pd.Series,
    covariance: pd.DataFrame,
    inference: Inference,
    *,
    outcome: str,
    estimator: str,
    engine: Engine,
) -> tuple[Estimate, ...]:
    """Return estimates with t intervals: `b ± t(df, 1 - (1 - level) / 2) se`.

    Where the error is zero the statistic is infinite, or not a number for a zero estimate.
    """
    values = coefficients.to_numpy()
    errors = np.sqrt(np.diag(covariance.to_numpy()))
    with np.errstate(divide="ignore", invalid="ignore"):
        statistics = values / errors
    p_values = 2 * stats.t.sf(np.abs(statistics), inference.df_resid)
    reach = stats.t.ppf(0.5 + inference.level / 2, inference.df_resid) * errors
    return tuple(
        Estimate(
            term=str(term),
            estimate=float(values[i]),
            std_error=float(errors[i]),
            statistic=float(statistics[i]),
            p_value=float(p_values[i]),
            conf_low=float(values[i] - reach[i]),
            conf_high=float(values[i] + reach[i]),
            outcome=outcome,
            estimator=estimator,
            engine=engine,
            **asdict(inference),
        )
        for i, term in enumerate(coefficients.index)
    )


def estimate_of(
    term: str,
    value: float,
    std_error: float,
    inference: Inference,
    *,
    outcome: str,
    estimator: str,
    engine: Engine,
) -> Estimate:
    """Return one estimate with its t interval."""
    covariance = pd.DataFrame([[std_error**2]], index=[term], columns=[term])
    found = estimates_of(
        pd.Series({term: value}),
        covariance,
        inference,
        outcome=outcome,
        estimator=estimator,
        engine=engine,
    )
    return found[0]

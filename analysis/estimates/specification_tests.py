"""Tests between random and fixed household effects: Hausman's and Mundlak's."""

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.regressors import mean_name
from analysis.estimates.results import Fit

HAUSMAN = "Hausman test"
MUNDLAK = "Mundlak test"


def wald(coefficients: np.ndarray, covariance: np.ndarray) -> float:
    """Return `b'V^-1 b`."""
    return float(coefficients @ np.linalg.solve(covariance, coefficients))


def coefficients_of(fit: Fit, terms: list[str]) -> pd.Series:
    """Return the coefficients of some terms of a fit."""
    return pd.Series({term: fit.estimate(term).estimate for term in terms})


def hausman_test(fixed: Fit, random: Fit) -> TestResult | NotApplicable:
    """Test that household effects are uncorrelated with the regressors (Hausman 1978).

    `H = q'(V_fixed - V_random)^-1 q ~ chi2(k)`, `q = b_fixed - b_random` over the terms that both
    report. It rests on classical errors: fits with clustered errors are not applicable, nor is a
    difference of covariances that is not positive definite; `mundlak_test` serves in both cases.
    """
    terms = [term for term in fixed.terms if term in random.terms]
    if not terms:
        return NotApplicable(HAUSMAN, "the two fits have no term in common")
    clustered = [fit.estimator for fit in (fixed, random) if fit.estimate(terms[0]).clusters is not None]
    if clustered:
        reason = f"it needs classical errors, and those of {' and '.join(clustered)} are clustered"
        return NotApplicable(HAUSMAN, reason)
    difference = (fixed.covariance.loc[terms, terms] - random.covariance.loc[terms, terms]).to_numpy()
    if np.linalg.eigvalsh(difference).min() <= 0:
        return NotApplicable(HAUSMAN, "the difference of the covariances is not positive definite")
    gap = (coefficients_of(fixed, terms) - coefficients_of(random, terms)).to_numpy()
    statistic = wald(gap, difference)
    return TestResult(
        name=HAUSMAN,
        null="household effects are uncorrelated with the regressors",
        statistic=statistic,
        df=len(terms),
        p_value=float(stats.chi2.sf(statistic, len(terms))),
        distribution=f"chi2({len(terms)})",
    )


def mundlak_test(correlated: Fit) -> TestResult | NotApplicable:
    """Test that the coefficients of all household means are zero (Mundlak 1978).

    `W / q ~ F(q, df)` with the fit's own covariance, so it holds under clustered errors; with
    clusters `df` is their number less one. It is the robust form of Hausman's test.
    """
    means = [term for term in map(mean_name, correlated.terms) if term in correlated.terms]
    if not means:
        return NotApplicable(MUNDLAK, f"{correlated.estimator} has no household means among its terms")
    df_resid = correlated.estimate(means[0]).df_resid
    if len(means) > df_resid:
        return NotApplicable(MUNDLAK, f"{len(means)} means cannot be tested with {df_resid + 1} clusters")
    covariance = correlated.covariance.loc[means, means].to_numpy()
    statistic = wald(coefficients_of(correlated, means).to_numpy(), covariance) / len(means)
    return TestResult(
        name=MUNDLAK,
        null="the coefficients of all household means are zero",
        statistic=statistic,
        df=len(means),
        p_value=float(stats.f.sf(statistic, len(means), df_resid)),
        distribution=f"F({len(means)}, {df_resid})",
    )

"""Tests of dynamic panel regressions: overidentifying restrictions and serial correlation."""

import numpy as np
from scipy import stats

from analysis.estimates.dynamics.grids import Stacked
from analysis.estimates.dynamics.moments import Moments, Step
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import Codes

SARGAN = "Sargan test"
HANSEN = "Hansen J test"


def residuals(stacked: Stacked, coefficients: Floats) -> Floats:
    """Return residuals of the differenced equations, N by rows, zero where not usable."""
    whole = stacked.outcome - stacked.regressors @ coefficients
    return whole[:, : stacked.n_differences]


def overidentification(name: str, statistic: float, n_over: int) -> TestResult | NotApplicable:
    """Return a chi-squared test of the restrictions beyond those that identify the coefficients."""
    if n_over < 1:
        return NotApplicable(name, "there are no more instruments than coefficients")
    return TestResult(
        name=name,
        null="all instruments are uncorrelated with the errors",
        statistic=statistic,
        df=n_over,
        p_value=float(stats.chi2.sf(statistic, n_over)),
        distribution=f"chi2({n_over})",
    )


def sargan_test(moments: Moments, stacked: Stacked, first: Step) -> TestResult | NotApplicable:
    """Return Sargan's test after one step, valid if errors are independent with equal variances.

    `e'Z W Z'e / s2`, `s2 = sum e^2 / (2 (n - K))` over the n differenced residuals.
    """
    total = moments.scores(first.coefficients).sum(axis=0)
    n_differences = int(stacked.usable[:, : stacked.n_differences].sum())
    squares = float((residuals(stacked, first.coefficients) ** 2).sum())
    variance = squares / (2 * (n_differences - len(first.coefficients)))
    statistic = float(total @ first.weight @ total) / variance
    return overidentification(SARGAN, statistic, len(total) - len(first.coefficients))


def hansen_test(moments: Moments, second: Step) -> TestResult | NotApplicable:
    """Return Hansen's (1982) J after two steps, robust but weakened by many instruments.

    It is not applicable where instruments outnumber clusters: the weight then fits the moments.
    """
    n_clusters, n_instruments = moments.outcome.shape
    if n_instruments >= n_clusters:
        return NotApplicable(HANSEN, f"{n_instruments} instruments are too many for {n_clusters} clusters")
    total = moments.scores(second.coefficients).sum(axis=0)
    statistic = float(total @ second.weight @ total)
    return overidentification(HANSEN, statistic, len(total) - len(second.coefficients))


def serial_correlation(
    moments: Moments, stacked: Stacked, step: Step, clusters: Codes, order: int
) -> TestResult | NotApplicable:
    """Return Arellano and Bond's (1991) m-statistic on differenced residuals, normal under the null.

    `m = sum_g q_g / sqrt(sum_g q_g^2 - 2 w'X B X'Z W sum_g s_g q_g + w'X V X'w)`, `q_g = w_g'e_g`,
    `w` the residuals `order` periods earlier. First-order correlation is expected; the second refutes
    the instruments.
    """
    name = f"AR({order}) test"
    e = residuals(stacked, step.coefficients)
    earlier = np.zeros_like(e)
    earlier[:, order:] = e[:, : max(e.shape[1] - order, 0)]
    if not (earlier * e).any():
        return NotApplicable(name, f"no entity has residuals {order} period(s) apart")
    q = np.bincount(clusters, (earlier * e).sum(axis=1))
    scores = moments.scores(step.coefficients)
    wx = np.einsum("nt,ntk->k", earlier, stacked.regressors[:, : stacked.n_differences])
    half = step.bread @ moments.regressors.sum(axis=0).T @ step.weight
    variance = float(q @ q - 2 * wx @ half @ (scores.T @ q) + wx @ step.covariance @ wx)
    statistic = float(q.sum() / np.sqrt(variance))
    return TestResult(
        name=name,
        null=f"differenced errors have no correlation of order {order}",
        statistic=statistic,
        df=0,
        p_value=float(2 * stats.norm.sf(abs(statistic))),
        distribution="N(0, 1)",
    )

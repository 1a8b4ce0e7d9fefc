"""Generalised method of moments for regressions on the outcome's own past, in differences or as a system.

Written here since no kept Python library runs on present numpy; checked against R's plm.
"""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.estimates.column_checks import plain
from analysis.estimates.dynamics.dynamic_design import DynamicDesign, Equations, check_dynamic
from analysis.estimates.dynamics.dynamic_sample import DynamicSample, take_dynamic_sample
from analysis.estimates.dynamics.gmm_tests import hansen_test, sargan_test, serial_correlation
from analysis.estimates.dynamics.moments import one_step, two_step
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.results import Dropped, Estimate, Inference, estimates_of
from analysis.faults import Fault, Faults

Steps = Literal[1, 2]
ESTIMATORS: dict[tuple[Equations, Steps], str] = {
    ("difference", 1): "Arellano-Bond, one step",
    ("difference", 2): "Arellano-Bond, two steps",
    ("system", 1): "Blundell-Bond, one step",
    ("system", 2): "Blundell-Bond, two steps",
}
CORRECTIONS: dict[Steps, str] = {1: "robust, no factor", 2: "Windmeijer (2005), no factor"}


@dataclass(frozen=True, slots=True, eq=False)
class DynamicFit:
    """A dynamic panel regression; period dummies and the constant are in it, not in `estimates`.

    `n_obs` counts the equations in differences, or in levels for a system. `sargan` follows the first
    step and `hansen` the second, whichever is reported; `serial_correlation` are tests of first and
    second order.
    """

    outcome: str
    estimator: str
    equations: Equations
    steps: Steps
    estimates: tuple[Estimate, ...]
    covariance: pd.DataFrame
    n_instruments: int
    sargan: TestResult | NotApplicable
    hansen: TestResult | NotApplicable
    serial_correlation: tuple[TestResult | NotApplicable, ...]
    dropped: tuple[Dropped, ...]

    def estimate(self, term: str) -> Estimate:
        """Return the coefficient of one term; raises `KeyError` with the terms there are."""
        for estimate in self.estimates:
            if estimate.term == term:
                return estimate
        raise KeyError(f"no term {term!r}; there are {', '.join(e.term for e in self.estimates)}")


def refuse_two_steps(sample: DynamicSample) -> None:
    """Raise `Faults` if instruments outnumber clusters, so that the second step has no weight."""
    if sample.n_instruments > sample.n_clusters:
        found = f"{sample.n_instruments} instruments for {sample.n_clusters} clusters"
        mend = "collapse them, lower deepest_lag, cluster by a smaller unit, or take one step"
        raise Faults([Fault("design", found, "no more than clusters, better far fewer", mend)])


def inference_of(sample: DynamicSample, design: DynamicDesign, steps: Steps) -> Inference:
    """Return what the estimates say of their sample."""
    return Inference(
        n_obs=sample.n_obs,
        n_entities=sample.n_entities,
        n_clusters=sample.n_clusters,
        df_resid=sample.n_clusters - 1,
        clusters=design.cluster_column,
        correction=CORRECTIONS[steps],
        n_treated_clusters=sample.n_treated_clusters,
    )


def fit_steps(sample: DynamicSample, design: DynamicDesign, steps: Steps) -> DynamicFit:
    """Return both steps' tests and the coefficients of the step asked for."""
    moments, stacked = sample.moments, sample.stacked
    first = one_step(moments)
    second = two_step(moments, first)
    step = first if steps == 1 else second
    terms = list(stacked.terms[: stacked.n_reported])
    covariance = pd.DataFrame(step.covariance, index=stacked.terms, columns=stacked.terms).loc[terms, terms]
    estimator = ESTIMATORS[sample.equations, steps]
    return DynamicFit(
        outcome=sample.outcome,
        estimator=estimator,
        equations=sample.equations,
        steps=steps,
        estimates=estimates_of(
            pd.Series(step.coefficients[: len(terms)], index=terms),
            covariance,
            inference_of(sample, design, steps),
            outcome=sample.outcome,
            estimator=estimator,
            engine="house",
        ),
        covariance=covariance,
        n_instruments=sample.n_instruments,
        sargan=sargan_test(moments, stacked, first),
        hansen=hansen_test(moments, second),
        serial_correlation=tuple(
            serial_correlation(moments, stacked, step, sample.clusters, order) for order in (1, 2)
        ),
        dropped=sample.dropped,
    )


def fit_dynamic(
    frame: pd.DataFrame, outcome: str, design: DynamicDesign, *, equations: Equations, steps: Steps
) -> DynamicFit:
    """Regress an outcome on its own past and others, household effects removed by differencing.

    `y_it = sum_p r_p y_(i,t-p) + x_it'b + a_i + d_t + e_it`. Differences (Arellano and Bond 1991) are
    instrumented by levels two periods back and earlier, `E[y_(t-l) de_t] = 0` for `l >= 2`. A system
    (Blundell and Bond 1998) adds equations in levels with `E[dy_(t-1) (a + e_t)] = 0`, which needs
    households near their own long-run level at the start; exogenous regressors then instrument the
    differences only. A lag is the preceding period among those in the table; an equation with a gap
    is left out, a missing instrument is zero. Errors are robust, clustered by `design.clusters`.
    Raises `Faults` for panels that are too short, regressors constant in time, and in two steps for
    more instruments than clusters.
    """
    frame = plain(frame)
    check_dynamic(frame, outcome, design)
    sample = take_dynamic_sample(frame, outcome, design, equations)
    if steps == 2:
        refuse_two_steps(sample)
    return fit_steps(sample, design, steps)

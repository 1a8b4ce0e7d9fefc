"""Two-stage least squares on columns without effects, by linearmodels, with the house's correction."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from linearmodels.iv import IV2SLS

from analysis.estimates.need_based.rule_sample import Partialled, refuse_absorbed
from analysis.estimates.regressors import refuse_collinear
from analysis.estimates.results import Estimate, Inference, estimates_of


@dataclass(frozen=True, slots=True, eq=False)
class TwoStage:
    """Coefficients of the doses, their corrected covariance (doses by doses), and what they rest on."""

    estimates: tuple[Estimate, ...]
    covariance: pd.DataFrame
    inference: Inference


def inference_of(partialled: Partialled, n_doses: int, n_treated: int | None, level: float) -> Inference:
    """Return what turns the sandwich into intervals."""
    correction = partialled.correction(n_doses)
    return Inference(
        n_obs=partialled.sample.n_obs,
        n_entities=partialled.sample.n_entities,
        n_clusters=correction.n_clusters,
        df_resid=correction.df_resid,
        clusters=partialled.sample.design.clusters,
        correction=correction.name,
        level=level,
        n_treated_clusters=n_treated,
    )


def two_stage(
    partialled: Partialled,
    outcome: str,
    doses: tuple[str, ...],
    instruments: tuple[str, ...],
    *,
    estimator: str,
    n_treated: int | None,
    level: float = 0.95,
) -> TwoStage:
    """Return `b = (D'P D)^-1 D'P y`, `P = Z(Z'Z)^-1 Z'`, with errors clustered.

    With doses as their own instruments this is least squares. Raises `Faults` for doses or instruments of
    which effects and controls leave nothing, or that are sums of each other.
    """
    columns = partialled.columns
    for named in (doses, instruments):
        refuse_absorbed(partialled, named, "effects and controls")
        refuse_collinear(columns[list(named)], named)
    model = IV2SLS(columns[[outcome]], None, columns[list(doses)], columns[list(instruments)])
    fitted = model.fit(cov_type="clustered", clusters=partialled.clusters, debiased=False)
    covariance = fitted.cov * partialled.correction(len(doses)).factor
    inference = inference_of(partialled, len(doses), n_treated, level)
    estimates = estimates_of(
        fitted.params,
        covariance,
        inference,
        outcome=outcome,
        estimator=estimator,
        engine="linearmodels",
    )
    return TwoStage(estimates, covariance, inference)


def contrast(of: TwoStage, weights: tuple[float, ...], term: str) -> Estimate:
    """Return a linear combination of the coefficients, by their joint covariance."""
    w = np.array(weights)
    values = pd.Series({term: float(w @ [estimate.estimate for estimate in of.estimates])})
    variance = pd.DataFrame([[w @ of.covariance.to_numpy() @ w]], index=[term], columns=[term])
    first = of.estimates[0]
    return estimates_of(
        values,
        variance,
        of.inference,
        outcome=first.outcome,
        estimator=first.estimator,
        engine=first.engine,
    )[0]

"""Conditional quantile regression with clustered errors, by pyfixest."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyfixest

from analysis.estimates.column_checks import where
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.estimates.regressors import CONSTANT, regressors
from analysis.estimates.results import Dropped, Estimate, Inference, estimates_of
from analysis.estimates.small_sample import levels
from analysis.faults import Fault, Faults

CORRECTION = "Parente and Santos Silva (2016), pyfixest's factor"
CLASSICAL = "kernel, errors not identically distributed"


@dataclass(frozen=True, slots=True, eq=False)
class QuantileFit:
    """Effects on one conditional quantile, in units of the outcome per unit of the term."""

    outcome: str
    quantile: float
    estimates: tuple[Estimate, ...]
    covariance: pd.DataFrame
    dropped: tuple[Dropped, ...]

    def estimate(self, term: str) -> Estimate:
        """Return the coefficient of one term; raises `KeyError` with the terms there are."""
        for estimate in self.estimates:
            if estimate.term == term:
                return estimate
        raise KeyError(f"no term {term!r}; there are {', '.join(e.term for e in self.estimates)}")


def inference_of(sample: PanelSample, n_columns: int) -> Inference:
    """Return what the estimates say of their sample."""
    clusters = sample.clusters
    treated = (sample.values[list(sample.design.treatments)].to_numpy() != 0).any(axis=1)
    return Inference(
        n_obs=sample.n_obs,
        n_entities=sample.n_entities,
        n_clusters=None if clusters is None else levels(clusters),
        df_resid=sample.n_obs - n_columns if clusters is None else levels(clusters) - 1,
        clusters=sample.design.clusters,
        correction=CLASSICAL if clusters is None else CORRECTION,
        n_treated_clusters=None if clusters is None else levels(clusters[treated]),
    )


def fit_quantile(sample: PanelSample, quantile: float) -> QuantileFit:
    """Return one quantile's regression on the terms, and on period dummies if asked."""
    terms = list(sample.design.terms)
    exog = regressors(sample).matrix
    names = [f"x{i}" for i in range(1, exog.shape[1])]
    rows = exog.iloc[:, 1:].set_axis(names, axis=1).assign(y=sample.values[sample.outcome].to_numpy())
    if sample.clusters is not None:
        rows = rows.assign(clusters=sample.clusters)
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", r"\s*The Quantile Regression implementation is experimental", FutureWarning
        )
        try:
            model = pyfixest.quantreg(
                f"y ~ {' + '.join(names)}",
                rows,
                quantile=quantile,
                vcov="nid" if sample.clusters is None else {"CRV1": "clusters"},
                tol=1e-9,
            )
        except np.linalg.LinAlgError as error:
            found, mend = "no residual is left", "leave out the regressor that determines it"
            raise Faults([Fault(where(sample.outcome), found, "an outcome that differs", mend)]) from error
    coefficients = model.coef().set_axis(exog.columns)
    covariance = pd.DataFrame(model._vcov, index=exog.columns, columns=exog.columns)
    shown = [CONSTANT, *terms]
    return QuantileFit(
        outcome=sample.outcome,
        quantile=quantile,
        estimates=estimates_of(
            coefficients[shown],
            covariance.loc[shown, shown],
            inference_of(sample, exog.shape[1]),
            outcome=sample.outcome,
            estimator=f"quantile regression at {quantile:g}",
            engine="pyfixest",
        ),
        covariance=covariance.loc[shown, shown],
        dropped=sample.dropped,
    )


def quantile_effects(
    frame: pd.DataFrame,
    outcome: str,
    design: PanelDesign,
    specification: Specification,
    quantiles: tuple[float, ...],
) -> tuple[QuantileFit, ...]:
    """Regress quantiles of the outcome given the regressors: `Q_tau(y | x) = x'b(tau)`.

    Koenker and Bassett (1978), by interior points; errors after Parente and Santos Silva (2016) if
    clustered. Coefficients speak of who is high or low among those with the same `x`, not of the
    poor and the rich; `rif_effects` does that. Household effects are refused: differencing does not
    remove them from a quantile. Raises `Faults` as `fit_panel` does.
    """
    faults = [
        Fault("quantiles", f"{quantile:g}", "between 0 and 1", "give shares, not percentages")
        for quantile in quantiles
        if not 0 < quantile < 1
    ]
    if specification.household != "none" or specification.period == "by_group":
        mend = "use rif_effects for household effects"
        faults.append(
            Fault("specification", specification.name, "pooled, with or without year effects", mend)
        )
    if faults:
        raise Faults(faults)
    check_panel(frame, outcome, design, specification)
    sample = take_sample(frame, outcome, design, specification)
    return tuple(fit_quantile(sample, quantile) for quantile in quantiles)

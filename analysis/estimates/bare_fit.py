"""A regression as an engine returns it, and as the house reports it: one correction for all engines."""

from dataclasses import dataclass

import pandas as pd

from analysis.estimates.panel_sample import PanelSample
from analysis.estimates.results import Engine, Fit, Inference, Omitted, VarianceComponents, estimates_of
from analysis.estimates.small_sample import correction_for
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class BareFit:
    """Coefficients of the reported terms with their uncorrected covariance.

    `covariance` is the bare sandwich, or `RSS/n (X'X)^-1` without clusters; `n_terms` counts all
    columns of the regression, reported or not, but not the effects that were removed.
    """

    engine: Engine
    coefficients: pd.Series
    covariance: pd.DataFrame
    n_terms: int
    r2: float
    variance_components: VarianceComponents | None = None


def absorbed_terms(sample: PanelSample, kept: pd.Index) -> tuple[Omitted, ...]:
    """Return controls that the effects absorb; raises `Faults` if a treatment is among them."""
    lost = [term for term in sample.design.terms if term not in kept]
    faults = [
        Fault(
            f"panel, column {term!r}",
            f"absorbed by {sample.specification.name}",
            "a treatment that does not change for all who are compared at the same time",
            "choose a specification with fewer effects",
        )
        for term in lost
        if term in sample.design.treatments
    ]
    if faults:
        raise Faults(faults)
    reason = f"absorbed by {sample.specification.name} and the terms before it"
    return tuple(Omitted(term, reason) for term in lost)


def correct(sample: PanelSample, bare: BareFit, omitted: tuple[Omitted, ...]) -> Fit:
    """Return the fit with the house's correction and t intervals."""
    correction = correction_for(sample.n_obs, bare.n_terms, sample.effects, sample.clusters)
    covariance = bare.covariance * correction.factor
    inference = Inference(
        n_obs=sample.n_obs,
        n_entities=sample.n_entities,
        n_clusters=correction.n_clusters,
        df_resid=correction.df_resid,
        clusters=sample.design.clusters,
        correction=correction.name,
    )
    estimator = sample.specification.name
    return Fit(
        outcome=sample.outcome,
        estimator=estimator,
        engine=bare.engine,
        estimates=estimates_of(
            bare.coefficients,
            covariance,
            inference,
            outcome=sample.outcome,
            estimator=estimator,
            engine=bare.engine,
        ),
        covariance=covariance,
        r2=bare.r2,
        dropped=sample.dropped,
        omitted=omitted,
        variance_components=bare.variance_components,
    )

"""Effects on quantiles, variance and inequality of the whole distribution, by RIF regression."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.distribution.rif import Statistic, distribution_of, rif, statistic_name
from analysis.estimates.distribution.rif_bootstrap import (
    clusters_of,
    draw_coefficients,
    is_nested_in_clusters,
    projection,
)
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_regression import fit_sample
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.estimates.results import Estimate, Fit, Inference, estimates_of
from analysis.estimates.small_sample import levels
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class RifEffect:
    """Effects on one statistic, in its units: those of the outcome, squared for a variance.

    `value` is the statistic in the sample. `estimates` have bootstrap errors, which count that the
    statistic is estimated; the errors of `fit` take it as known.
    """

    statistic: str
    value: float
    estimates: tuple[Estimate, ...]
    fit: Fit
    draws: int
    seed: int

    def estimate(self, term: str) -> Estimate:
        """Return the coefficient of one term; raises `KeyError` with the terms there are."""
        for estimate in self.estimates:
            if estimate.term == term:
                return estimate
        raise KeyError(f"no term {term!r}; there are {', '.join(e.term for e in self.estimates)}")


def check_statistics(
    frame: pd.DataFrame,
    outcome: str,
    specification: Specification,
    statistics: tuple[Statistic, ...],
    draws: int,
) -> None:
    """Raise `Faults` for quantiles out of range, a Gini without a positive mean, and random effects."""
    faults = [
        Fault("statistics", f"quantile {q:g}", "between 0 and 1", "give shares, not percentages")
        for q in statistics
        if not isinstance(q, str) and not 0 < q < 1
    ]
    if "gini" in statistics and frame[outcome].mean() <= 0:
        mend = "the Gini has no meaning here"
        faults.append(Fault(where(outcome), "a mean of zero or less", "a positive mean", mend))
    if specification.household in ("random", "correlated"):
        allowed = "pooled or household effects"
        faults.append(Fault("specification", specification.name, allowed, "choose one of them"))
    if draws < 2:
        faults.append(Fault("draws", str(draws), "two or more, better 999", "raise it"))
    if faults:
        raise Faults(faults)


def bootstrap_inference(sample: PanelSample, draws: int) -> Inference:
    """Return what the estimates say of their sample; treated are clusters with any treatment not zero."""
    clusters = clusters_of(sample)
    treated = (sample.values[list(sample.design.treatments)].to_numpy() != 0).any(axis=1)
    return Inference(
        n_obs=sample.n_obs,
        n_entities=sample.n_entities,
        n_clusters=levels(clusters),
        df_resid=levels(clusters) - 1,
        clusters=sample.design.clusters or sample.design.entity,
        correction=f"cluster bootstrap, {draws} draws",
        n_treated_clusters=levels(clusters[treated]),
    )


def rif_effect(sample: PanelSample, statistic: Statistic, *, draws: int, seed: int) -> RifEffect:
    """Return the effect on one statistic of one sample."""
    distribution = distribution_of(sample.values[sample.outcome].to_numpy())
    values = rif(distribution, statistic)
    fit = fit_sample(replace(sample, values=sample.values.assign(**{sample.outcome: values})))
    drawn = draw_coefficients(projection(sample), distribution, statistic, draws=draws, seed=seed)
    terms = [term for term in sample.design.terms if term in fit.terms]
    coefficients = pd.Series({term: fit.estimate(term).estimate for term in terms})
    covariance = pd.DataFrame(np.atleast_2d(np.cov(drawn, rowvar=False)), index=terms, columns=terms)
    name = statistic_name(statistic)
    return RifEffect(
        statistic=name,
        value=float(values.mean()),
        estimates=estimates_of(
            coefficients,
            covariance,
            bootstrap_inference(sample, draws),
            outcome=sample.outcome,
            estimator=f"RIF of {name}, {sample.specification.name}",
            engine=fit.engine,
        ),
        fit=fit,
        draws=draws,
        seed=seed,
    )


def rif_effects(
    frame: pd.DataFrame,
    outcome: str,
    design: PanelDesign,
    specification: Specification,
    *,
    statistics: tuple[Statistic, ...],
    seed: int,
    draws: int = 999,
) -> tuple[RifEffect, ...]:
    """Regress the recentred influence function of each statistic on the treatments.

    `RIF(y_it; v) = x_it'b + a_i + d_t + e_it`; `b` is the effect on the statistic `v` of the pooled
    distribution of a small shift of `x` for all (Firpo, Fortin and Lemieux 2009, 2018). For a large
    change, or a 0/1 treatment, it is an approximation. Statistics are quantiles (0.1) or `mean`,
    `variance`, `gini`. Errors are those of a bootstrap over `design.clusters` (entities if None).
    Raises `Faults` as `fit_panel` does, and for entities in several clusters.
    """
    check_panel(frame, outcome, design, specification)
    check_statistics(frame, outcome, specification, statistics, draws)
    sample = take_sample(frame, outcome, design, specification)
    if not is_nested_in_clusters(sample):
        mend = "use the cluster of the first period for all periods"
        raise Faults([Fault(where(str(design.clusters)), "entities in several clusters", "one each", mend)])
    return tuple(rif_effect(sample, statistic, draws=draws, seed=seed) for statistic in statistics)

"""The restricted wild cluster bootstrap of one coefficient, for few clusters."""

from dataclasses import dataclass

import pandas as pd

from analysis.estimates.bootstrap_draws import Weights, draw_statistics, is_enumerated, weight_chunks
from analysis.estimates.cluster_scores import cluster_scores, nested_clusters
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.estimates.small_sample import levels
from analysis.faults import Fault, Faults, did_you_mean


@dataclass(frozen=True, slots=True)
class WildBootstrap:
    """A bootstrap p-value of `term = null`, and the interval of all nulls that it does not reject.

    `draws` includes the sample itself, all weights one; under `enumerated` they are all 2^G sign
    patterns. A bound is infinite if no null on that side is rejected. `n_treated_clusters` counts
    clusters in which the term is ever different from zero.
    """

    outcome: str
    estimator: str
    term: str
    estimate: float
    null: float
    p_value: float
    conf_low: float
    conf_high: float
    level: float
    draws: int
    enumerated: bool
    weights: Weights
    seed: int
    clusters: str
    n_obs: int
    n_clusters: int
    n_treated_clusters: int


def bootstrap_sample(
    sample: PanelSample, term: str, *, null: float, level: float, draws: int, weights: Weights, seed: int
) -> WildBootstrap:
    """Bootstrap one term of a sample."""
    scores = cluster_scores(sample, term)
    n_clusters = len(scores.numerator)
    drawn = draw_statistics(scores, weight_chunks(weights, n_clusters, draws, seed))
    low, high = drawn.interval(scores.estimate, scores.variance, level)
    treated = nested_clusters(sample)[sample.values[term].to_numpy() != 0]
    return WildBootstrap(
        outcome=sample.outcome,
        estimator=sample.specification.name,
        term=term,
        estimate=scores.estimate,
        null=null,
        p_value=drawn.p_value(scores.estimate - null, scores.variance),
        conf_low=low,
        conf_high=high,
        level=level,
        draws=len(drawn.move),
        enumerated=is_enumerated(weights, n_clusters, draws),
        weights=weights,
        seed=seed,
        clusters=str(sample.design.clusters),
        n_obs=sample.n_obs,
        n_clusters=n_clusters,
        n_treated_clusters=levels(treated),
    )


def wild_bootstrap(
    frame: pd.DataFrame,
    outcome: str,
    design: PanelDesign,
    term: str,
    *,
    seed: int,
    specification: Specification = HOUSEHOLD_YEAR,
    null: float = 0.0,
    level: float = 0.95,
    draws: int = 9_999,
    weights: Weights = "webb",
) -> WildBootstrap:
    """Return the restricted wild cluster bootstrap (WCR) of one coefficient.

    Weights are drawn by `design.clusters`, in which households must nest. Cameron, Gelbach and
    Miller (2008); six-point weights: Webb (2023). Raises `Faults` as `fit_panel` does, without
    clusters, for random effects, and for a term that the design does not have.
    """
    check_panel(frame, outcome, design, specification)
    faults = []
    if term not in design.terms:
        mend = did_you_mean(term, design.terms)
        faults.append(Fault("design", f"no term {term!r}", ", ".join(design.terms), mend))
    if specification.household in ("random", "correlated"):
        faults.append(
            Fault("specification", specification.name, "pooled or household effects", "choose one of them")
        )
    if faults:
        raise Faults(faults)
    sample = take_sample(frame, outcome, design, specification)
    return bootstrap_sample(sample, term, null=null, level=level, draws=draws, weights=weights, seed=seed)

"""Randomization inference: whole treatment paths re-assigned among clusters, for few treated clusters."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.bootstrap_draws import Draws
from analysis.estimates.inference.assignments import arrangements, n_arrangements
from analysis.estimates.inference.blocks import cluster_blocks, scores_of, treated_clusters
from analysis.estimates.inference.checks import tested_sample
from analysis.estimates.inference.paths import assigned_paths
from analysis.estimates.inference.permuted_scores import permuted_draws
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Randomization:
    """The share of re-assignments with a statistic as large as the sample's, and nulls not rejected.

    `p_value` and the interval are of the studentised coefficient, `p_value_coefficient` of the
    coefficient itself. Under `exact` the `arrangements` are all there are, each once; otherwise they
    are the sample's and random ones. A bound is infinite if no null on that side is rejected.
    """

    outcome: str
    estimator: str
    term: str
    estimate: float
    null: float
    p_value: float
    p_value_coefficient: float
    conf_low: float
    conf_high: float
    level: float
    arrangements: int
    exact: bool
    seed: int
    clusters: str
    n_obs: int
    n_clusters: int
    n_treated_clusters: int

    @property
    def smallest_p_value(self) -> float:
        """The p-value of a sample more extreme than all of its re-assignments."""
        return 1 / self.arrangements


def unstudentised(draws: Draws, variance: float) -> Draws:
    """Return draws whose statistic is the coefficient over one and the same error."""
    same, none = np.full_like(draws.square, variance), np.zeros_like(draws.square)
    return Draws(draws.move, draws.move_slope, same, none, none)


def randomize_sample(
    sample: PanelSample, term: str, *, null: float, level: float, draws: int, seed: int
) -> Randomization:
    """Re-assign one term of a sample."""
    scores = scores_of(cluster_blocks(sample, term))
    paths = assigned_paths(sample, term)
    possible = n_arrangements(paths.of_cluster)
    if possible < 2:
        where, mend = f"panel, column {term!r}", "use the cluster-robust or the bootstrap interval"
        raise Faults([Fault(where, "the same path in every cluster", "paths that differ", mend)])
    assigned = arrangements(paths.of_cluster, draws=draws, seed=seed)
    drawn = permuted_draws(sample, paths, term, assigned)
    distance, variance = scores.estimate - null, scores.variance
    low, high = drawn.interval(scores.estimate, variance, level)
    return Randomization(
        outcome=sample.outcome,
        estimator=sample.specification.name,
        term=term,
        estimate=scores.estimate,
        null=null,
        p_value=drawn.p_value(distance, variance),
        p_value_coefficient=unstudentised(drawn, variance).p_value(distance, variance),
        conf_low=low,
        conf_high=high,
        level=level,
        arrangements=len(assigned),
        exact=possible <= draws,
        seed=seed,
        clusters=str(sample.design.clusters),
        n_obs=sample.n_obs,
        n_clusters=len(scores.numerator),
        n_treated_clusters=treated_clusters(sample, term),
    )


def randomization(
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
) -> Randomization:
    """Return the randomization test of one coefficient (Fisher 1935; MacKinnon and Webb 2020).

    What is permuted: the path of `term` through the periods, as a whole, among `design.clusters`;
    outcomes, controls, effects and who lives where stay. The term must be the same for all rows of a
    cluster and period. All `G! / prod_k m_k!` arrangements of paths shared by `m_k` clusters are used
    if they are at most `draws`, and the test is then exact when clusters are exchangeable. Statistic:
    `b / se` with clustered errors, two-sided, ties counted against the sample. Other nulls are tested
    on `y - null x term`. Raises `Faults` as `fit_panel` does, for a term that differs within a cluster
    and period, and for clusters without rows in a period.
    """
    sample = tested_sample(frame, outcome, design, term, specification)
    return randomize_sample(sample, term, null=null, level=level, draws=draws, seed=seed)

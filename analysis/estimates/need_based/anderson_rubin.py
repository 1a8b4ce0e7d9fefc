"""Tests and intervals of an instrumented effect that weak instruments and few clusters leave right."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.bootstrap_draws import (
    Draws,
    Weights,
    draw_statistics,
    interval,
    is_enumerated,
    weight_chunks,
)
from analysis.estimates.cluster_scores import scores_from, sum_by
from analysis.estimates.need_based.reassessment import ESTIMATOR, exposed_clusters
from analysis.estimates.need_based.rule_sample import Partialled, RuleDesign, rule_sample
from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import levels


@dataclass(frozen=True, slots=True)
class AndersonRubin:
    """A bootstrap p-value of `effect = null`, and the interval of effects that it does not reject.

    The interval is the connected part around the estimate; a bound is infinite if no null on that side
    is rejected, as where the instrument does not move the dose. `draws` includes the sample itself.
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


@dataclass(frozen=True, slots=True, eq=False)
class Restricted:
    """Scores of the instrument in the regression of one column, under the null that it has no part.

    `slope` is its coefficient; `numerator`, `pull` and `moved` are those of `ClusterScores`.
    """

    slope: float
    numerator: Floats
    pull: Floats
    moved: Floats


def restricted(partialled: Partialled, column: str, instrument: str) -> Restricted:
    """Return the scores of an instrument for one column, with residuals that leave the instrument in."""
    z, y = partialled.columns[instrument].to_numpy(), partialled.columns[column].to_numpy()
    clusters, square = partialled.clusters, float(z @ z)
    regressors = np.column_stack([partialled.within, z])
    inverse = np.linalg.inv(regressors.T @ regressors)
    pulls = sum_by(clusters, regressors * (z / square)[:, None])
    sums = sum_by(clusters, regressors * y[:, None])
    return Restricted(float(z @ y) / square, sums[-1] / square, pulls, inverse @ sums)


@dataclass(frozen=True, slots=True, eq=False)
class Inversion:
    """The reduced form of `y - (estimate - d) dose` as a function of the distance `d`."""

    estimate: float
    draws: Draws
    first_stage: float
    contribution: Floats
    contribution_slope: Floats

    def p_value(self, distance: float) -> float:
        """Return the share of draws with a statistic as large as the sample's."""
        variance = float(np.square(self.contribution + distance * self.contribution_slope).sum())
        return self.draws.p_value(distance, variance / self.first_stage**2)


def inversion_of(partialled: Partialled, design: RuleDesign, chunks: Iterator[Floats]) -> Inversion:
    """Return the statistics of all draws as functions of the distance between estimate and null."""
    instrument = design.instrument
    y = restricted(partialled, partialled.sample.outcome, instrument)
    d = restricted(partialled, design.dose, instrument)
    estimate = y.slope / d.slope
    scores = scores_from(
        estimate,
        (y.numerator - estimate * d.numerator, d.numerator),
        pull=y.pull,
        moved=(y.moved - estimate * d.moved, d.moved),
    )
    z = partialled.columns[instrument].to_numpy()
    shares = sum_by(partialled.clusters, z[:, None] ** 2)[0] / float(z @ z)
    return Inversion(
        estimate=estimate,
        draws=draw_statistics(scores, chunks),
        first_stage=d.slope,
        contribution=scores.numerator,
        contribution_slope=d.numerator - d.slope * shares,
    )


def anderson_rubin(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    exposure: str,
    factor: str,
    entity: str,
    period: str,
    group: str,
    clusters: str,
    seed: int,
    controls: tuple[str, ...] = (),
    null: float = 0.0,
    level: float = 0.95,
    draws: int = 9_999,
    weights: Weights = "webb",
) -> AndersonRubin:
    """Return the restricted wild cluster bootstrap of Anderson and Rubin's (1949) statistic.

    The effect of `rule_change` is `b` only if the instrument has no part in `y - b d`: that is tested by
    the bootstrap of its reduced form, with weights drawn by cluster (Davidson and MacKinnon 2010, whose
    efficient residuals are of no use here: the instrument is the only one). Arguments are those of
    `rule_change`, so are its `Faults`. Right in size however weak the instrument.
    """
    design = RuleDesign(dose, exposure, factor, entity, period, group, clusters, controls)
    partialled = rule_sample(frame, outcome, design)
    n_clusters = levels(partialled.clusters)
    inverted = inversion_of(partialled, design, weight_chunks(weights, n_clusters, draws, seed))
    start = float(np.sqrt(np.square(inverted.contribution).sum())) / abs(inverted.first_stage)
    low, high = interval(inverted.p_value, inverted.estimate, start, level)
    return AndersonRubin(
        outcome=outcome,
        estimator=ESTIMATOR,
        term=dose,
        estimate=inverted.estimate,
        null=null,
        p_value=inverted.p_value(inverted.estimate - null),
        conf_low=low,
        conf_high=high,
        level=level,
        draws=len(inverted.draws.move),
        enumerated=is_enumerated(weights, n_clusters, draws),
        weights=weights,
        seed=seed,
        clusters=clusters,
        n_obs=partialled.sample.n_obs,
        n_clusters=n_clusters,
        n_treated_clusters=exposed_clusters(partialled, design.instrument),
    )

"""The effect of a dose that a rule changes: exposure before the change times the rule's factor."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.need_based.rule_sample import Partialled, RuleDesign, rule_sample
from analysis.estimates.need_based.two_stage import two_stage
from analysis.estimates.power import MinimumDetectableEffect, detectable_by
from analysis.estimates.results import Dropped, Estimate
from analysis.estimates.small_sample import levels

ESTIMATOR = "rule-driven change of dose"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """The effect of a dose through its rule, with the two regressions of which it is the ratio.

    `f_statistic` is the robust F of the only instrument, which is the effective F of Montiel Olea and
    Pflueger (2013); below 104.7 a t-test of nominal 5% may reject too often (Lee et al. 2022), and the
    interval of `anderson_rubin` is to be used. `detectable` is in units of the effect.
    """

    effect: Estimate
    first_stage: Estimate
    reduced_form: Estimate
    f_statistic: float
    detectable: MinimumDetectableEffect
    dropped: tuple[Dropped, ...]


def exposed_clusters(partialled: Partialled, instrument: str) -> int:
    """Return the number of clusters in which the instrument is ever different from zero."""
    moved = partialled.sample.values[instrument].to_numpy() != 0
    return levels(partialled.clusters[moved])


def rule_change(
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
    controls: tuple[str, ...] = (),
    level: float = 0.95,
) -> RuleChange:
    """Return the effect of a continuous dose by two-stage least squares on a simulated instrument.

    `y_it = b d_it + a_i + c_gt + l_t e_i + x_it'k + u_it`, `d` instrumented by `e_i F_gt`: the entity's
    `exposure` to the rule at a base period (missing where it has none: the entity is left out) times
    the rule's `factor`. Group-by-period effects take out what a group's households share,
    exposure-by-period effects (common to all groups) what households of like need share, mean reversion
    and feedback of past income among them; what is left is the triple difference. Exposure is to be
    measured alike in all groups (`exposure_at_base`), at a period before any change. `b` is in units of
    the outcome per unit of the dose, an average over entities weighted by how far the rule moved them.
    Currie and Gruber (1996); Goldsmith-Pinkham, Sorkin and Swift (2020). Entities nest in clusters.
    Raises `Faults` for unusable columns, an exposure that changes within entities, a factor that
    differs within group-periods, a single group or cluster, and an instrument that the effects absorb.
    """
    design = RuleDesign(dose, exposure, factor, entity, period, group, clusters, controls)
    partialled = rule_sample(frame, outcome, design)
    n_treated = exposed_clusters(partialled, design.instrument)
    own = (design.instrument,)

    def fit(left: str, right: tuple[str, ...]) -> Estimate:
        found = two_stage(partialled, left, right, own, estimator=ESTIMATOR, n_treated=n_treated, level=level)
        return found.estimates[0]

    effect, first_stage = fit(outcome, (dose,)), fit(dose, own)
    return RuleChange(
        effect=effect,
        first_stage=first_stage,
        reduced_form=fit(outcome, own),
        f_statistic=float(np.square(first_stage.statistic)),
        detectable=detectable_by(effect),
        dropped=partialled.dropped,
    )

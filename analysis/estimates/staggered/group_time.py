"""Aggregates of group-time average effects, by the estimator of Callaway and Sant'Anna.

Written here since the kept library gives no error of the mean over groups and no covariance of leads and
lags with it; where both give a figure, they agree to rounding.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.results import Dropped, Estimate, Inference
from analysis.estimates.small_sample import levels
from analysis.estimates.staggered.adoption import AdoptionDesign, AdoptionRows, adoption_rows
from analysis.estimates.staggered.group_time_effects import (
    Comparison,
    GroupTimeEffect,
    WidePanel,
    group_time_effects,
    wide_panel,
)
from analysis.estimates.staggered.influence import Influenced
from analysis.faults import Fault, Faults

CORRECTION = "G/(G-1) on clustered influence functions"


@dataclass(frozen=True, slots=True, eq=False)
class GroupTime:
    """Averages of the group-time effects: over all treated rows, by event time, by group.

    `by_event_time` holds the leads too, with `event_time_covariance`; `dynamic` is the mean over event times
    from 0 on, `group_average` that over groups, weighted by their entities. `cells` has `group, period,
    effect, std_error`.
    """

    simple: Estimate
    dynamic: Estimate
    group_average: Estimate
    by_event_time: tuple[Estimate, ...]
    by_group: tuple[Estimate, ...]
    event_time_covariance: pd.DataFrame
    cells: pd.DataFrame
    comparison: Comparison
    dropped: tuple[Dropped, ...]


def group_time(
    frame: pd.DataFrame,
    *,
    outcome: str,
    entity: str,
    period: str,
    first_treated: str,
    clusters: str,
    controls: tuple[str, ...] = (),
    comparison: Comparison = "not_yet_treated",
    level: float = 0.95,
) -> GroupTime:
    """Return aggregates of `ATT(g,t) = E[Y_t - Y_b | G=g] - E[Y_t - Y_b | comparison]`, `b` before treatment.

    `b` is the last period of the panel before g; leads are changes from the period before. Controls enter by
    their values in b, linearly. Each cell uses entities seen in both periods. Errors: influence functions,
    those of the weights included, summed by cluster. Callaway and Sant'Anna (2021). Units are those of the
    outcome. Entities treated in the first period, and treated rows without a time before or a comparison,
    are counted as dropped. Raises `Faults` as `imputation` does.
    """
    found = adoption_rows(
        frame, (outcome,), AdoptionDesign(entity, period, first_treated, clusters, controls)
    )
    panel = wide_panel(found, outcome)
    parts = tuple(group_time_effects(panel, comparison))
    if not any(part.period >= part.group for part in parts):
        mend = "widen the sample to periods in which somebody is not yet treated"
        place = where(first_treated)
        raise Faults([Fault(place, "no treated group has a comparison", "untreated rows beside it", mend)])
    lost = (*found.dropped, *lost_rows(found, panel, parts))
    return aggregates(together(panel, parts), inference_of(panel, clusters, level), outcome, comparison, lost)


def aggregates(
    effects: Influenced,
    inference: Inference,
    outcome: str,
    comparison: Comparison,
    dropped: tuple[Dropped, ...],
) -> GroupTime:
    """Return the averages of cells."""
    event_time = effects.label - effects.group
    events, after = effects.by(event_time), effects.only(event_time >= 0)
    groups, lags = after.by(after.group), events.only(events.label >= 0)
    names = [f"event time {value:g}" for value in events.label]
    errors = np.sqrt(np.diag(effects.covariance))
    return GroupTime(
        simple=only(after.average(), "average effect on the treated", inference, outcome),
        dynamic=only(lags.plain_mean(), "mean over event times", inference, outcome),
        group_average=only(groups.average(), "mean over groups", inference, outcome),
        by_event_time=events.estimates(names, inference, outcome),
        by_group=groups.estimates([f"group {value:g}" for value in groups.label], inference, outcome),
        event_time_covariance=pd.DataFrame(events.covariance, index=names, columns=names),
        cells=pd.DataFrame(
            {"group": effects.group, "period": effects.label, "effect": effects.effect, "std_error": errors}
        ),
        comparison=comparison,
        dropped=dropped,
    )


def together(panel: WidePanel, parts: tuple[GroupTimeEffect, ...]) -> Influenced:
    """Return the cells side by side, labelled by their period."""
    return Influenced(
        first=panel.first,
        clusters=panel.clusters,
        group=np.array([part.group for part in parts]),
        label=np.array([part.period for part in parts]),
        effect=np.array([part.effect for part in parts]),
        influence=np.column_stack([part.influence for part in parts]),
    )


def only(found: Influenced, term: str, inference: Inference, outcome: str) -> Estimate:
    """Return a single effect as an estimate."""
    return found.estimates([term], inference, outcome)[0]


def lost_rows(
    found: AdoptionRows, panel: WidePanel, parts: tuple[GroupTimeEffect, ...]
) -> tuple[Dropped, ...]:
    """Return the counts of treated rows of no use: without a time before, or without a comparison."""
    seen = int((~np.isnan(panel.outcome)).sum())
    always = len(found.rows) - seen
    treated = int(found.treated.sum()) - always
    averaged = sum(int(part.treated.sum()) for part in parts if part.period >= part.group)
    counts = {
        "treated from the first period on": always,
        "treated, without a time before or a comparison": treated - averaged,
    }
    return tuple(Dropped(reason, count) for reason, count in counts.items() if count)


def inference_of(panel: WidePanel, clusters: str, level: float) -> Inference:
    """Return what turns errors into intervals."""
    n_clusters = levels(panel.clusters)
    treated = panel.start < len(panel.periods)
    return Inference(
        n_obs=int((~np.isnan(panel.outcome)).sum()),
        n_entities=len(panel.first),
        n_clusters=n_clusters,
        df_resid=n_clusters - 1,
        clusters=clusters,
        correction=CORRECTION,
        level=level,
        n_treated_clusters=levels(panel.clusters[treated]),
    )

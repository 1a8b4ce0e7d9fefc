"""Group-time average effects and their aggregates, by the estimator of Callaway and Sant'Anna."""

import warnings
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from diff_diff import CallawaySantAnna

from analysis.estimates.panel_sample import codes
from analysis.estimates.results import Dropped, Estimate, Inference, estimate_of
from analysis.estimates.staggered.adoption import AdoptionDesign, AdoptionRows, adoption_rows

ESTIMATOR = "group-time averages"
Comparison = Literal["never_treated", "not_yet_treated"]


@dataclass(frozen=True, slots=True)
class GroupTime:
    """Averages of the group-time effects: over all treated rows, by event time, by group.

    `by_event_time` holds the leads too; `dynamic` is the mean over event times from 0 on, `group_average`
    that over groups, weighted by their entities (the library gives no joint error of it).
    """

    simple: Estimate
    dynamic: Estimate
    by_event_time: tuple[Estimate, ...]
    by_group: tuple[Estimate, ...]
    group_average: float
    comparison: Comparison
    dropped: tuple[Dropped, ...]


def fitted_frame(found: AdoptionRows, outcome: str) -> pd.DataFrame:
    """Return the rows under names and codes that the library takes; 0 stands for never treated."""
    design, rows = found.design, found.rows
    never = rows[design.first_treated].isna() | (rows[design.first_treated] > rows[design.period].max())
    return pd.DataFrame(
        {
            "y": rows[outcome].astype("float64"),
            "entity": codes(rows[design.entity]),
            "period": rows[design.period].astype("int64"),
            "first": rows[design.first_treated].mask(never, 0).astype("int64"),
            "cluster": codes(rows[design.clusters]),
        }
    )


def without_always_treated(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of entities that are not treated in the first period already."""
    return frame[(frame["first"] == 0) | (frame["first"] > frame["period"].min())]


def group_time(
    frame: pd.DataFrame,
    *,
    outcome: str,
    entity: str,
    period: str,
    first_treated: str,
    clusters: str,
    comparison: Comparison = "not_yet_treated",
    level: float = 0.95,
) -> GroupTime:
    """Return aggregates of `ATT(g,t) = E[Y_t - Y_{g-1} | G=g] - E[Y_t - Y_{g-1} | comparison]`.

    Periods are whole numbers one apart. Entities treated in the first period have no time before and are
    counted as dropped. Errors: influence functions summed by cluster. Callaway and Sant'Anna (2021), by
    diff-diff. Units are those of the outcome. Raises `Faults` as `imputation` does.
    """
    found = adoption_rows(frame, (outcome,), AdoptionDesign(entity, period, first_treated, clusters))
    every = fitted_frame(found, outcome)
    used = without_always_treated(every)
    always = (Dropped("treated from the first period on", len(every) - len(used)),) * (len(every) > len(used))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        result = CallawaySantAnna(
            control_group=comparison, estimation_method="reg", cluster="cluster", allow_unbalanced_panel=True
        ).fit(used, outcome="y", unit="entity", time="period", first_treat="first")
        groups, events = result.aggregate("group"), result.aggregate("event_study")
    inference = inference_of(used, clusters, level)
    sizes = used.drop_duplicates("entity")["first"].value_counts().reindex(groups.label).to_numpy(dtype=float)
    after = np.asarray(events.event_time) >= 0
    mean = after / after.sum()
    spread = np.where(np.isfinite(events.vcov), events.vcov, 0.0)
    return GroupTime(
        simple=named(
            "average effect on the treated", result.overall_att, result.overall_se, inference, outcome
        ),
        dynamic=named(
            "mean over event times",
            mean @ np.where(after, events.att, 0.0),
            np.sqrt(mean @ spread @ mean),
            inference,
            outcome,
        ),
        by_event_time=several("event time", events.event_time, events, inference, outcome),
        by_group=several("group", groups.label, groups, inference, outcome),
        group_average=float(sizes @ groups.att / sizes.sum()),
        comparison=comparison,
        dropped=(*found.dropped, *always),
    )


def several(
    word: str, labels: np.ndarray, found: object, inference: Inference, outcome: str
) -> tuple[Estimate, ...]:
    """Return the aggregates that have an error."""
    return tuple(
        named(f"{word} {label:g}", att, se, inference, outcome)
        for label, att, se in zip(labels, found.att, found.se, strict=True)  # type: ignore[attr-defined]
        if np.isfinite(se) and se > 0
    )


def named(term: str, value: float, error: float, inference: Inference, outcome: str) -> Estimate:
    """Return one aggregate as an estimate."""
    return estimate_of(
        term, float(value), float(error), inference, outcome=outcome, estimator=ESTIMATOR, engine="diff-diff"
    )


def inference_of(used: pd.DataFrame, clusters: str, level: float) -> Inference:
    """Return what turns errors into intervals."""
    n_clusters = int(used["cluster"].nunique())
    return Inference(
        n_obs=len(used),
        n_entities=int(used["entity"].nunique()),
        n_clusters=n_clusters,
        df_resid=n_clusters - 1,
        clusters=clusters,
        correction="G/(G-1) on clustered influence functions",
        level=level,
        n_treated_clusters=int(used.loc[used["first"] > 0, "cluster"].nunique()),
    )

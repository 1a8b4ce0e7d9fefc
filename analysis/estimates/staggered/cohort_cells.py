"""A regression with one coefficient for each cohort and event time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.panel_sample import codes, without_singletons
from analysis.estimates.regressors import Floats, independent, lengths
from analysis.estimates.results import Dropped, Inference
from analysis.estimates.small_sample import Codes, correction_for, levels
from analysis.estimates.staggered.adoption import AdoptionRows
from analysis.estimates.staggered.group_time_effects import Comparison
from analysis.estimates.switching.absorption import span_codes, without_effects
from analysis.faults import Fault, Faults

Marks = np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class CohortRows:
    """Rows of the regression; `cohort` is missing where a row belongs to the comparison throughout (n)."""

    rows: pd.DataFrame
    cohort: Floats
    event_time: Floats
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CellFit:
    """`cells` has `cohort, event_time, effect, n_obs`; `covariance` (m by m) of the effects is corrected."""

    cells: pd.DataFrame
    covariance: Floats
    inference: Inference


def comparable_rows(found: AdoptionRows, comparison: Comparison) -> CohortRows:
    """Return the rows that have a comparison in their period, cohorts with a time before treatment."""
    design, rows = found.design, found.rows
    span = (design.period,) if design.group is None else (design.group, design.period)
    cell, first = span_codes(rows, span), found.first.astype(float)
    cohort = np.where(first > rows[design.period].max(), np.nan, first)
    treated = found.treated
    if comparison == "never_treated":
        last = np.nanmax(cohort) if not np.isnan(cohort).any() else np.inf
        compared = np.isnan(cohort) | ((cohort == last) & ~treated)
        cohort = np.where(cohort == last, np.nan, cohort)
    else:
        compared = ~treated
    beside = np.bincount(cell, compared, minlength=int(cell.max()) + 1)[cell] > 0
    before = np.isin(cohort, np.unique(cohort[beside & ~treated])) | np.isnan(cohort)
    counts = {
        "no comparison in the period": int((~beside).sum()),
        "cohort without a time before treatment": int((beside & ~before).sum()),
    }
    kept = rows[beside & before]
    used = without_singletons(kept, [[design.entity], list(span)])
    counts["singleton"] = len(kept) - len(used)
    chosen = used.index.to_numpy()
    return CohortRows(
        rows=used,
        cohort=cohort[chosen],
        event_time=found.event_time.to_numpy(dtype=float)[chosen],
        dropped=tuple(Dropped(reason, count) for reason, count in counts.items() if count),
    )


def cells_of(taken: CohortRows, comparison: Comparison) -> Iterator[tuple[float, float]]:
    """Yield cohort and event time of each coefficient."""
    cohorts = taken.cohort[~np.isnan(taken.cohort)]
    for cohort in np.unique(cohorts):
        times = np.unique(taken.event_time[taken.cohort == cohort])
        reference = times[times < 0].max()
        for time in times:
            if time >= 0 or (comparison == "never_treated" and time != reference):
                yield float(cohort), float(time)


def fit_cells(
    found: AdoptionRows, taken: CohortRows, outcome: str, comparison: Comparison, level: float
) -> CellFit:
    """Return the fit; raises `Faults` if no cell is treated or one cannot be told from the others."""
    design, rows = found.design, taken.rows
    labels = list(cells_of(taken, comparison))
    if not any(time >= 0 for _, time in labels):
        mend = "widen the sample to periods in which somebody is not yet treated"
        place = where(design.first_treated)
        raise Faults([Fault(place, "no treated row has a comparison", "untreated rows beside it", mend)])
    dummies = np.column_stack(
        [(taken.cohort == cohort) & (taken.event_time == time) for cohort, time in labels]
    ).astype(float)
    span = (design.period,) if design.group is None else (design.group, design.period)
    effects = (codes(rows[design.entity]), span_codes(rows, span))
    raw = np.column_stack([rows[[outcome, *design.controls]].to_numpy(dtype=float), dummies])
    left = without_effects(raw, effects)
    x = left[:, 1:]
    kept = independent(x, lengths(raw[:, 1:]))
    refuse_unidentified(kept[len(design.controls) :], labels, design.first_treated)
    return least_squares(found, taken, labels, left[:, 0], x[:, kept], effects, level)


def least_squares(
    found: AdoptionRows,
    taken: CohortRows,
    labels: list[tuple[float, float]],
    y: Floats,
    x: Floats,
    effects: tuple[Codes, ...],
    level: float,
) -> CellFit:
    """Return coefficients of the last columns of x, one a label, with the house's clustered covariance."""
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ (x.T @ y)
    clusters, n_controls = codes(taken.rows[found.design.clusters]), x.shape[1] - len(labels)
    residuals = y - x @ coefficients
    scores = np.column_stack([np.bincount(clusters, column * residuals) for column in x.T])
    correction = correction_for(len(y), x.shape[1], effects, clusters)
    covariance = correction.factor * (inverse @ (scores.T @ scores) @ inverse)
    cell = pd.DataFrame({"cohort": taken.cohort, "event_time": taken.event_time})
    n_obs = cell.groupby(["cohort", "event_time"]).size()
    table = pd.DataFrame(labels, columns=["cohort", "event_time"])
    return CellFit(
        table.assign(effect=coefficients[n_controls:], n_obs=n_obs.loc[labels].to_numpy()),
        covariance[n_controls:, n_controls:],
        Inference(
            n_obs=len(y),
            n_entities=levels(effects[0]),
            n_clusters=correction.n_clusters,
            df_resid=correction.df_resid,
            clusters=found.design.clusters,
            correction=correction.name,
            level=level,
            n_treated_clusters=levels(clusters[~np.isnan(taken.cohort) & (taken.event_time >= 0)]),
        ),
    )


def refuse_unidentified(kept: Marks, labels: list[tuple[float, float]], column: str) -> None:
    """Raise `Faults` naming the cells that effects, controls and other cells determine."""
    faults = [
        Fault(
            where(column),
            f"the effect of cohort {cohort:g} at event time {time:g} is not identified",
            "cells that differ from all others once effects and controls are taken out",
            "leave out the group or a control, or join cohorts",
        )
        for (cohort, time), known in zip(labels, kept, strict=True)
        if not known
    ]
    if faults:
        raise Faults(faults)

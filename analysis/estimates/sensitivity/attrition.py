"""Who is still observed at the end, who has left, and who has died."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.estimates.column_checks import cluster_faults, column_faults, plain, unknown_columns, where
from analysis.estimates.difference import Comparison, binary, treated_untreated
from analysis.estimates.panel_sample import complete_rows
from analysis.estimates.results import Dropped, Estimate, Inference, estimate_of
from analysis.estimates.small_sample import CLUSTERED
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Attrition:
    """Column names: who is treated (0/1), who is observed at the end (0/1), and why others are not.

    `deaths` are the values of `exit_reason` that are deaths. One row an entity.
    """

    treatment: str
    observed: str
    exit_reason: str
    deaths: tuple[str, ...]
    clusters: str


def lee_faults(rows: pd.DataFrame, outcome: str, attrition: Attrition) -> Iterator[Fault]:
    """Yield what contradicts itself: observed without outcome, gone without reason, dead and observed."""
    if not rows[attrition.observed].isin([0, 1]).all():
        yield Fault(where(attrition.observed), "values other than 0 and 1", "0 and 1", "recode it")
    seen, reason = rows[attrition.observed] == 1, rows[attrition.exit_reason]
    for wrong, column, found, mend in (
        (seen & rows[outcome].isna(), outcome, "observed without a value", "count them as not observed"),
        (~seen & reason.isna(), attrition.exit_reason, "not observed, without a reason", "name a reason"),
        (seen & reason.isin(attrition.deaths), attrition.exit_reason, "dead and observed", "correct one"),
    ):
        if wrong.any():
            yield Fault(where(column), f"{int(wrong.sum())} row(s) {found}", "none", mend)
    known = sorted(map(str, reason.dropna().unique()))
    for death in attrition.deaths:
        if death not in known:
            yield Fault(
                where(attrition.exit_reason), f"no exit {death!r}", ", ".join(known), "correct `deaths`"
            )


def checked(frame: pd.DataFrame, outcome: str, attrition: Attrition) -> tuple[pd.DataFrame, list[Dropped]]:
    """Return the rows with treatment and cluster known; raises `Faults` with everything that is wrong."""
    frame, numbers = plain(frame), (outcome, attrition.treatment, attrition.observed)
    faults = column_faults(frame, numbers, (attrition.observed,), outcomes=(outcome,))
    faults = faults or unknown_columns(frame, (attrition.exit_reason, attrition.clusters))
    if faults:
        raise Faults(faults)
    rows, dropped = complete_rows(frame, (attrition.treatment, attrition.clusters))
    binary(rows, attrition.treatment)
    faults = [*cluster_faults(rows, attrition.clusters), *lee_faults(rows, outcome, attrition)]
    if faults:
        raise Faults(faults)
    return rows, dropped


def inference_of(rows: pd.DataFrame, attrition: Attrition, correction: str, level: float) -> Inference:
    """Return what the estimates say of their sample, one entity a row."""
    clusters = rows[attrition.clusters]
    n_clusters = int(clusters.nunique())
    return Inference(
        n_obs=len(rows),
        n_entities=len(rows),
        n_clusters=n_clusters,
        df_resid=n_clusters - 1,
        clusters=attrition.clusters,
        correction=correction,
        level=level,
        n_treated_clusters=int(clusters[rows[attrition.treatment] == 1].nunique()),
    )


def arms(rows: pd.DataFrame, dead: pd.Series, attrition: Attrition) -> pd.DataFrame:
    """Return one row a group, untreated first: size, deaths, and the share of survivors observed."""
    counted = pd.DataFrame(
        {
            "treated": rows[attrition.treatment].astype("int64"),
            "dead": dead,
            "observed": rows[attrition.observed] == 1,
        }
    )
    found = counted.groupby("treated", as_index=False).agg(
        n=("dead", "size"), deaths=("dead", "sum"), observed=("observed", "sum")
    )
    return found.assign(
        death_share=found["deaths"] / found["n"],
        survivors=found["n"] - found["deaths"],
        observed_share=found["observed"] / (found["n"] - found["deaths"]),
    )


def death_difference(
    rows: pd.DataFrame, dead: pd.Series, attrition: Attrition, level: float
) -> Estimate | None:
    """Return the share of the treated that died less that of the untreated, None if nobody died."""
    if not dead.any():
        return None
    table = pd.DataFrame(
        {
            "died": dead.astype("float64").to_numpy(),
            "row": range(len(rows)),
            "cluster": rows[attrition.clusters].to_numpy(),
            "treated": rows[attrition.treatment].to_numpy(),
        }
    )
    fit = treated_untreated(table, Comparison("died", "row", "cluster"), treatment="treated")
    found = fit.estimate("treated")
    return estimate_of(
        attrition.treatment,
        found.estimate,
        found.std_error,
        inference_of(rows, attrition, CLUSTERED, level),
        outcome="died",
        estimator="treated-untreated",
        engine="statsmodels",
    )

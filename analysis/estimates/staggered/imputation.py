"""Effects as outcomes less what untreated rows let one expect: the imputation estimator."""

from dataclasses import dataclass

import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.results import Dropped, Estimate
from analysis.estimates.staggered.adoption import AdoptionDesign, adoption_rows
from analysis.estimates.staggered.averages import Averages, averages_of
from analysis.faults import Fault, Faults

OVERALL = "average effect on the treated"
EFFECTS = ("event_time", "cohort", "effect")


@dataclass(frozen=True, slots=True, eq=False)
class Imputation:
    """Average effects on treated rows: overall, by event time, and by cohort.

    `effects` has each treated row that could be imputed: entity, period, `event_time`, `cohort`, `effect`.
    `weights` are those of every row used in the overall average. Both are under the index of the frame given.
    """

    overall: Estimate
    by_event_time: tuple[Estimate, ...]
    by_cohort: tuple[Estimate, ...]
    effects: pd.DataFrame
    weights: pd.Series
    dropped: tuple[Dropped, ...]

    def applied(self, values: pd.Series) -> float:
        """Return the overall estimate of another outcome of the same frame, given by its index.

        Raises `Faults` where the index does not name rows one by one, or values are missing.
        """
        if self.weights.index.has_duplicates:
            mend = "reset the index before estimating"
            raise Faults([Fault("panel, index", "it names several rows alike", "one label a row", mend)])
        used = values.loc[self.weights.index]
        if used.isna().any():
            found = f"{int(used.isna().sum())} row(s) of the estimate without a value"
            mend = "estimate on rows that have it"
            raise Faults([Fault(where(str(values.name)), found, "a value in every row used", mend)])
        return float(self.weights.to_numpy() @ used.to_numpy(dtype=float))


def imputation(
    frame: pd.DataFrame,
    *,
    outcome: str,
    entity: str,
    period: str,
    first_treated: str,
    clusters: str,
    controls: tuple[str, ...] = (),
    group: str | None = None,
    level: float = 0.95,
) -> Imputation:
    """Return average effects of an absorbing treatment by imputation.

    On untreated rows `y_it = a_i + c_t (c_gt with group) + x_it'k + e_it` is fitted; the effect of a treated
    row is its outcome less what the model says, and effects are averaged: overall, by `event_time` since
    `first_treated` and by cohort. Not-yet-treated rows are controls. Variance: clustered and conservative,
    with effects centred by cohort and period. Borusyak, Jaravel and Spiess (2024), Theorem 3. Units are those
    of the outcome. Treated rows without untreated rows that identify their counterfactual are counted as
    dropped. The room keeps n by periods (or groups times periods) numbers in memory. Raises `Faults` for
    unusable columns, one period, one cluster, entities that change cluster, a treatment that is given up,
    nobody treated, everybody treated.
    """
    refuse_names((entity, period), EFFECTS)
    design = AdoptionDesign(entity, period, first_treated, clusters, controls, group)
    found = adoption_rows(frame, (outcome,), design)
    averages = averages_of(found, outcome, level)
    chosen = averages.model.imputable
    return Imputation(
        overall=averages.mean(OVERALL, chosen),
        by_event_time=averages.means(found.event_time.to_numpy(), "event time"),
        by_cohort=averages.means(found.first, "cohort"),
        effects=effects_of(averages, frame.index),
        weights=pd.Series(
            averages.model.row_weights(chosen / chosen.sum()),
            index=frame.index[found.position],
            name="weight",
        ),
        dropped=averages.dropped,
    )


def effects_of(averages: Averages, index: pd.Index) -> pd.DataFrame:
    """Return the single effects under the index of the frame given."""
    found, chosen = averages.found, averages.model.imputable
    table = found.rows.loc[chosen, [found.design.entity, found.design.period]].assign(
        event_time=found.event_time[chosen], cohort=found.first[chosen], effect=averages.effect[chosen]
    )
    return table.set_axis(index[found.position[chosen]])


def refuse_names(columns: tuple[str, ...], reserved: tuple[str, ...]) -> None:
    """Raise `Faults` for columns that bear the name of a column of the result."""
    faults = [
        Fault(where(name), "the name is that of a column of the result", "another name", "rename the column")
        for name in columns
        if name in reserved
    ]
    if faults:
        raise Faults(faults)

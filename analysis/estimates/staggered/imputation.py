"""Effects as outcomes less what untreated rows let one expect: the imputation estimator."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped, Estimate, Inference, estimate_of
from analysis.estimates.small_sample import levels
from analysis.estimates.staggered.adoption import AdoptionDesign, AdoptionRows, adoption_rows
from analysis.estimates.staggered.untreated_model import UntreatedModel, fit_untreated
from analysis.faults import Fault, Faults

ESTIMATOR = "imputation"
CORRECTION = "none, conservative clustered variance"


@dataclass(frozen=True, slots=True, eq=False)
class Imputation:
    """Average effects on treated rows: overall, by event time, and by cohort.

    `effects` has each treated row that could be imputed: entity, period, `event_time`, `cohort`, `effect`.
    `weights` are those of every row used in the overall average, under the index of the frame given.
    """

    overall: Estimate
    by_event_time: tuple[Estimate, ...]
    by_cohort: tuple[Estimate, ...]
    effects: pd.DataFrame
    weights: pd.Series
    dropped: tuple[Dropped, ...]

    def applied(self, values: pd.Series) -> float:
        """Return the overall estimate of another outcome of the same frame, given by its index."""
        return float(self.weights.to_numpy() @ values.loc[self.weights.index].to_numpy(dtype=float))


@dataclass(frozen=True, slots=True, eq=False)
class Averages:
    """What every average of one outcome needs: rows, model, single effects and cohort-by-period codes (n)."""

    outcome: str
    found: AdoptionRows
    model: UntreatedModel
    effect: Floats
    cell: np.ndarray
    clusters: np.ndarray
    level: float

    def estimate(self, term: str, chosen: np.ndarray) -> Estimate:
        """Return the mean effect over the chosen treated rows with its clustered error."""
        average = chosen / chosen.sum()
        weights = self.model.row_weights(average)
        scores = np.bincount(self.clusters, weights * self.residuals(average))
        return estimate_of(
            term,
            float(average @ self.effect),
            float(np.sqrt(np.square(scores).sum())),
            self.inference(chosen),
            outcome=self.outcome,
            estimator=ESTIMATOR,
            engine="house",
        )

    def residuals(self, average: Floats) -> Floats:
        """Return untreated residuals, and treated effects less the mean of their cohort and period.

        The mean is `sum_c V_cg T_cg / sum_c V_cg^2`, `V` and `T` sums of weights and weighted effects over
        the rows of cell g in cluster c, which keeps the variance from being too small.
        """
        pair = self.cell * (self.clusters.max() + 1) + self.clusters
        size = int(pair.max()) + 1
        weight = np.bincount(pair, average, minlength=size)
        value = np.bincount(pair, average * self.effect, minlength=size)
        of_cell = np.arange(size) // (self.clusters.max() + 1)
        square = np.bincount(of_cell, weight**2)
        mean = np.divide(
            np.bincount(of_cell, weight * value), square, out=np.zeros_like(square), where=square > 0
        )
        return np.where(self.model.untreated, self.effect, self.effect - mean[self.cell])

    def inference(self, chosen: np.ndarray) -> Inference:
        """Return what turns the error into an interval."""
        used = self.model.untreated | (chosen > 0)
        n_clusters = levels(self.clusters[used])
        return Inference(
            n_obs=int(used.sum()),
            n_entities=levels(self.model.entity[used]),
            n_clusters=n_clusters,
            df_resid=n_clusters - 1,
            clusters=self.found.design.clusters,
            correction=CORRECTION,
            level=self.level,
            n_treated_clusters=levels(self.clusters[chosen > 0]),
        )


def averages_of(found: AdoptionRows, outcome: str, level: float) -> Averages:
    """Return the single effects of one outcome; raises `Faults` if none can be imputed."""
    model = fit_untreated(found)
    if not model.imputable.any():
        mend = "widen the sample to periods in which somebody is not yet treated"
        where = f"panel, column {found.design.first_treated!r}"
        raise Faults([Fault(where, "no treated row has a comparison", "untreated rows beside it", mend)])
    y = found.rows[outcome].to_numpy(dtype=float)
    design = found.design
    cell = found.rows.groupby([design.first_treated, design.period], dropna=False).ngroup().to_numpy()
    return Averages(
        outcome, found, model, y - model.counterfactual(y), cell, codes(found.rows[design.clusters]), level
    )


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
    of the outcome. Treated rows without an untreated row of their entity or of their period are counted as
    dropped. Entities nest in clusters. Raises `Faults` for unusable columns, one period, one cluster, a
    treatment that is given up, nobody treated, everybody treated.
    """
    design = AdoptionDesign(entity, period, first_treated, clusters, controls, group)
    indexed = frame.assign(**{POSITION: np.arange(len(frame))})
    found = adoption_rows(frame, (outcome,), design)
    averages = averages_of(found, outcome, level)
    chosen = averages.model.imputable
    event_time, cohort = found.event_time.to_numpy(), found.rows[first_treated].to_numpy()
    lost = int((found.treated & ~chosen).sum())
    unidentified = (Dropped("no untreated row to impute from", lost),) if lost else ()

    def by(column: np.ndarray, word: str) -> tuple[Estimate, ...]:
        values = np.unique(column[chosen])
        return tuple(
            averages.estimate(f"{word} {v:g}", (chosen & (column == v)).astype(float)) for v in values
        )

    effects = found.rows.loc[chosen, [entity, period]].assign(
        event_time=event_time[chosen], cohort=cohort[chosen], effect=averages.effect[chosen]
    )
    overall = chosen.astype(float)
    return Imputation(
        overall=averages.estimate("average effect on the treated", overall),
        by_event_time=by(event_time, "event time"),
        by_cohort=by(cohort, "cohort"),
        effects=effects.reset_index(drop=True),
        weights=weights_by_row(indexed, found, averages.model.row_weights(overall / overall.sum())),
        dropped=(*found.dropped, *unidentified),
    )


POSITION = "  position"


def weights_by_row(frame: pd.DataFrame, found: AdoptionRows, weights: Floats) -> pd.Series:
    """Return the weights under the index of the frame given, rows without weight left out."""
    keys = [found.design.entity, found.design.period]
    named = found.rows[keys].assign(weight=weights)
    index = frame[[*keys, POSITION]].merge(named, on=keys, how="inner", validate="one_to_one")
    return pd.Series(index["weight"].to_numpy(), index=frame.index[index[POSITION].to_numpy()], name="weight")

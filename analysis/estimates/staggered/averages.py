"""Averages of imputed effects, and how sure they are."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped, Estimate, Inference, estimate_of
from analysis.estimates.small_sample import Codes, levels
from analysis.estimates.staggered.adoption import AdoptionRows
from analysis.estimates.staggered.untreated_model import Marks, UntreatedModel, fit_untreated
from analysis.faults import Fault, Faults

ESTIMATOR = "imputation"
CORRECTION = "none, conservative clustered variance"


@dataclass(frozen=True, slots=True, eq=False)
class Averages:
    """What every average of one outcome needs: rows, model, single effects and cohort-by-period codes (n).

    `effect` is the residual on untreated rows. Weights are n-vectors, 0 where a row is not averaged.
    """

    outcome: str
    found: AdoptionRows
    model: UntreatedModel
    effect: Floats
    cell: Codes
    clusters: Codes
    level: float

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """Rows left out: incomplete ones, and treated ones that could not be imputed."""
        lost = int((self.found.treated & ~self.model.imputable).sum())
        unidentified = (Dropped("no untreated row to impute from", lost),) if lost else ()
        return (*self.found.dropped, *unidentified)

    def mean(self, term: str, chosen: Marks) -> Estimate:
        """Return the mean effect over the chosen treated rows."""
        weights = chosen / chosen.sum()
        return self.estimate(term, weights, self.mean_scores(chosen))

    def means(self, column: Floats, word: str) -> tuple[Estimate, ...]:
        """Return the mean effect for each value of a column of numbers, over all imputed rows."""
        chosen = self.model.imputable
        return tuple(
            self.mean(f"{word} {value:g}", chosen & (column == value)) for value in np.unique(column[chosen])
        )

    def mean_scores(self, chosen: Marks) -> Floats:
        """Return the scores by cluster of a mean, effects centred by cohort and period."""
        weights = chosen / chosen.sum()
        return self.scores(weights, self.effect - self.centre(weights))

    def scores(self, weights: Floats, residuals: Floats) -> Floats:
        """Return what each cluster adds to a weighted sum of effects (G), from residuals of treated rows."""
        left = np.where(self.model.untreated, self.effect, residuals)
        return np.bincount(self.clusters, self.model.row_weights(weights) * left).astype(np.float64)

    def centre(self, weights: Floats) -> Floats:
        """Return each row's mean effect in its cohort and period: `sum_c V_c T_c / sum_c V_c^2`.

        `V` and `T` are sums of weights and of weighted effects over rows of cluster c in the cell. Centring
        by it keeps the variance from being too small, whatever the effects. Cells of a single cluster, whose
        effects would all vanish in their own mean, share one.
        """
        cell, size = self.shared_cells(weights), int(self.clusters.max()) + 1
        pair = cell * size + self.clusters
        weight, value = (
            np.bincount(pair, summed, minlength=(int(cell.max()) + 1) * size).reshape(-1, size)
            for summed in (weights, weights * self.effect)
        )
        square, total = (weight**2).sum(axis=1), (weight * value).sum(axis=1)
        return np.divide(total, square, out=np.zeros_like(square), where=square > 0)[cell]

    def shared_cells(self, weights: Floats) -> Codes:
        """Return cell codes in which those with averaged rows of one cluster only are one cell."""
        used = np.unique(np.column_stack([self.cell, self.clusters])[weights != 0], axis=0)
        n_clusters = np.bincount(used[:, 0], minlength=int(self.cell.max()) + 1)
        return np.where(n_clusters[self.cell] == 1, self.cell.max() + 1, self.cell)

    def estimate(self, term: str, weights: Floats, scores: Floats) -> Estimate:
        """Return a weighted sum of effects with the error that its scores give."""
        return estimate_of(
            term,
            float(weights @ self.effect),
            float(np.sqrt(scores @ scores)),
            self.inference(weights),
            outcome=self.outcome,
            estimator=ESTIMATOR,
            engine="house",
        )

    def inference(self, weights: Floats) -> Inference:
        """Return what turns the error into an interval."""
        used = self.model.untreated | (weights != 0)
        n_clusters = levels(self.clusters[used])
        return Inference(
            n_obs=int(used.sum()),
            n_entities=levels(self.model.entity[used]),
            n_clusters=n_clusters,
            df_resid=n_clusters - 1,
            clusters=self.found.design.clusters,
            correction=CORRECTION,
            level=self.level,
            n_treated_clusters=levels(self.clusters[weights != 0]),
        )


def averages_of(found: AdoptionRows, outcome: str, level: float) -> Averages:
    """Return the single effects of one outcome; raises `Faults` if none can be imputed."""
    design, model = found.design, fit_untreated(found)
    if not model.imputable.any():
        mend = "widen the sample to periods in which somebody is not yet treated"
        place = where(design.first_treated)
        raise Faults([Fault(place, "no treated row has a comparison", "untreated rows beside it", mend)])
    y = found.rows[outcome].to_numpy(dtype=float)
    pair = pd.DataFrame({"cohort": found.first, "period": found.rows[design.period]})
    cell = pair.groupby(["cohort", "period"], dropna=False).ngroup().to_numpy()
    return Averages(
        outcome=outcome,
        found=found,
        model=model,
        effect=y - model.counterfactual(y),
        cell=cell.astype(np.int64),
        clusters=codes(found.rows[design.clusters]),
        level=level,
    )

"""What untreated rows say of everybody: effects and controls fitted on them, and the weights of averages."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import Floats, independent, lengths
from analysis.estimates.small_sample import Codes
from analysis.estimates.staggered.adoption import AdoptionRows

Marks = np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class UntreatedModel:
    """`y_it = a_i + c_t (or c_gt) + x_it'k + e_it`, fitted on untreated rows by least squares.

    `columns` (n by k) are period or group-by-period dummies and controls, of which each is independent of
    those before it on untreated rows; `less_mean` is what is left of them without the entity's untreated
    mean; `inverse` is that of their cross product on untreated rows. `imputable` says of each row whether
    its counterfactual is identified.
    """

    entity: Codes
    untreated: Marks
    imputable: Marks
    less_mean: Floats
    inverse: Floats
    n_untreated: Floats

    def counterfactual(self, y: Floats) -> Floats:
        """Return what the model says of each row's untreated outcome; meaningless where not imputable."""
        coefficients = self.inverse @ (self.less_mean[self.untreated].T @ y[self.untreated])
        return self.entity_mean(y) + self.less_mean @ coefficients

    def entity_mean(self, values: Floats) -> Floats:
        """Return each row's mean over the untreated rows of its entity."""
        own = np.bincount(
            self.entity[self.untreated], values[self.untreated], minlength=len(self.n_untreated)
        )
        return (own / np.maximum(self.n_untreated, 1))[self.entity]

    def row_weights(self, average: Floats) -> Floats:
        """Return the weights (n) of all rows in `sum average (y - counterfactual)` over treated rows."""
        by_entity = np.bincount(self.entity, average, minlength=len(self.n_untreated))
        own = by_entity / np.maximum(self.n_untreated, 1)
        slope = self.inverse @ (self.less_mean.T @ average)
        fitted = -own[self.entity] - self.less_mean @ slope
        return np.where(self.untreated, fitted, average)


def fit_untreated(found: AdoptionRows) -> UntreatedModel:
    """Return the model of the untreated rows."""
    design, untreated = found.design, ~found.treated
    entity = codes(found.rows[design.entity])
    n_untreated = np.bincount(entity[untreated], minlength=entity.max() + 1).astype(float)
    spans = [design.period] if design.group is None else [design.group, design.period]
    cell = found.rows.groupby(spans, observed=True, sort=True).ngroup().to_numpy()
    seen = np.bincount(cell[untreated], minlength=cell.max() + 1) > 0
    matrix = np.column_stack(
        [
            (cell[:, None] == np.flatnonzero(seen)[None, :]).astype(float),
            found.rows[list(design.controls)].to_numpy(dtype=float),
        ]
    )
    less_mean = without_untreated_mean(matrix, entity, untreated, n_untreated)
    kept = independent(less_mean[untreated], lengths(matrix[untreated]))
    less_mean = less_mean[:, kept]
    inside = less_mean[untreated]
    return UntreatedModel(
        entity=entity,
        untreated=untreated,
        imputable=found.treated & seen[cell] & (n_untreated[entity] > 0),
        less_mean=less_mean,
        inverse=np.linalg.inv(inside.T @ inside),
        n_untreated=n_untreated,
    )


def without_untreated_mean(matrix: Floats, entity: Codes, untreated: Marks, n_untreated: Floats) -> Floats:
    """Return columns less their entity's mean over untreated rows."""
    own = pd.DataFrame(matrix[untreated]).groupby(entity[untreated]).sum()
    sums = own.reindex(np.arange(len(n_untreated)), fill_value=0.0).to_numpy()
    return matrix - (sums / np.maximum(n_untreated, 1)[:, None])[entity]

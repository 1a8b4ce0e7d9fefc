"""What untreated rows say of everybody: effects and controls fitted on them, and the weights of averages."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import Floats, independent, lengths
from analysis.estimates.small_sample import Codes
from analysis.estimates.staggered.adoption import AdoptionRows

Marks = np.ndarray
SAME = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class UntreatedModel:
    """`y_it = a_i + c_t (or c_gt) + x_it'k + e_it`, fitted on untreated rows by least squares.

    `less_mean` (n by k) are period or group-by-period dummies and controls without their entity's untreated
    mean, in units of their length, each independent of those before it on untreated rows; `inverse` is
    that of their cross product there. `imputable` says of each treated row whether its counterfactual is
    identified: its regressors are a combination of those of untreated rows.
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
    dummies = (cell[:, None] == np.arange(cell.max() + 1)[None, :]).astype(float)
    matrix = np.column_stack([dummies, found.rows[list(design.controls)].to_numpy(dtype=float)])
    matrix /= lengths(matrix)
    less_untreated_mean(matrix, entity, untreated, n_untreated)
    inside = matrix[untreated]
    # a tall QR on several threads takes many times as long where other programs use the cores
    with threadpool_limits(1, user_api="blas"):
        kept = independent(inside, np.ones(matrix.shape[1]))
        inverse = np.linalg.inv(inside[:, kept].T @ inside[:, kept])
        less_mean, others = matrix[:, kept], matrix[:, ~kept]
        implied = less_mean @ (inverse @ (inside[:, kept].T @ inside[:, ~kept]))
    known = (np.abs(others - implied) < SAME).all(axis=1)
    return UntreatedModel(
        entity=entity,
        untreated=untreated,
        imputable=found.treated & (n_untreated[entity] > 0) & known,
        less_mean=less_mean,
        inverse=inverse,
        n_untreated=n_untreated,
    )


def less_untreated_mean(matrix: Floats, entity: Codes, untreated: Marks, n_untreated: Floats) -> None:
    """Take from columns (n by k), in place, their entity's mean over untreated rows."""
    share = untreated / np.maximum(n_untreated, 1)[entity]
    own = csr_array((share, (entity, np.arange(len(entity)))), shape=(len(n_untreated), len(entity)))
    matrix -= (own @ matrix)[entity]

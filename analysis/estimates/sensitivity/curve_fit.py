"""Regressions of a specification curve that share their rows and effects, which are removed once.

`fit_panel` gives the same numbers (a test holds it) and takes half a second each; a curve has hundreds.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.estimates.regressors import Floats, independent
from analysis.estimates.sensitivity.curve_columns import CurvePanel
from analysis.estimates.sensitivity.specification_axes import Effects
from analysis.estimates.sensitivity.within import Within, within, without_singletons
from analysis.estimates.small_sample import Codes, levels, parameters_clustered


@dataclass(frozen=True, slots=True, eq=False)
class CurveDesign:
    """The treatment without effects and controls (`dose`, n), and an orthonormal basis of the controls.

    `n_terms` counts treatment and controls kept; `clusters` are codes of the whole table's clusters.
    """

    dose: Floats
    basis: Floats
    n_terms: int
    clusters: Codes
    n_all_clusters: int

    def fit(self, outcome: Floats) -> tuple[Floats, float]:
        """Return the clusters' influences and the coefficient of the treatment.

        `b = d'y / d'd`, and a cluster's influence is `sum_i d_i e_i / d'd` with residuals e.
        """
        left = outcome - self.basis @ (self.basis.T @ outcome)
        square = float(self.dose @ self.dose)
        estimate = float(self.dose @ left) / square
        scores = self.dose * (left - estimate * self.dose)
        return np.bincount(self.clusters, scores, minlength=self.n_all_clusters) / square, estimate


@dataclass(frozen=True, slots=True, eq=False)
class Removed:
    """Rows (positions in the panel) of which the same effects are removed from every column."""

    panel: CurvePanel
    rows: NDArray[np.int64]
    annihilator: Within
    n_parameters: int
    clusters: Codes
    n_clusters: int
    cache: dict[Hashable, Floats] = field(default_factory=dict)

    @property
    def n_all_clusters(self) -> int:
        """Number of clusters of the whole table."""
        return self.panel.n_clusters

    def outcome(self, key: Hashable, column: Floats) -> Floats:
        """Return a whole column's rows without the effects, computed once a key."""
        if key not in self.cache:
            self.cache[key] = self.annihilator.remove(column[self.rows])
        return self.cache[key]

    def factor(self, n_terms: int) -> float:
        """Return the house's small-sample factor `G/(G-1) (n-1)/(n-K)`."""
        n = len(self.rows)
        return self.n_clusters / (self.n_clusters - 1) * (n - 1) / (n - n_terms - self.n_parameters)

    def treated_clusters(self, dose: Floats) -> int:
        """Return the number of clusters in which the treatment is ever different from 0."""
        return levels(self.clusters[dose[self.rows] != 0])

    def mean_dose(self, column: str) -> float:
        """Return the mean of a treatment where it is different from 0."""
        values = self.panel.column(column)[self.rows]
        return float(values[values != 0].mean())


def effect_codes(panel: CurvePanel, effects: Effects) -> tuple[Codes | None, Codes | None]:
    """Return the codes of entity and cell effects that a step of the ladder removes."""
    match effects:
        case "pooled":
            return None, panel.period
        case "pooled_group_year":
            return None, panel.group_period
        case "household":
            return panel.entity, None
        case "household_year":
            return panel.entity, panel.period
        case "household_group_year":
            return panel.entity, panel.group_period


def squeezed(codes: Codes, rows: NDArray[np.int64]) -> Codes:
    """Return the codes of some rows, counted anew from 0."""
    return np.unique(codes[rows], return_inverse=True)[1].astype(np.int64)


def removed_from(panel: CurvePanel, rows: NDArray[np.int64], effects: Effects) -> Removed | str:
    """Return the rows with the annihilator of their effects, or the reason why there is nothing to estimate.

    Singletons are dropped where household effects are removed, as `take_sample` does.
    """
    entity, cell = effect_codes(panel, effects)
    if entity is not None:
        rows = without_singletons(rows, tuple(codes for codes in (entity, cell) if codes is not None))
    if len(rows) == 0:
        return "no row is left"
    clusters = squeezed(panel.clusters, rows)
    n_clusters = levels(clusters)
    if n_clusters < 2:
        return "a single cluster"
    annihilator = within(
        None if entity is None else squeezed(entity, rows), None if cell is None else squeezed(cell, rows)
    )
    counted = parameters_clustered(0, annihilator.effects, clusters)
    if entity is None:
        counted = levels(annihilator.effects[0])
    return Removed(panel, rows, annihilator, counted, panel.clusters[rows], n_clusters)


def design_of(
    removed: Removed, dose: tuple[Hashable, Floats], controls: tuple[tuple[Hashable, Floats], ...]
) -> CurveDesign | str:
    """Return the treatment net of effects and controls, or the reason why nothing is left of it.

    Controls that effects or other controls absorb are left out.
    """
    named = (*controls, dose)
    matrix = np.column_stack([removed.outcome(key, column) for key, column in named])
    scale = np.array([np.linalg.norm(column[removed.rows]) for _, column in named])
    kept = independent(matrix, np.where(scale > 0, scale, 1.0))
    if not kept[-1]:
        return "effects and controls absorb the treatment"
    basis = np.linalg.qr(matrix[:, :-1][:, kept[:-1]])[0]
    left = matrix[:, -1] - basis @ (basis.T @ matrix[:, -1])
    left = left - basis @ (basis.T @ left)
    return CurveDesign(left, basis, int(kept.sum()), removed.clusters, removed.n_all_clusters)

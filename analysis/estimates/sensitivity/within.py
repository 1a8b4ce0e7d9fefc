"""Effects of entities and cells removed from columns exactly, many columns from one set of rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import Codes

PSEUDO_INVERSE_TOLERANCE = 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """The annihilator of entity effects (`entity`), cell effects (`cell`), or both; codes are n-vectors.

    `inverse` (cells by cells) is the pseudo-inverse of `D'D - D'H (H'H)^-1 H'D` with D the cells'
    and H the entities' dummies, None where only one kind of effect is removed.
    """

    entity: Codes | None
    cell: Codes | None
    inverse: Floats | None

    @property
    def effects(self) -> tuple[Codes, ...]:
        """Codes of the effects removed, entities first."""
        return tuple(codes for codes in (self.entity, self.cell) if codes is not None)

    def remove(self, column: Floats) -> Floats:
        """Return the residuals (n) of a column from its projection on all effects (Frisch-Waugh-Lovell)."""
        if self.entity is None:
            return column if self.cell is None else column - means(column, self.cell)
        left = column - means(column, self.entity)
        if self.cell is None or self.inverse is None:
            return left
        fitted = (self.inverse @ np.bincount(self.cell, left, minlength=len(self.inverse)))[self.cell]
        return left - (fitted - means(fitted, self.entity))


def means(column: Floats, codes: Codes) -> Floats:
    """Return each row's mean of its level, n."""
    count = np.maximum(np.bincount(codes), 1)
    return (np.bincount(codes, column) / count)[codes]


def within(entity: Codes | None, cell: Codes | None) -> Within:
    """Return the annihilator of the effects given."""
    if entity is None or cell is None:
        return Within(entity, cell, None)
    shape = (int(entity.max()) + 1, int(cell.max()) + 1)
    counts = coo_array((np.ones(len(entity)), (entity, cell)), shape=shape).tocsr()
    per_entity = np.maximum(np.bincount(entity, minlength=shape[0]), 1)
    weighted = counts.multiply((1 / per_entity)[:, None]).tocsr()
    gram = np.diag(np.bincount(cell, minlength=shape[1]).astype(float)) - (counts.T @ weighted).toarray()
    inverse = np.linalg.pinv(gram, rcond=PSEUDO_INVERSE_TOLERANCE, hermitian=True)
    return Within(entity, cell, inverse)


def without_singletons(rows: NDArray[np.int64], effects: tuple[Codes, ...]) -> NDArray[np.int64]:
    """Return the rows left when no effect is estimated from one row alone (Correia 2015).

    `rows` are positions in the codes of the whole table.
    """
    while True:
        alone = np.zeros(len(rows), dtype=bool)
        for codes in effects:
            alone |= np.bincount(codes[rows], minlength=int(codes.max()) + 1)[codes[rows]] == 1
        if not alone.any():
            return rows
        rows = rows[~alone]

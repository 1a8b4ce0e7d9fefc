"""Moves of entities from one period to the next: change of outcome, change of dose, past dose."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import Codes


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """One value a move between consecutive periods.

    `change` is of the outcome, `size` of the dose (0 for stayers), `earlier` the change of the outcome in
    the period before, missing where that is not seen or the dose changed in it; `cell` codes group,
    period and past dose.
    """

    change: Floats
    size: Floats
    earlier: Floats
    cell: Codes
    entity: Codes
    clusters: Codes

    def where(self, kept: NDArray[np.bool_]) -> "Moves":
        """Return the moves for which `kept` is true."""
        return Moves(**{field.name: getattr(self, field.name)[kept] for field in fields(self)})

    def before(self) -> "Moves":
        """Return the same switches with the change before them as outcome, where it is a placebo."""
        known = self.where(~np.isnan(self.earlier))
        return Moves(known.earlier, known.size, known.earlier, known.cell, known.entity, known.clusters)


def moves_of(
    *, outcome: Floats, dose: Floats, entity: Codes, period: Codes, group: Codes, clusters: Codes
) -> Moves:
    """Return the moves of rows sorted by entity and period; all arguments are n-vectors."""
    follows = np.zeros(len(dose), dtype=np.bool_)
    follows[1:] = (entity[1:] == entity[:-1]) & (period[1:] == period[:-1] + 1)
    change, size = np.diff(outcome, prepend=np.nan), np.diff(dose, prepend=np.nan)
    still = follows & (size == 0)
    earlier = np.full(len(dose), np.nan)
    earlier[1:] = np.where(still[:-1], change[:-1], np.nan)
    past = np.roll(dose, 1)
    named = np.column_stack(
        [group[follows], period[follows], np.unique(past[follows], return_inverse=True)[1]]
    )
    cell = np.unique(named, axis=0, return_inverse=True)[1].ravel() if follows.any() else named[:, 0]
    return Moves(change[follows], size[follows], earlier[follows], cell, entity[follows], clusters[follows])


def usable_moves(moves: Moves) -> Moves:
    """Return moves of cells with switchers and stayers, the cells counted from 0."""
    if not len(moves.cell):
        return moves
    stays = moves.size == 0
    stayers, switchers = np.bincount(moves.cell, stays), np.bincount(moves.cell, ~stays)
    kept = moves.where(((stayers > 0) & (switchers > 0))[moves.cell])
    cell = np.unique(kept.cell, return_inverse=True)[1].ravel()
    return Moves(kept.change, kept.size, kept.earlier, cell, kept.entity, kept.clusters)

"""First switches of entities: when, from which dose, in which direction, and who has not switched by then."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import Codes

Direction = Literal["together", "in", "out"]
Bools = NDArray[np.bool_]
NEVER = np.iinfo(np.int64).max // 2


@dataclass(frozen=True, slots=True, eq=False)
class FirstSwitches:
    """Entities by periods, missing where not seen, and one value an entity.

    `first_dose` is the dose when first seen, `switched` the period in which it is first seen changed
    (`NEVER` if it is not), `sign` 1 for up and -1 for down; `cell` codes group and first dose.
    """

    outcome: Floats
    dose: Floats
    first_dose: Floats
    switched: Codes
    sign: Codes
    cell: Codes
    clusters: Codes

    def towards(self, direction: Direction) -> Bools:
        """Say of each entity whether it first switches in the direction."""
        wanted = {"together": self.sign != 0, "in": self.sign > 0, "out": self.sign < 0}
        return wanted[direction]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Contributions of entities at one distance from the switch.

    `weighted` is what each entity contributes to the sum of gains: a switcher its signed change less the
    mean of its comparisons, these their share of what is taken off; `dose` is the signed change of a
    switcher's dose in the period, `since` all of it since the switch. Zero for who does not take part.
    """

    weighted: Floats
    dose: Floats
    since: Floats
    takes_part: Bools
    switches: Bools


def matrix(values: Floats, entity: Codes, period: Codes) -> Floats:
    """Return values as entities by periods, missing where there is no row."""
    wide = np.full((entity.max() + 1, period.max() + 1), np.nan)
    wide[entity, period] = values
    return wide


def without_crossings(dose: Floats, first_dose: Floats, sign: Codes) -> Bools:
    """Say which values come before a dose falls on the other side of its first one."""
    crossed = np.sign(np.nan_to_num(dose - first_dose[:, None])) == -sign[:, None]
    return ~np.logical_or.accumulate(crossed & (sign != 0)[:, None], axis=1)


def first_switches(
    *, outcome: Floats, dose: Floats, entity: Codes, period: Codes, group: Codes, clusters: Codes
) -> tuple[FirstSwitches, int]:
    """Return the first switches of rows, and how many rows are left out after a crossing."""
    y, d = matrix(outcome, entity, period), matrix(dose, entity, period)
    seen = ~np.isnan(d)
    first_dose = d[np.arange(len(d)), seen.argmax(axis=1)]
    moved = seen & (d != first_dose[:, None])
    at = moved.argmax(axis=1)
    ever = moved.any(axis=1)
    sign = np.where(ever, np.sign(np.nan_to_num(d[np.arange(len(d)), at] - first_dose)), 0).astype(np.int64)
    kept = without_crossings(d, first_dose, sign)
    by_entity = np.zeros((2, len(d)), dtype=np.int64)
    by_entity[0, entity], by_entity[1, entity] = group, clusters
    doses = np.unique(first_dose, return_inverse=True)[1].ravel()
    cell = np.unique(by_entity[0] * (doses.max() + 1) + doses, return_inverse=True)[1].ravel()
    switches = FirstSwitches(
        outcome=np.where(kept, y, np.nan),
        dose=np.where(kept, d, np.nan),
        first_dose=first_dose,
        switched=np.where(ever, at, NEVER),
        sign=sign,
        cell=cell,
        clusters=by_entity[1],
    )
    return switches, int((seen & ~kept).sum())


def compare(switches: FirstSwitches, direction: Direction, horizon: int, *, lead: bool) -> Comparison:
    """Return the contributions `horizon` periods after (1 is that of the switch) or before the base period.

    Comparisons of a switcher share its cell and have not switched `horizon` periods after its base.
    """
    n, n_periods = switches.outcome.shape
    weighted, dose, since = np.zeros((3, n))
    part, moves = np.zeros((2, n), dtype=np.bool_)
    for base in range(horizon if lead else 0, n_periods - horizon):
        end = base + horizon
        change = switches.outcome[:, base - horizon if lead else end] - switches.outcome[:, base]
        own = switches.towards(direction) & (switches.switched == base + 1)
        own &= ~np.isnan(change + switches.dose[:, end])
        others = ~np.isnan(change) & (switches.switched > end)
        own &= np.bincount(switches.cell, others)[switches.cell] > 0
        sign = np.where(own, switches.sign, 0.0)
        weighted += gains(np.nan_to_num(change), sign, others, switches.cell)
        steps = np.nan_to_num(switches.dose - switches.first_dose[:, None])[:, base + 1 : end + 1]
        dose += sign * steps[:, -1]
        since += sign * steps.sum(axis=1)
        part |= own | (others & (np.bincount(switches.cell, own)[switches.cell] > 0))
        moves |= own
    return Comparison(weighted, dose, since, part, moves)


def gains(change: Floats, sign: Floats, others: Bools, cell: Codes) -> Floats:
    """Return signed changes less the mean of `others` in the cell, and what others take off, by entity."""
    n_others = np.maximum(np.bincount(cell, others), 1)
    mean = np.bincount(cell, np.where(others, change, 0.0)) / n_others
    share = np.bincount(cell, sign) / n_others
    beyond = change - mean[cell]
    return np.asarray(sign * beyond - np.where(others, share[cell] * beyond, 0.0))

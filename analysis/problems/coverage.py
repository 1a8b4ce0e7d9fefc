"""Who receives what: take-up of each kind among those in need, and kinds that come together."""

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from analysis.estimates.shares import Share, share_of
from analysis.problems.need import Need


@dataclass(frozen=True, slots=True)
class Reached:
    """A share of household-years and the number of households that it is about."""

    share: Share
    n_households: int


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Share of household-years that receive one kind, or any where `kind` is empty, in need and not."""

    kind: str
    in_need: Reached
    not_in_need: Reached


@dataclass(frozen=True, slots=True)
class Overlap:
    """Household-years with both kinds: their share of those with either, and against chance.

    `lift` is the number that has both over the number that would if one did not depend on the other.
    """

    first: str
    second: str
    n_both: int
    n_households: int
    share: float
    lift: float


def take_up(kind: str, need: Need) -> TakeUp:
    """Return the take-up of one kind among those short of the line and the others."""
    takes = need.rows["received" if not kind else f"pay_{kind}"] > 0
    short = need.rows["need"] > 0
    return TakeUp(kind, reached(takes[short], need), reached(takes[~short], need))


def reached(takes: pd.Series, need: Need) -> Reached:
    """Return the share of some household-years that take, errors by village."""
    rows = need.rows.loc[takes.index]
    return Reached(share_of(takes, rows[need.village]), int(rows["household_id"].nunique()))


def overlaps(need: Need) -> tuple[Overlap, ...]:
    """Return the pairs of kinds that any household has together, the most frequent first."""
    paid = need.rows[[f"pay_{kind}" for kind in need.kinds]] > 0
    found = []
    for first, second in combinations(need.kinds, 2):
        one, other = paid[f"pay_{first}"], paid[f"pay_{second}"]
        both, either = one & other, int((one | other).sum())
        if both.any():
            n_both, households = int(both.sum()), int(need.rows.loc[both, "household_id"].nunique())
            expected = float(one.mean() * other.sum())
            found.append(Overlap(first, second, n_both, households, n_both / either, n_both / expected))
    return tuple(sorted(found, key=lambda pair: -pair.n_both))

"""Households at the start: where they live, how many they are, what they own, how they are connected."""

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.places import Villages
from analysis.synthetic.streams import Bools, Floats, Ints, Streams
from analysis.synthetic.truth import Truth

SIZES_REGISTERED = {1: 0.443, 2: 0.342, 3: 0.110, 4: 0.072, 5: 0.027, 6: 0.006}
SIZES_ORDINARY = {1: 0.12, 2: 0.32, 3: 0.25, 4: 0.19, 5: 0.09, 6: 0.03}


@dataclass(frozen=True, slots=True)
class Households:
    """One value a household; registered ones come first, `number` counts within the village."""

    village: Ints
    township: Ints
    number: Ints
    registered: Bools
    marginal: Bools
    size: Ints
    connected: Bools
    land: Floats
    unsafe_house: Bools
    pass_through: Floats

    @property
    def count(self) -> int:
        """Number of households."""
        return len(self.village)


def households_of(villages: Villages, truth: Truth, streams: Streams) -> Households:
    """Draw the households of the first year."""
    rng = streams.of("households")
    registered = (
        np.arange(truth.households_registered + truth.households_ordinary) < truth.households_registered
    )
    n = len(registered)
    village = np.sort(
        rng.choice(truth.villages, truth.households_registered, p=villages.weight / villages.weight.sum())
    )
    others = np.sort(rng.choice(truth.villages, truth.households_ordinary))
    village = np.concatenate([village, others])
    size = np.concatenate(
        [
            quota(rng, SIZES_REGISTERED, truth.households_registered),
            quota(rng, SIZES_ORDINARY, truth.households_ordinary),
        ]
    )
    land = np.round(size * np.exp(0.35 * rng.normal(size=n)) * np.where(registered, 1.1, 1.5), 1)
    return Households(
        village=village,
        township=villages.township[village],
        number=counted(village),
        registered=registered,
        marginal=~registered & (rng.random(n) < truth.marginal_share),
        size=size,
        connected=rng.random(n) < 0.25,
        land=land,
        unsafe_house=rng.random(n) < np.where(registered, 0.12, 0.01),
        pass_through=rng.uniform(*truth.pass_through_able, n),
    )


def quota(rng: np.random.Generator, shares: dict[int, float], n: int) -> Ints:
    """Return `n` values in the exact shares, shuffled."""
    edges = np.rint(np.cumsum(list(shares.values())) * n).astype(int)
    edges[-1] = n
    return rng.permutation(np.repeat(np.array(list(shares)), np.diff(edges, prepend=0)))


def counted(group: Ints) -> Ints:
    """Return 1, 2, 3, ... within each group, in the order given."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    lengths = np.diff(np.append(starts, len(group)))
    number = np.empty(len(group), dtype=np.int64)
    number[order] = np.arange(len(group)) - np.repeat(starts, lengths) + 1
    return number

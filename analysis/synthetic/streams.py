"""Random streams by name, so that one process can change without reshuffling the others."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Streams:
    """The streams of one seed."""

    seed: int

    def of(self, process: str) -> np.random.Generator:
        """Return the stream of one process, always from its beginning."""
        return np.random.Generator(
            np.random.PCG64(np.random.SeedSequence([self.seed, crc32(process.encode())]))
        )


def pick(rng: np.random.Generator, shares: dict[str, float], n: int) -> Texts:
    """Draw `n` categories with the given shares."""
    edges = np.cumsum(list(shares.values()))
    drawn = np.searchsorted(edges / edges[-1], rng.random(n), side="right")
    return np.array(list(shares), dtype=object)[drawn]


def standardised(values: Floats) -> Floats:
    """Return the values with mean 0 and spread 1; all zero where they do not vary."""
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)


def chance(log_odds: Floats) -> Floats:
    """Return the probability of the log odds."""
    return 1 / (1 + np.exp(-log_odds))


def only(known: Bools, values: Texts) -> Texts:
    """Return the values where they are known, None elsewhere."""
    shown = np.full(known.shape, None, dtype=object)
    shown[known] = values[known]
    return shown

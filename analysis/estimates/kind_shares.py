"""Shares of kinds with draws around them, and the most even use of the same rows."""

from dataclasses import dataclass

import numpy as np

from analysis.estimates.regressors import Floats


@dataclass(frozen=True, slots=True, eq=False)
class KindShares:
    """Shares of K kinds: as they are, as even as the rows allow, and draws towards both ends (draws by K).

    `h` is the sum of squared shares of single rows.
    """

    shares: Floats
    even: Floats
    even_end: Floats
    single_end: Floats
    h: float
    level: float


def shares_of(weights: Floats, of_kind: np.ndarray, draws: int, seed: int, level: float) -> KindShares:
    """Return the mix of rows with `weights` (n); `of_kind` (n by K) says of which kind each is."""
    shares = (weights[:, None] * of_kind).sum(axis=0) / weights.sum()
    h = float(((weights / weights.sum()) ** 2).sum())
    largest = np.eye(len(shares))[shares.argmax()]
    others = (1 - largest) / max(len(shares) - 1, 1)
    rng = np.random.default_rng(seed)
    ends = [drawn(shares / h + more, rng, draws) for more in (others, largest)]
    return KindShares(shares, most_even(weights, len(shares)), ends[0], ends[1], h, level)


def drawn(counts: Floats, rng: np.random.Generator, draws: int) -> Floats:
    """Return draws of shares (draws by K) from a Dirichlet distribution, 0 where the count is."""
    found = np.zeros((draws, len(counts)))
    found[:, counts > 0] = rng.dirichlet(counts[counts > 0], draws)
    return found


def most_even(weights: Floats, n_kinds: int) -> Floats:
    """Return shares (K) of rows put one by one, the largest first, where least is (Graham 1969)."""
    total = np.zeros(n_kinds)
    for weight in np.sort(weights)[::-1]:
        total[total.argmin()] += weight
    return total / total.sum()

"""Draws of the wild cluster bootstrap, and the nulls that they do not reject."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from analysis.estimates.cluster_scores import ClusterScores
from analysis.estimates.regressors import Floats

Weights = Literal["rademacher", "webb"]

SUPPORT: dict[Weights, Floats] = {
    "rademacher": np.array([-1.0, 1.0]),
    "webb": np.sqrt([0.5, 1.0, 1.5, 0.5, 1.0, 1.5]) * np.array([-1, -1, -1, 1, 1, 1]),
}
CHUNK = 2**21
"""Numbers in the largest array of a chunk of draws."""
TIE = 1e-9
"""Relative distance below which two squared statistics are the same."""
DOUBLINGS = 20
"""Bounds beyond `2^20` standard errors are infinite: rounding decides ties further out."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Bootstrap statistics as functions of the distance `d` between estimate and null.

    `t(d)^2 = (move + d move_slope)^2 / (square + 2 d cross + d^2 slope_square)`, one entry a draw.
    """

    move: Floats
    move_slope: Floats
    square: Floats
    cross: Floats
    slope_square: Floats

    def interval(self, estimate: float, variance: float, level: float) -> tuple[float, float]:
        """Return the ends of the nulls around an estimate of this variance that are not rejected."""
        return interval(partial(self.p_value, variance=variance), estimate, float(np.sqrt(variance)), level)

    def p_value(self, distance: float, variance: float) -> float:
        """Return the share of draws with a statistic as large as the sample's, ties included."""
        bound = distance**2 / variance * (1 - TIE)
        squares = self.square + 2 * distance * self.cross + distance**2 * self.slope_square
        return float(((self.move + distance * self.move_slope) ** 2 >= bound * squares).mean())


def is_enumerated(weights: Weights, n_clusters: int, draws: int) -> bool:
    """Say whether all sign patterns are few enough to be used once each."""
    return weights == "rademacher" and 2**n_clusters <= draws


def sign_patterns(n_clusters: int) -> Floats:
    """Return all 2^G patterns of signs, G by 2^G."""
    numbers = np.arange(2**n_clusters)
    bits = (numbers >> np.arange(n_clusters)[:, None]) & 1
    return np.where(bits == 1, -1.0, 1.0)


def weight_chunks(weights: Weights, n_clusters: int, draws: int, seed: int) -> Iterator[Floats]:
    """Yield weights, G by up to `CHUNK / G`; the first draw is the sample itself."""
    if is_enumerated(weights, n_clusters, draws):
        yield sign_patterns(n_clusters)
        return
    random = np.random.default_rng(seed)
    yield np.ones((n_clusters, 1))
    size = max(CHUNK // n_clusters, 1)
    for start in range(0, draws - 1, size):
        shape = (n_clusters, min(size, draws - 1 - start))
        yield SUPPORT[weights][random.integers(len(SUPPORT[weights]), size=shape)]


def draw_statistics(scores: ClusterScores, chunks: Iterator[Floats]) -> Draws:
    """Return the statistics of all draws."""
    parts = []
    for v in chunks:
        fixed = contributions(scores.numerator, scores.pull, scores.moved, v)
        slope = contributions(scores.numerator_slope, scores.pull, scores.moved_slope, v)
        parts.append(
            np.vstack(
                [
                    scores.numerator @ v,
                    scores.numerator_slope @ v,
                    along(fixed, fixed),
                    along(fixed, slope),
                    along(slope, slope),
                ]
            )
        )
    return Draws(*np.hstack(parts))


def contributions(numerator: Floats, pull: Floats, moved: Floats, v: Floats) -> Floats:
    """Return what each cluster adds to the variance under weights `v`, G by draws."""
    found = pull.T @ (moved @ v)
    np.subtract(numerator[:, None] * v, found, out=found)
    return found


def along(left: Floats, right: Floats) -> Floats:
    """Return the inner product of each pair of columns."""
    return np.einsum("ij,ij->j", left, right)


def interval(
    p_value: Callable[[float], float], estimate: float, start: float, level: float
) -> tuple[float, float]:
    """Return the ends of the nulls that are not rejected, `p_value` a function of estimate less null."""
    return (
        estimate - reach(p_value, start, 1 - level, 1),
        estimate + reach(p_value, start, 1 - level, -1),
    )


def reach(p_value: Callable[[float], float], start: float, size: float, side: Literal[-1, 1]) -> float:
    """Return the distance from the estimate at which nulls on one side begin to be rejected.

    Doubles from `start` until a null is rejected, then bisects to 1e-9 of the distance; infinite if none is.
    """
    outside = start
    for _ in range(DOUBLINGS):
        if p_value(side * outside) <= size:
            break
        outside *= 2
    else:
        return np.inf
    inside = 0.0
    while outside - inside > 1e-9 * outside:
        middle = (inside + outside) / 2
        if p_value(side * middle) <= size:
            outside = middle
        else:
            inside = middle
    return float(outside)

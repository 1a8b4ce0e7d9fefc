"""Arrangements of treatment paths over clusters: all of them where they are few, random ones otherwise."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import factorial, prod

import numpy as np

from analysis.estimates.small_sample import Codes


def n_arrangements(paths: Codes) -> int:
    """Return in how many different ways the paths can lie on the clusters: `G! / prod_k m_k!`."""
    return factorial(len(paths)) // prod(factorial(count) for count in np.bincount(paths).tolist())


def placed(free: Sequence[int], counts: Sequence[int], n_clusters: int) -> Iterator[Codes]:
    """Yield every way of placing `counts[k]` copies of path k on free clusters; path 0 lies on the rest."""
    path = len(counts) - 1
    if path == 0:
        yield np.zeros(n_clusters, dtype=np.int64)
        return
    for chosen in combinations(free, counts[path]):
        rest = [cluster for cluster in free if cluster not in chosen]
        for arrangement in placed(rest, counts[:path], n_clusters):
            arrangement[list(chosen)] = path
            yield arrangement


def arrangements(paths: Codes, *, draws: int, seed: int) -> Codes:
    """Return arrangements, A by G, of the path codes (G): each once if there are at most `draws` of them.

    Otherwise the arrangement of the sample and `draws - 1` random ones.
    """
    if n_arrangements(paths) <= draws:
        counts = np.bincount(paths).tolist()
        return np.array(list(placed(range(len(paths)), counts, len(paths))))
    shuffled = np.random.default_rng(seed).permuted(np.tile(paths, (draws - 1, 1)), axis=1)
    return np.vstack([paths, shuffled])

"""Statistics of one coefficient under re-assigned treatment paths, from sums by cluster and path."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.estimates.bootstrap_draws import CHUNK, Draws
from analysis.estimates.cluster_scores import nested_clusters, partialled
from analysis.estimates.inference.blocks import row_ranges, within_outcome
from analysis.estimates.inference.paths import Paths
from analysis.estimates.panel_sample import PanelSample
from analysis.estimates.regressors import TOLERANCE, Floats, entity_means
from analysis.estimates.small_sample import Codes


@dataclass(frozen=True, slots=True, eq=False)
class PathSums:
    """Sums over the rows of cluster g (of G), were path k (of K) its own, L nuisance columns removed.

    `own` (G by K) are squares of the path's column; `nuisance` (G by K by L) its products with the
    nuisance columns; `target` (G by K by 2) with two columns free of them, the residual under the
    sample's estimate and the treatment. `nuisance_squares` is G by L by L, `nuisance_target` G by L by 2.
    """

    own: Floats
    nuisance: Floats
    target: Floats
    nuisance_squares: Floats
    nuisance_target: Floats


def path_columns(sample: PanelSample, paths: Paths) -> Floats:
    """Return each path as a column, n by K, without household means where these are removed."""
    columns = paths.values.T[sample.period]
    return columns - entity_means(columns, sample.entity) if sample.effects else columns


def path_sums(sample: PanelSample, paths: Paths, term: str) -> PathSums:
    """Return the sums of a sample in which the term is not absorbed."""
    matrix = partialled(sample)
    w = matrix.drop(columns=term).to_numpy()
    treatment, y = matrix[term].to_numpy(), within_outcome(sample)
    both = np.column_stack([y, treatment])
    free = both - w @ np.linalg.solve(w.T @ w, w.T @ both) if w.shape[1] else both
    estimate = (free[:, 1] @ free[:, 0]) / (free[:, 1] @ free[:, 1])
    targets = np.column_stack([free[:, 0] - estimate * free[:, 1], free[:, 1]])
    order, ranges = row_ranges(nested_clusters(sample))
    c, w, targets = path_columns(sample, paths)[order], w[order], targets[order]
    return PathSums(
        own=np.stack([(c[rows] ** 2).sum(axis=0) for rows in ranges]),
        nuisance=np.stack([c[rows].T @ w[rows] for rows in ranges]),
        target=np.stack([c[rows].T @ targets[rows] for rows in ranges]),
        nuisance_squares=np.stack([w[rows].T @ w[rows] for rows in ranges]),
        nuisance_target=np.stack([w[rows].T @ targets[rows] for rows in ranges]),
    )


def permuted(sums: PathSums, inverse: Floats, assigned: Codes) -> Floats:
    """Return the five rows of `Draws` for arrangements m by G; `inverse` is that of the nuisance columns.

    With `g = inverse W'D` of an arrangement D, its column free of nuisance is `D - W g`, its squares
    by cluster `D_g'D_g - 2 g'W_g'D_g + g'W_g'W_g g`. An arrangement that the nuisance columns span
    counts as being as extreme as the sample.
    """
    clusters = np.arange(len(sums.own))
    own, nuisance = sums.own[clusters, assigned], sums.nuisance[clusters, assigned]
    gamma = nuisance.sum(axis=1) @ inverse
    squares = np.stack([((gamma @ block) * gamma).sum(axis=1) for block in sums.nuisance_squares], axis=1)
    q = own - 2 * np.einsum("ml,mgl->mg", gamma, nuisance) + squares
    target = sums.target[clusters, assigned] - np.einsum("ml,glt->mgt", gamma, sums.nuisance_target)
    total = q.sum(axis=1)
    spanned = total <= TOLERANCE * own.sum(axis=1)
    a = np.where(spanned, 0.0, 1 / np.where(spanned, 1.0, total))
    moves = a[:, None] * target.sum(axis=1)
    scores = a[:, None, None] * (target - moves[:, None, :] * q[:, :, None])
    fixed, slope = scores[:, :, 0], scores[:, :, 1]
    return np.vstack([moves.T, (fixed**2).sum(axis=1), (fixed * slope).sum(axis=1), (slope**2).sum(axis=1)])


def chunks(assigned: Codes, width: int) -> Iterator[NDArray[np.int64]]:
    """Yield arrangements in parts small enough for arrays of `width` numbers an arrangement."""
    size = max(CHUNK // width, 1)
    for start in range(0, len(assigned), size):
        yield assigned[start : start + size]


def permuted_draws(sample: PanelSample, paths: Paths, term: str, assigned: Codes) -> Draws:
    """Return the statistics of all arrangements (A by G), as functions of the null."""
    sums = path_sums(sample, paths, term)
    inverse = np.linalg.inv(sums.nuisance_squares.sum(axis=0))
    width = assigned.shape[1] * (sums.nuisance.shape[2] + 2)
    return Draws(*np.hstack([permuted(sums, inverse, part) for part in chunks(assigned, width)]))

"""Statistics of one coefficient under re-assigned treatment paths, from sums by cluster and path."""

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
    """Sums over the rows of one cluster, were path k (of K) its own.

    `active` are the positions of the nuisance columns (l) that are not zero here. `own` (K) are squares
    of the path's column, `nuisance` (K by l) its products with the nuisance columns, `target` (K by 2)
    with two columns free of nuisance, the residual under the sample's estimate and the treatment.
    `nuisance_squares` is l by l, `nuisance_target` l by 2.
    """

    active: NDArray[np.int64]
    own: Floats
    nuisance: Floats
    target: Floats
    nuisance_squares: Floats
    nuisance_target: Floats


def sums_of(c: Floats, w: Floats, targets: Floats) -> PathSums:
    """Return the sums of one cluster's rows: paths n by K, nuisance n by L, targets n by 2."""
    active = np.flatnonzero(np.abs(w).max(axis=0))
    w = w[:, active]
    return PathSums(active, (c**2).sum(axis=0), c.T @ w, c.T @ targets, w.T @ w, w.T @ targets)


def path_columns(sample: PanelSample, paths: Paths) -> Floats:
    """Return each path as a column, n by K, without household means where these are removed."""
    columns = paths.values.T[sample.period]
    return columns - entity_means(columns, sample.entity) if sample.effects else columns


def targets_of(treatment: Floats, y: Floats, w: Floats) -> Floats:
    """Return residual and treatment, n by 2, both without the nuisance columns w (n by L)."""
    both = np.column_stack([y, treatment])
    free = both - w @ np.linalg.solve(w.T @ w, w.T @ both)
    estimate = (free[:, 1] @ free[:, 0]) / (free[:, 1] @ free[:, 1])
    return np.column_stack([free[:, 0] - estimate * free[:, 1], free[:, 1]])


def permuted(sums: list[PathSums], inverse: Floats, assigned: Codes) -> Floats:
    """Return the five rows of `Draws` for arrangements m by G; `inverse` is that of the nuisance columns.

    With `g = inverse W'D` of an arrangement D, its column free of nuisance is `D - W g`, its squares
    by cluster `D_g'D_g - 2 g'W_g'D_g + g'W_g'W_g g`. An arrangement that the nuisance columns span
    counts as being as extreme as the sample.
    """
    products = np.zeros((len(assigned), len(inverse)))
    for one, path in zip(sums, assigned.T, strict=True):
        products[:, one.active] += one.nuisance[path]
    gamma = products @ inverse
    q, target = np.empty(assigned.shape), np.empty((*assigned.shape, 2))
    for g, (one, path) in enumerate(zip(sums, assigned.T, strict=True)):
        own = gamma[:, one.active]
        q[:, g] = one.own[path] + (own * (own @ one.nuisance_squares - 2 * one.nuisance[path])).sum(axis=1)
        target[:, g] = one.target[path] - own @ one.nuisance_target
    before = sum(one.own[path] for one, path in zip(sums, assigned.T, strict=True))
    return statistics(q, target, q.sum(axis=1) > TOLERANCE * before)


def statistics(q: Floats, target: Floats, defined: NDArray[np.bool_]) -> Floats:
    """Return the rows of `Draws` from squares (m by G) and products (m by G by 2) of free columns."""
    a = np.where(defined, 1 / np.where(defined, q.sum(axis=1), 1.0), 0.0)
    moves = a[:, None] * target.sum(axis=1)
    fixed, slope = (a[:, None] * (target[:, :, i] - moves[:, [i]] * q) for i in range(2))
    return np.vstack([moves.T, (fixed**2).sum(axis=1), (fixed * slope).sum(axis=1), (slope**2).sum(axis=1)])


def permuted_draws(sample: PanelSample, paths: Paths, term: str, assigned: Codes) -> Draws:
    """Return the statistics of all arrangements (A by G), as functions of the null."""
    matrix = partialled(sample)
    w = matrix.drop(columns=term).to_numpy()
    targets = targets_of(matrix[term].to_numpy(), within_outcome(sample), w)
    order, ranges = row_ranges(nested_clusters(sample))
    c, rows_w, rows_targets = path_columns(sample, paths)[order], w[order], targets[order]
    sums = [sums_of(c[rows], rows_w[rows], rows_targets[rows]) for rows in ranges]
    inverse = np.linalg.inv(w.T @ w)
    size = max(CHUNK // assigned.shape[1], 1)
    parts = [assigned[start : start + size] for start in range(0, len(assigned), size)]
    return Draws(*np.hstack([permuted(sums, inverse, part) for part in parts]))

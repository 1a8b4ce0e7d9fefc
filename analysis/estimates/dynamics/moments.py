"""Moments of dynamic panel regressions, summed by cluster, and generalised method of moments on them."""

from dataclasses import dataclass

import numpy as np

from analysis.estimates.dynamics.grids import Stacked
from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import Codes

RANK = 1e-10
"""Share of the largest eigenvalue below which a direction of the moments counts as absent."""


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over entities: `Z_i'X_i` by cluster (G by L by K), `Z_i'y_i` (G by L), `Z_i'H Z_i` (L by L)."""

    regressors: Floats
    outcome: Floats
    homoskedastic: Floats

    def scores(self, coefficients: Floats) -> Floats:
        """Return `sum_i Z_i'e_i` by cluster, G by L."""
        return self.outcome - self.regressors @ coefficients


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step: coefficients K, weight L by L, `(X'Z W Z'X)^-1` K by K, and its robust covariance."""

    coefficients: Floats
    weight: Floats
    bread: Floats
    covariance: Floats


def transposed_differences(instruments: Floats, stacked: Stacked) -> Floats:
    """Return `M'Z_i`, N by periods by L, where `M` makes the stacked errors out of those in levels."""
    split = stacked.n_differences
    made = np.zeros((instruments.shape[0], int(stacked.periods.max()) + 1, instruments.shape[2]))
    rows = stacked.periods[:split]
    made[:, rows] += instruments[:, :split]
    made[:, rows - 1] -= instruments[:, :split]
    made[:, stacked.periods[split:]] += instruments[:, split:]
    return made


def moments_of(stacked: Stacked, instruments: Floats, clusters: Codes) -> Moments:
    """Return the moments; `H = M M'` is the covariance of errors that are independent over time."""
    order = np.argsort(clusters, kind="stable")
    starts = np.unique(clusters[order], return_index=True)[1]
    z = instruments[order]
    whole = np.concatenate([stacked.outcome[order][:, :, None], stacked.regressors[order]], axis=2)
    by_cluster = np.add.reduceat(z.transpose(0, 2, 1) @ whole, starts, axis=0)
    levels = transposed_differences(instruments, stacked).reshape(-1, instruments.shape[2])
    return Moments(by_cluster[:, :, 1:], by_cluster[:, :, 0], levels.T @ levels)


def inverse(matrix: Floats) -> Floats:
    """Return the (Moore-Penrose) inverse of a symmetric matrix after scaling its diagonal to one."""
    scale = np.sqrt(np.diag(matrix))
    scaled = np.linalg.pinv(matrix / np.outer(scale, scale), rcond=RANK, hermitian=True)
    return scaled / np.outer(scale, scale)


def outer(scores: Floats) -> Floats:
    """Return `sum_g s_g s_g'`."""
    return scores.T @ scores


def fit_weighted(moments: Moments, weight: Floats) -> tuple[Floats, Floats]:
    """Return `b = (X'Z W Z'X)^-1 X'Z W Z'y` and the inverse in it."""
    zx, zy = moments.regressors.sum(axis=0), moments.outcome.sum(axis=0)
    bread = np.linalg.inv(zx.T @ weight @ zx)
    return bread @ zx.T @ weight @ zy, bread


def one_step(moments: Moments) -> Step:
    """Weight by `(sum_i Z_i'H Z_i)^-1`; the covariance is robust, `B X'Z W S W Z'X B`."""
    weight = inverse(moments.homoskedastic)
    coefficients, bread = fit_weighted(moments, weight)
    half = bread @ moments.regressors.sum(axis=0).T @ weight
    covariance = half @ outer(moments.scores(coefficients)) @ half.T
    return Step(coefficients, weight, bread, covariance)


def two_step(moments: Moments, first: Step) -> Step:
    """Weight by the inverse of the first step's `sum_g s_g s_g'`; covariance after Windmeijer (2005).

    `V + D V + V D' + D V1 D'`, where `D` is the derivative of the coefficients in those of the first
    step, on which the weight depends.
    """
    scores = moments.scores(first.coefficients)
    weight = inverse(outer(scores))
    coefficients, bread = fit_weighted(moments, weight)
    half = bread @ moments.regressors.sum(axis=0).T @ weight
    pull = weight @ moments.scores(coefficients).sum(axis=0)
    drift = np.empty_like(bread)
    for k in range(len(bread)):
        cross = moments.regressors[:, :, k].T @ scores
        drift[:, k] = half @ ((cross + cross.T) @ pull)
    covariance = bread + drift @ bread + bread @ drift.T + drift @ first.covariance @ drift.T
    return Step(coefficients, weight, bread, covariance)

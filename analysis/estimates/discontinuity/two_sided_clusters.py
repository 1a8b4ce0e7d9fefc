"""Errors of a jump between two fitted curves whose clusters lie on both sides of the cutoff.

`rdrobust` adds the variances of the two sides, as if no cluster had rows on both. Villages and
households do: what they share cancels in the jump, and the sum overstates its variance. Here the
scores of a cluster are added over both sides first. Where no cluster straddles the cutoff the two
agree up to the factor of the small-sample correction (`vce="cr3"` there).
"""

from dataclasses import dataclass

import numpy as np

from analysis.estimates.discontinuity.kernels import Kernel, kernel_weights
from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import Codes, levels
from analysis.faults import Fault, Faults

SINGULAR = 1e-10


@dataclass(frozen=True, slots=True)
class Window:
    """Bandwidths in units of the running variable: `width` for the curve, `bias_width` for its bias."""

    width: float
    bias_width: float
    kernel: Kernel
    order: int

    def weights(self, score: Floats) -> Floats:
        """Return kernel weights of the curve."""
        return kernel_weights(np.abs(score) / self.width, self.kernel)

    def bias_weights(self, score: Floats) -> Floats:
        """Return kernel weights of the bias."""
        return kernel_weights(np.abs(score) / self.bias_width, self.kernel)


@dataclass(frozen=True, slots=True)
class JumpErrors:
    """Standard errors of the conventional and of the bias-corrected jump."""

    conventional: float
    robust: float


def without_covariates(
    values: Floats, score: Floats, covariates: Floats, weights: Floats, order: int
) -> Floats:
    """Return `y - Z g`, `g` from the weighted regression on Z and a polynomial for each side."""
    if not covariates.shape[1]:
        return values
    powers = np.vander(score, order + 1, increasing=True)
    above = (score >= 0)[:, None]
    x = np.hstack([covariates, powers * above, powers * ~above])
    root = np.sqrt(weights)
    slopes = np.linalg.lstsq(x * root[:, None], values * root, rcond=None)[0]
    return values - covariates @ slopes[: covariates.shape[1]]


def sums(rows: Floats, clusters: Codes, n_clusters: int) -> Floats:
    """Return sums by cluster, G by k, of rows n by k."""
    return np.column_stack([np.bincount(clusters, column, n_clusters) for column in rows.T])


def left_out(
    pull: Floats, values: Floats, x: Floats, weights: Floats, clusters: Codes, n_clusters: int
) -> Floats:
    """Return `c_g' (I - H_g)⁻¹ e_g` by cluster, G: pulls times residuals of a fit without the cluster.

    `e` are residuals of the regression on x (n by k) with weights, `B = (x'Wx)⁻¹`, `H_g = x_g B x_g'W_g`;
    solved as `c_g'e_g + c_g'x_g B (I - x_g'W_g x_g B)⁻¹ x_g'W_g e_g`. 0 for clusters without rows. Raises
    `Faults` where that has no solution.
    """
    k = x.shape[1]
    inverse = np.linalg.inv((x.T * weights) @ x)
    residual = values - x @ (inverse @ (x.T @ (weights * values)))
    squares = sums(
        (x[:, :, None] * x[:, None, :]).reshape(-1, k * k) * weights[:, None], clusters, n_clusters
    )
    scores = sums(x * (weights * residual)[:, None], clusters, n_clusters)
    kept = np.eye(k) - squares.reshape(-1, k, k) @ inverse
    if np.linalg.svd(kept, compute_uv=False).min() < SINGULAR:
        mend = "widen the bandwidth, or cluster by a smaller unit"
        found = "one cluster alone carries the curve on a side"
        raise Faults([Fault("clusters", found, "several clusters on each side", mend)])
    moved = np.linalg.solve(kept, scores[:, :, None])[:, :, 0] @ inverse
    pulls = sums(x * pull[:, None], clusters, n_clusters)
    return np.bincount(clusters, pull * residual, n_clusters) + (pulls * moved).sum(axis=1)


def side_scores(values: Floats, score: Floats, clusters: Codes, n_clusters: int, window: Window) -> Floats:
    """Return what each cluster adds to the error of one side's intercept: conventional, robust; 2 by G.

    Pulls on the corrected intercept are `e'G⁻¹ (R'W - h^(p+1) L e'B⁻¹ Q'V)` (Calonico, Cattaneo
    and Titiunik 2014, with h the width): R is the polynomial of order p with weights W and `G = R'WR`,
    Q that of order p+1 with weights V of the bias and `B = Q'VQ`, `L = R'W (x/h)^(p+1)`.
    """
    order = window.order
    w, v = window.weights(score), window.bias_weights(score)
    q = np.vander(score / window.width, order + 2, increasing=True)
    r = q[:, : order + 1]
    plain = np.linalg.solve((r.T * w) @ r, r.T * w)[0]
    curvature = np.linalg.solve((q.T * v) @ q, q.T * v)[-1]
    corrected = plain - float(plain @ q[:, -1]) * curvature
    return np.stack(
        [
            left_out(plain, values, r, w, clusters, n_clusters),
            left_out(corrected, values, q, v, clusters, n_clusters),
        ]
    )


def clustered_errors(
    values: Floats, score: Floats, covariates: Floats, clusters: Codes, window: Window
) -> JumpErrors:
    """Return `sqrt((G-1)/G Σ_g s_g²)`, `s_g` the scores of cluster g over both sides, G clusters.

    Residuals are those of fits without the cluster, since rows at the cutoff pull hard on their own curve:
    the jackknife of Bell and McCaffrey (2002), CV3 in MacKinnon, Nielsen and Webb (2023). Covariates are
    taken out beforehand. Raises `Faults` where one cluster alone carries a curve.
    """
    near = (window.weights(score) > 0) | (window.bias_weights(score) > 0)
    adjusted = without_covariates(values, score, covariates, window.weights(score), window.order)
    own = np.unique(clusters[near], return_inverse=True)[1]
    y, x = adjusted[near], score[near]
    n_clusters = int(own.max()) + 1
    above, below = (side_scores(y[side], x[side], own[side], n_clusters, window) for side in (x >= 0, x < 0))
    counted = [levels(clusters[window.weights(score) > 0]), n_clusters]
    conventional, robust = (
        float(np.sqrt((g - 1) / g * np.square(row).sum()))
        for g, row in zip(counted, above - below, strict=True)
    )
    return JumpErrors(conventional, robust)

"""Errors of a jump between two fitted curves whose clusters lie on both sides of the cutoff.

`rdrobust` adds the variances of the two sides, as if no cluster had rows on both. Villages and
households do: what they share cancels in the jump, and the sum overstates its variance. Here the
scores of a cluster are added over both sides first. Where no cluster straddles the cutoff the two
agree up to the factor of the small-sample correction.
"""

from dataclasses import dataclass

import numpy as np

from analysis.estimates.discontinuity.kernels import Kernel, kernel_weights
from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import Codes, levels


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


def side_scores(values: Floats, score: Floats, window: Window) -> tuple[Floats, Floats]:
    """Return what each row of one side adds to the error of its intercept: conventional, robust.

    Weights of the corrected intercept are `e'G⁻¹ (R'W - h^(p+1) L e'B⁻¹ Q'V)` (Calonico, Cattaneo
    and Titiunik 2014, with h the width): R is the polynomial of order p with weights W and `G = R'WR`,
    Q that of order p+1 with weights V of the bias and `B = Q'VQ`, `L = R'W (x/h)^(p+1)`.
    """
    order = window.order
    w, v = window.weights(score), window.bias_weights(score)
    q = np.vander(score / window.width, order + 2, increasing=True)
    r = q[:, : order + 1]
    curve = np.linalg.solve((r.T * w) @ r, r.T * w)
    wider = np.linalg.solve((q.T * v) @ q, q.T * v)
    bias = float(curve[0] @ q[:, -1])
    corrected = curve[0] - bias * wider[-1]
    return curve[0] * (values - r @ (curve @ values)), corrected * (values - q @ (wider @ values))


def clustered_errors(
    values: Floats, score: Floats, covariates: Floats, clusters: Codes, window: Window
) -> JumpErrors:
    """Return `sqrt(c Σ_g s_g²)`, `s_g` the sum over both sides of the scores of cluster g.

    `c = G/(G-1) (n-1)/(n-K)`, n rows and G clusters in the window, K parameters of both curves.
    """
    order, weights = window.order, window.weights(score)
    adjusted = without_covariates(values, score, covariates, weights, order)
    scores = np.zeros((2, len(score)))
    for side, sign in ((score >= 0, 1.0), (score < 0, -1.0)):
        scores[:, side] = sign * np.stack(side_scores(adjusted[side], score[side], window))
    errors = []
    for row, inside, degree in (
        (scores[0], weights > 0, order),
        (scores[1], (weights > 0) | (window.bias_weights(score) > 0), order + 1),
    ):
        n, g = int(inside.sum()), levels(clusters[inside])
        factor = g / (g - 1) * (n - 1) / (n - 2 * (degree + 1) - covariates.shape[1])
        errors.append(float(np.sqrt(factor * np.square(np.bincount(clusters, row)).sum())))
    return JumpErrors(*errors)

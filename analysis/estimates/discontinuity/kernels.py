"""Kernels of local polynomials, and what each makes of the variance at the edge of a window."""

from typing import Literal

import numpy as np
from scipy.integrate import quad

from analysis.estimates.regressors import Floats

Kernel = Literal["triangular", "epanechnikov", "uniform"]


def kernel_weights(distance: Floats, kernel: Kernel) -> Floats:
    """Return weights at `distance = |score| / bandwidth`, zero outside the window."""
    inside = distance <= 1
    if kernel == "uniform":
        return np.where(inside, 0.5, 0.0)
    if kernel == "triangular":
        return np.where(inside, 1 - distance, 0.0)
    return np.where(inside, 0.75 * (1 - distance**2), 0.0)


def edge_variance(kernel: Kernel, order: int) -> float:
    """Return `C` in `Var(intercept) = C s^2 / n` of a local polynomial fitted to one side of a window.

    With `r(u) = (1, u, ..., u^p)`, `S = ∫ K r r'`, `T = ∫ K² r r'` over (0, 1) and n rows uniform over
    the window, `C = e'S⁻¹ T S⁻¹ e`: 4 for a line with the uniform kernel, 24/5 with the triangular
    (Fan and Gijbels 1996, section 3.2).
    """

    def moments(power: int) -> Floats:
        return np.array(
            [
                [
                    quad(lambda u, k=i + j: kernel_weights(np.array(u), kernel) ** power * u**k, 0, 1)[0]
                    for j in range(order + 1)
                ]
                for i in range(order + 1)
            ]
        )

    row = np.linalg.inv(moments(1))[0]
    return float(row @ moments(2) @ row)

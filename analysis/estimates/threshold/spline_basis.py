"""Splines of one variable: a smooth shape by few columns, with knots where the data are."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.regressors import Floats
from analysis.faults import Fault, Faults

SplineKind = Literal["natural_cubic", "linear"]

OUTER = 0.05
"""Share of rows beyond the first knot, and beyond the last."""


@dataclass(frozen=True, slots=True)
class SplineBasis:
    """Knots in ascending order, K of them; the columns are K - 1, the constant not among them.

    `natural_cubic`: cubic between knots with two continuous derivatives, a straight line beyond the outer
    ones. `linear`: straight lines that break at the inner knots.
    """

    kind: SplineKind
    knots: tuple[float, ...]

    def columns(self, values: Floats) -> Floats:
        """Return the columns of the spline at n values, n by K - 1.

        With `u` and knots `k_j` rescaled so that the outer ones are 0 and 1, the first column is `u`; the
        others are `(u - k_j)+` (linear), or `d_j - d_{K-1}` with
        `d_j = ((u - k_j)+^3 - (u - 1)+^3) / (1 - k_j)` (Hastie, Tibshirani and Friedman 2009, eq. 5.4).
        """
        first, last = self.knots[0], self.knots[-1]
        u = (np.asarray(values, dtype=float) - first) / (last - first)
        knots = (np.array(self.knots) - first) / (last - first)
        if self.kind == "linear":
            return np.column_stack([u, *(np.maximum(u - knot, 0) for knot in knots[1:-1])])
        beyond = np.maximum(u - 1, 0) ** 3
        shapes = [(np.maximum(u - knot, 0) ** 3 - beyond) / (1 - knot) for knot in knots[:-1]]
        return np.column_stack([u, *(shape - shapes[-1] for shape in shapes[:-1])])


def spline_basis(values: pd.Series, kind: SplineKind, n_knots: int) -> SplineBasis:
    """Return a basis whose knots are evenly spaced quantiles from 5% to 95% of the values.

    Raises `Faults` for fewer than three knots, and where several quantiles are one value.
    """
    if n_knots < 3:
        raise Faults([Fault("spline, knots", str(n_knots), "three or more", "use 4 or 5")])
    shares = np.linspace(OUTER, 1 - OUTER, n_knots)
    known = values.dropna().to_numpy(dtype=float)
    knots = np.unique(np.quantile(known, shares)) if len(known) else known
    if len(knots) < n_knots:
        found = f"{len(knots)} distinct value(s) at {n_knots} quantiles"
        mend = "use fewer knots, or interactions for a variable of few values"
        raise Faults([Fault(where(str(values.name)), found, "a value of its own for each knot", mend)])
    return SplineBasis(kind, tuple(float(knot) for knot in knots))

"""Inequality of one column: the Gini coefficient and Theil's two indices."""

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.index_estimate import IndexEstimate, linearised
from analysis.estimates.regressors import Floats
from analysis.estimates.weighted_rows import WeightedRows, weighted_rows
from analysis.faults import Fault, Faults


def distances(y: Floats, w: Floats) -> Floats:
    """Return `m_i = sum_j w_j |y_i - y_j|`, n, for unsorted values and weights."""
    order = np.argsort(y, kind="stable")
    sorted_y, sorted_w = y[order], w[order]
    below, income_below = np.cumsum(sorted_w), np.cumsum(sorted_w * sorted_y)
    total = sorted_y * (2 * below - below[-1]) + income_below[-1] - 2 * income_below
    found = np.empty_like(total)
    found[order] = total
    return found


def gini(
    frame: pd.DataFrame, income: str, *, weights: str | None = None, clusters: str | None = None
) -> IndexEstimate:
    """Return `G = sum_ij w_i w_j |y_i - y_j| / (2 mu W^2)`.

    Its linearisation is `(m_i / W - G (y_i + mu)) / mu` with `m_i = sum_j w_j |y_i - y_j|` (Monti
    1991; Cowell 2011). Incomes below zero are kept, and the index may then exceed one.
    Raises `Faults` if the mean is not positive.
    """
    rows = weighted_rows(frame, (income,), weights=weights, clusters=clusters)
    y = rows.column(income)
    mu = rows.mean(y)
    if mu <= 0:
        found = f"a mean of {mu:g}"
        raise Faults([Fault(where(income), found, "a positive mean", "the Gini has no meaning here")])
    mean_distance = distances(y, rows.weights) / rows.weights.sum()
    estimate = rows.mean(mean_distance) / (2 * mu)
    return linearised(rows, "Gini", estimate, (mean_distance - estimate * (y + mu)) / mu)


def positive_rows(
    frame: pd.DataFrame, columns: tuple[str, ...], weights: str | None, clusters: str | None
) -> WeightedRows:
    """Return rows whose first column is positive, the others counted: a logarithm needs it."""
    rows = weighted_rows(frame, columns, weights=weights, clusters=clusters)
    return rows.only(rows.values[columns[0]] > 0, f"{columns[0]} not positive")


def theil_t(
    frame: pd.DataFrame, income: str, *, weights: str | None = None, clusters: str | None = None
) -> IndexEstimate:
    """Return `T = mean((y / mu) log(y / mu))` over positive incomes (Theil 1967).

    Linearised: `(y log y - a) / mu - (a + mu) (y - mu) / mu^2`, `a = mean(y log y)`.
    """
    rows = positive_rows(frame, (income,), weights, clusters)
    y = rows.column(income)
    mu, a = rows.mean(y), rows.mean(y * np.log(y))
    influence = (y * np.log(y) - a) / mu - (a + mu) * (y - mu) / mu**2
    return linearised(rows, "Theil T", a / mu - np.log(mu), influence)


def theil_l(
    frame: pd.DataFrame, income: str, *, weights: str | None = None, clusters: str | None = None
) -> IndexEstimate:
    """Return `L = mean(log(mu / y))` over positive incomes, the mean log deviation (Theil 1967).

    Linearised: `(y - mu) / mu - (log y - mean(log y))`.
    """
    rows = positive_rows(frame, (income,), weights, clusters)
    y = rows.column(income)
    mu, b = rows.mean(y), rows.mean(np.log(y))
    return linearised(rows, "Theil L", np.log(mu) - b, (y - mu) / mu - (np.log(y) - b))


def inequality_indices(
    frame: pd.DataFrame, income: str, *, weights: str | None = None, clusters: str | None = None
) -> tuple[IndexEstimate, ...]:
    """Return Gini, Theil T and Theil L."""
    return tuple(
        index(frame, income, weights=weights, clusters=clusters) for index in (gini, theil_t, theil_l)
    )

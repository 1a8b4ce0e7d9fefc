"""Instruments of dynamic panel regressions: lagged levels for differences, lagged differences for levels."""

import numpy as np

from analysis.estimates.dynamics.dynamic_design import EARLIEST_LAG, DynamicDesign, lag_name
from analysis.estimates.dynamics.grids import Grids, Stacked, differenced, lagged
from analysis.estimates.regressors import Floats

Columns = list[Floats]
"""Instruments, each N by rows of one set of equations."""


def spread(grid: Floats, collapse: bool) -> Columns:
    """Return one column (collapsed), or one a row that is zero in all other rows; missing is zero."""
    filled = np.where(np.isfinite(grid), grid, 0.0)
    if collapse:
        return [filled]
    return [filled * indicator for indicator in np.eye(filled.shape[1])]


def internal(outcome: str, design: DynamicDesign) -> list[tuple[str, int]]:
    """Return columns instrumented by their own past, with the first lag that is valid."""
    own = [(r.column, EARLIEST_LAG[r.role]) for r in design.regressors if r.role != "exogenous"]
    return [(outcome, EARLIEST_LAG["endogenous"]), *own]


def for_differences(grids: Grids, outcome: str, design: DynamicDesign, stacked: Stacked) -> Columns:
    """Return lagged levels `x_(t-l)`, differences of exogenous regressors, and period dummies."""
    rows = stacked.periods[: stacked.n_differences]
    found: Columns = []
    for column, earliest in internal(outcome, design):
        deepest = len(grids[column].T) - 1 if design.deepest_lag is None else design.deepest_lag
        for lag in range(earliest, deepest + 1):
            if lag <= rows[-1]:
                found += spread(lagged(grids[column], lag)[:, rows], design.collapse)
    exogenous = [
        stacked.terms.index(lag_name(regressor.column, lag))
        for regressor in design.regressors
        if regressor.role == "exogenous"
        for lag in regressor.lags
    ]
    found += [stacked.regressors[:, : len(rows), position] for position in exogenous]
    return found


def for_levels(grids: Grids, outcome: str, design: DynamicDesign, stacked: Stacked) -> Columns:
    """Return lagged differences: `dx_(t-1)` of the outcome and endogenous, `dx_t` of predetermined."""
    rows = stacked.periods[stacked.n_differences :]
    found: Columns = []
    for column, earliest in internal(outcome, design):
        found += spread(lagged(differenced(grids[column]), earliest - 1)[:, rows], design.collapse)
    return found


def instruments(grids: Grids, outcome: str, design: DynamicDesign, stacked: Stacked) -> Floats:
    """Return the instruments, N by rows by L, zero in rows that are not usable; no column is all zero.

    Dummies (and a constant) instrument the equations in levels where there are any, else differences.
    """
    split = stacked.n_differences
    n_entities, n_rows = stacked.outcome.shape
    dummies = [stacked.regressors[:, :, k] for k in range(stacked.n_reported, len(stacked.terms))]
    upper = for_differences(grids, outcome, design, stacked)
    lower: Columns = []
    if split < n_rows:
        lower = [*for_levels(grids, outcome, design, stacked), *(dummy[:, split:] for dummy in dummies)]
    else:
        upper += dummies
    matrix = np.zeros((n_entities, n_rows, len(upper) + len(lower)))
    for position, column in enumerate(upper):
        matrix[:, :split, position] = column
    for position, column in enumerate(lower, start=len(upper)):
        matrix[:, split:, position] = column
    matrix *= stacked.usable[:, :, None]
    return matrix[:, :, np.abs(matrix).max(axis=(0, 1)) > 0]

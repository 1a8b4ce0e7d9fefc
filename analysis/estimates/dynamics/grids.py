"""A panel as grids, entity by period, and the stacked equations of a dynamic design."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimates.dynamics.dynamic_design import DynamicDesign, Equations, lag_name
from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import CONSTANT, Floats
from analysis.estimates.small_sample import Codes

Grids = dict[str, Floats]
"""By column: entities by periods, missing where there is no row or no value."""


@dataclass(frozen=True, slots=True, eq=False)
class Stacked:
    """Equations of all entities: N by rows (differences first, then levels), zero where not usable.

    `regressors` is N by rows by K with names `terms`, period dummies last, of which `n_reported` are
    not; `periods` (rows) is the position of each row's period.
    """

    outcome: Floats
    regressors: Floats
    usable: NDArray[np.bool_]
    periods: Codes
    n_differences: int
    terms: tuple[str, ...]
    n_reported: int


def grids_of(frame: pd.DataFrame, columns: tuple[str, ...], entity: Codes, period: Codes) -> Grids:
    """Return each column on the grid of entity and period codes."""
    grids = {}
    for column in columns:
        grid = np.full((entity.max() + 1, period.max() + 1), np.nan)
        grid[entity, period] = frame[column].to_numpy(dtype=float, na_value=np.nan)
        grids[column] = grid
    return grids


def entity_clusters(frame: pd.DataFrame, design: DynamicDesign, entity: Codes) -> Codes:
    """Return the cluster code of each entity."""
    clusters = np.empty(entity.max() + 1, dtype=np.int64)
    clusters[entity] = codes(frame[design.cluster_column])
    return clusters


def lagged(grid: Floats, lag: int) -> Floats:
    """Return the grid some periods earlier, missing where there is none."""
    moved = np.full_like(grid, np.nan)
    moved[:, lag:] = grid[:, : grid.shape[1] - lag]
    return moved


def differenced(grid: Floats) -> Floats:
    """Return first differences, missing in the first period."""
    return grid - lagged(grid, 1)


def regressor_grids(grids: Grids, outcome: str, design: DynamicDesign) -> Grids:
    """Return the regressors by name: lags of the outcome, then each column's lags."""
    found = {lag_name(outcome, lag): lagged(grids[outcome], lag) for lag in range(1, design.outcome_lags + 1)}
    for regressor in design.regressors:
        found |= {
            lag_name(regressor.column, lag): lagged(grids[regressor.column], lag) for lag in regressor.lags
        }
    return found


def level_dummies(n_periods: int, first: int, period_effects: bool) -> Grids:
    """Return a constant and indicators of periods after `first`, each 1 by periods."""
    found = {CONSTANT: np.ones((1, n_periods))}
    if period_effects:
        found |= {f"period[{t}]": np.eye(n_periods)[[t]] for t in range(first + 1, n_periods)}
    return found


def stack(grids: Grids, outcome: str, design: DynamicDesign, equations: Equations) -> Stacked:
    """Return the differenced equations, and under `system` those in levels below them."""
    y, columns = grids[outcome], regressor_grids(grids, outcome, design)
    n_entities, n_periods = y.shape
    first = design.longest
    dummies = level_dummies(n_periods, first, design.period_effects)
    if equations == "difference":
        dummies = {name: dummy for name, dummy in dummies.items() if name != CONSTANT}
    rows = np.arange(first + 1, n_periods)
    values = [differenced(grid)[:, rows] for grid in (y, *columns.values())]
    changes = [np.diff(dummy, prepend=dummy[:, :1])[:, rows] for dummy in dummies.values()]
    if equations == "system":
        levels = np.arange(first, n_periods)
        values = [
            np.hstack([part, grid[:, levels]])
            for part, grid in zip(values, (y, *columns.values()), strict=True)
        ]
        changes = [
            np.hstack([part, dummy[:, levels]]) for part, dummy in zip(changes, dummies.values(), strict=True)
        ]
        rows = np.concatenate([rows, levels])
    whole = np.stack([*values, *(np.repeat(part, n_entities, axis=0) for part in changes)], axis=2)
    usable = np.asarray(np.isfinite(whole).all(axis=2))
    whole[~usable] = 0.0
    return Stacked(
        outcome=whole[:, :, 0],
        regressors=whole[:, :, 1:],
        usable=usable,
        periods=rows,
        n_differences=n_periods - first - 1,
        terms=(*columns, *dummies),
        n_reported=len(columns),
    )

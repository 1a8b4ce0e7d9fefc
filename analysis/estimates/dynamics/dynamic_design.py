"""The design of a regression on the outcome's own past: lags, roles of regressors, instruments."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.estimates.column_checks import column_faults, repeated_faults, where
from analysis.faults import Fault, Faults

Role = Literal["exogenous", "predetermined", "endogenous"]
Equations = Literal["difference", "system"]
EARLIEST_LAG: dict[Role, int] = {"exogenous": 0, "predetermined": 1, "endogenous": 2}
"""First lag in levels that is uncorrelated with the differenced error."""


@dataclass(frozen=True, slots=True)
class Regressor:
    """A column with the lags that enter; its role says which of its lags are instruments.

    Exogenous: uncorrelated with errors of all periods. Predetermined: may respond to past errors.
    Endogenous: may respond to present and past errors.
    """

    column: str
    role: Role
    lags: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class DynamicDesign:
    """Column names, lags of the outcome and instruments of a dynamic panel regression.

    `deepest_lag` is the last lag used as an instrument (None: all there are); `collapse` makes one
    instrument a lag in place of one a lag and period. Errors are clustered by entity unless
    `clusters` names a column in which entities nest. `treatment` only counts treated clusters.
    """

    entity: str
    period: str
    regressors: tuple[Regressor, ...] = ()
    outcome_lags: int = 1
    deepest_lag: int | None = None
    collapse: bool = False
    period_effects: bool = True
    clusters: str | None = None
    treatment: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of all regressors, and the treatment."""
        treated = () if self.treatment is None else (self.treatment,)
        return tuple(dict.fromkeys((*(regressor.column for regressor in self.regressors), *treated)))

    @property
    def cluster_column(self) -> str:
        """The column that errors are clustered by."""
        return self.entity if self.clusters is None else self.clusters

    @property
    def longest(self) -> int:
        """The longest lag among the regressors."""
        return max(self.outcome_lags, *(lag for regressor in self.regressors for lag in regressor.lags), 0)


def lag_name(column: str, lag: int) -> str:
    """Return the name of a lagged column."""
    return column if lag == 0 else f"{column} (t-{lag})"


def design_faults(design: DynamicDesign) -> list[Fault]:
    """Return faults of lags and instruments that no data can mend."""
    faults = []
    if design.outcome_lags < 1:
        mend = "use fit_panel for a static regression"
        faults.append(Fault("design, outcome_lags", str(design.outcome_lags), "one or more", mend))
    if design.deepest_lag is not None and design.deepest_lag < 2:
        mend = "raise it, or set it to None for all lags"
        faults.append(Fault("design, deepest_lag", str(design.deepest_lag), "two or more", mend))
    for regressor in design.regressors:
        if not regressor.lags or min(regressor.lags) < 0:
            found = f"lags {regressor.lags} of {regressor.column!r}"
            faults.append(Fault("design, regressors", found, "zero or more, at least one", "mend the lags"))
    return faults


def nesting_faults(frame: pd.DataFrame, design: DynamicDesign) -> list[Fault]:
    """Return a fault if an entity lies in several clusters."""
    if design.clusters is None:
        return []
    by_cluster = frame[[design.entity, design.clusters]].drop_duplicates()
    moved = int((by_cluster.groupby(design.entity, observed=True).size() > 1).sum())
    if not moved:
        return []
    mend = "use the cluster of the first period for all periods"
    return [Fault(where(design.clusters), f"{moved} entities in several clusters", "one each", mend)]


def check_dynamic(frame: pd.DataFrame, outcome: str, design: DynamicDesign) -> None:
    """Raise `Faults` with everything that keeps this panel from this design."""
    keys = tuple(dict.fromkeys((design.entity, design.period, design.cluster_column)))
    lagged = [lag_name(each.column, lag) for each in design.regressors for lag in each.lags]
    numbers, once = (outcome, *design.columns), (design.entity, design.period)
    faults = [*design_faults(design), *repeated_faults((outcome, *lagged))]
    faults += column_faults(frame, numbers, keys, once=once, clusters=design.cluster_column)
    faults = faults or nesting_faults(frame, design)
    needed, found = design.longest + 2, frame[design.period].nunique() if not faults else 0
    if not faults and found < needed:
        mend = "add years, or use fewer lags"
        faults.append(Fault(where(design.period), f"{found} period(s)", f"{needed} or more", mend))
    if faults:
        raise Faults(faults)

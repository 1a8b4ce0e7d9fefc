"""The balanced sub-panel of a threshold regression, with effects and controls taken out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, repeated_faults, where
from analysis.estimates.panel_sample import codes, complete_rows
from analysis.estimates.regressors import Floats, independent, lengths
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class ThresholdDesign:
    """Column names of a threshold regression; without clusters each entity is its own."""

    outcome: str
    regressor: str
    threshold: str
    entity: str
    period: str
    controls: tuple[str, ...] = ()
    clusters: str | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns that must be numeric."""
        return tuple(dict.fromkeys((self.outcome, self.regressor, self.threshold, *self.controls)))

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns that identify a row."""
        named = (self.entity, self.period, self.clusters)
        return tuple(dict.fromkeys(name for name in named if name is not None))


@dataclass(frozen=True, slots=True, eq=False)
class BalancedPanel:
    """Rows sorted by entity and period, every entity in every period (n = entities x periods).

    `linear` (n by k) are regressor and controls without effects, orthonormal; `clusters` are codes of rows.
    """

    design: ThresholdDesign
    rows: pd.DataFrame
    n_entities: int
    n_periods: int
    linear: Floats
    clusters: Codes
    dropped: tuple[Dropped, ...]

    def column(self, name: str) -> Floats:
        """Return one column as floats."""
        return self.rows[name].to_numpy(dtype=float)

    @property
    def df(self) -> int:
        """Hansen's degrees of freedom `n (T - 1)`."""
        return self.n_entities * (self.n_periods - 1)

    def within(self, columns: Floats) -> Floats:
        """Return columns (n by k) less means of entity and period, exact in a balanced panel."""
        cube = columns.reshape(self.n_entities, self.n_periods, -1)
        left = cube - cube.mean(axis=1, keepdims=True) - cube.mean(axis=0, keepdims=True)
        return (left + cube.mean(axis=(0, 1), keepdims=True)).reshape(columns.shape)

    def residual(self, columns: Floats) -> Floats:
        """Return columns (n by k) without effects, regressor and controls."""
        inside = self.within(columns)
        return inside - self.linear @ (self.linear.T @ inside)


def balanced_panel(frame: pd.DataFrame, design: ThresholdDesign) -> BalancedPanel:
    """Return the balanced sub-panel; raises `Faults` with everything that keeps the data from it."""
    frame, once = plain(frame), (design.entity, design.period)
    faults = column_faults(
        frame, design.numbers, design.keys, outcomes=(design.outcome,), once=once, clusters=design.clusters
    )
    if faults := faults or list(repeated_faults((design.outcome, design.regressor, *design.controls))):
        raise Faults(faults)
    used = list(dict.fromkeys([*design.numbers, *design.keys]))
    rows, dropped = complete_rows(frame[used], design.numbers)
    n_periods = rows[design.period].nunique()
    whole = rows.groupby(design.entity)[design.period].transform("size") == n_periods
    if not whole.all():
        dropped.append(Dropped("entity misses a period", int((~whole).sum())))
    rows = rows[whole].sort_values([design.entity, design.period], kind="stable", ignore_index=True)
    refuse_thin(rows, n_periods, design)
    panel = BalancedPanel(
        design=design,
        rows=rows,
        n_entities=len(rows) // n_periods,
        n_periods=n_periods,
        linear=np.empty((len(rows), 0)),
        clusters=codes(rows[design.clusters or design.entity]),
        dropped=tuple(dropped),
    )
    return with_linear(panel)


def refuse_thin(rows: pd.DataFrame, n_periods: int, design: ThresholdDesign) -> None:
    """Raise `Faults` where nothing is left, or there is a single period or entity."""
    faults = []
    if n_periods < 2:
        mend = "add the other periods"
        faults.append(Fault(where(design.period), "a single period", "two periods or more", mend))
    elif rows.empty or rows[design.entity].nunique() < 2:
        found = f"{rows[design.entity].nunique()} entities in every period"
        mend = "restrict the frame to periods that most entities have"
        faults.append(Fault(where(design.entity), found, "two or more", mend))
    elif rows[design.threshold].nunique() < 10:
        found = f"{rows[design.threshold].nunique()} distinct values"
        mend = "use interactions for a variable of few values"
        faults.append(Fault(where(design.threshold), found, "ten or more", mend))
    if faults:
        raise Faults(faults)


def with_linear(panel: BalancedPanel) -> BalancedPanel:
    """Return the panel with a basis of regressor and controls; raises `Faults` if the first is absorbed."""
    design = panel.design
    names = [design.regressor, *design.controls]
    raw = panel.rows[names].to_numpy(dtype=float)
    inside = panel.within(raw)
    kept = independent(inside, lengths(raw))
    if not kept[0]:
        mend = "choose a regressor that changes within entities"
        found = "no variation within entities and periods"
        raise Faults([Fault(where(design.regressor), found, "a regressor that varies", mend)])
    basis = np.linalg.qr(inside[:, kept])[0]
    return BalancedPanel(
        design, panel.rows, panel.n_entities, panel.n_periods, basis, panel.clusters, panel.dropped
    )

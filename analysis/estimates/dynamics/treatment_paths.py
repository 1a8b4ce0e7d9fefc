"""Paths of a treatment: each row with the treatments and the history before it, gaps left out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimates.column_checks import column_faults, where
from analysis.estimates.panel_sample import codes, complete_rows
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class PathDesign:
    """Column names: `history` acts on the next period's treatment, `baseline` is taken from the first row."""

    entity: str
    period: str
    treatment: str
    history: tuple[str, ...]
    clusters: str
    baseline: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns that must be complete in every row of a path."""
        return tuple(dict.fromkeys((self.treatment, *self.history, *self.baseline)))


@dataclass(frozen=True, slots=True, eq=False)
class TreatmentPaths:
    """Rows after the first of each path, n; `step` counts from the first row, which is 0.

    `treatments` is n by lags + 2: now, one period before, ..., and in the first row; `history` n by h
    holds the values of the period before; `baseline` n by b.
    """

    rows: pd.DataFrame
    step: Codes
    period: Codes
    treatments: pd.DataFrame
    history: pd.DataFrame
    baseline: pd.DataFrame
    dropped: tuple[Dropped, ...]

    def only(self, keep: NDArray[np.bool_], reason: str) -> "TreatmentPaths":
        """Return the rows to keep, the others counted under a reason; raises `Faults` if none is left."""
        lost = int((~keep).sum())
        if lost == len(keep):
            mend = "use fewer lags, or add periods"
            raise Faults([Fault("panel", f"no row is left: {reason}", "at least one row", mend)])
        return TreatmentPaths(
            rows=self.rows[keep],
            step=self.step[keep],
            period=self.period[keep],
            treatments=self.treatments[keep],
            history=self.history[keep],
            baseline=self.baseline[keep],
            dropped=(*self.dropped, Dropped(reason, lost)) if lost else self.dropped,
        )


def check_paths(frame: pd.DataFrame, outcome: str, design: PathDesign) -> None:
    """Raise `Faults` with everything that keeps this panel from this design."""
    numbers = dict.fromkeys((outcome, *design.numbers))
    keys = (design.entity, design.period, design.clusters)
    faults = column_faults(frame, numbers, keys, outcomes=(outcome,), once=keys[:2], clusters=design.clusters)
    if not design.history:
        mend = "name what past values the treatment responds to, such as the outcome"
        faults.append(Fault("design, history", "none", "one column or more", mend))
    if not faults and frame[design.treatment].nunique() < 2:
        mend = "add rows with another treatment"
        faults.append(Fault(where(design.treatment), "no variation", "two values or more", mend))
    if faults:
        raise Faults(faults)


def unbroken(rows: pd.DataFrame, entity: str, position: pd.Series) -> pd.Series:
    """Say of each sorted row whether its path has no gap since the entity's first row."""
    steps = position.groupby(rows[entity]).diff()
    gap = (steps.notna() & (steps != 1)).astype("int64")
    return gap.groupby(rows[entity]).cumsum() == 0


def shifted(rows: pd.DataFrame, columns: tuple[str, ...], entity: str, by: int) -> pd.DataFrame:
    """Return columns of the entity's row `by` rows before, as floats."""
    return rows.groupby(entity)[list(columns)].shift(by).astype("float64")


def treatment_paths(frame: pd.DataFrame, design: PathDesign, lags: int) -> TreatmentPaths:
    """Return the rows with a complete past; rows after a gap or a missing value are counted.

    A row with a missing treatment, history or baseline ends the path, since the weight of all later
    rows would need it.
    """
    ordered = frame.sort_values([design.entity, design.period], kind="stable", ignore_index=True)
    position = pd.Series(codes(ordered[design.period]), index=ordered.index)
    rows, dropped = complete_rows(ordered, design.numbers)
    position = position.loc[rows.index]
    whole = unbroken(rows, design.entity, position)
    if not whole.all():
        dropped.append(Dropped("after a gap", int((~whole).sum())))
    rows, position = rows[whole], position[whole]
    step = rows.groupby(design.entity).cumcount()
    now = [shifted(rows, (design.treatment,), design.entity, lag) for lag in range(lags + 1)]
    first = rows.groupby(design.entity)[list(design.numbers)].transform("first").astype("float64")
    before = now[1] if lags else shifted(rows, (design.treatment,), design.entity, 1)
    later = step > 0
    dropped.append(Dropped("first of its entity: only a past", int((~later).sum())))
    columns = [part[design.treatment] for part in now]
    treatments = pd.concat([*columns, before[design.treatment], first[design.treatment]], axis=1)
    treatments.columns = pd.Index([*range(lags + 1), "before", "first"])
    return TreatmentPaths(
        rows=rows[later],
        step=np.asarray(step[later], dtype=np.int64),
        period=np.asarray(position[later], dtype=np.int64),
        treatments=treatments[later],
        history=shifted(rows, design.history, design.entity, 1)[later],
        baseline=first.loc[later, list(design.baseline)],
        dropped=tuple(dropped),
    )

"""A panel in which entities adopt a treatment once: its columns, its checks, its rows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_sample import codes, complete_rows, refuse_empty
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import is_nested
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class AdoptionDesign:
    """Column names; `first_treated` is the first treated period, missing or 0 where there is none.

    0 is a period like others in a panel that has it. `group` asks for group-by-period effects instead.
    """

    entity: str
    period: str
    first_treated: str
    clusters: str
    controls: tuple[str, ...] = ()
    group: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns that identify a row and what it belongs to."""
        named = (self.entity, self.period, self.clusters, self.group)
        return tuple(dict.fromkeys(name for name in named if name is not None))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns that must be numeric, the outcome aside."""
        return (self.period, self.first_treated, *self.controls)


@dataclass(frozen=True, slots=True, eq=False)
class AdoptionRows:
    """Complete rows sorted by entity and period, and their `event_time`, missing without treatment.

    `position` (n) is where each row stood in the frame given.
    """

    design: AdoptionDesign
    rows: pd.DataFrame
    position: np.ndarray
    event_time: pd.Series
    dropped: tuple[Dropped, ...]

    @property
    def treated(self) -> np.ndarray:
        """Say of each row whether it is treated."""
        return (self.event_time >= 0).to_numpy()

    @property
    def first(self) -> np.ndarray:
        """Return each row's first treated period, missing where there is none."""
        return self.rows[self.design.first_treated].to_numpy()


def adoption_rows(frame: pd.DataFrame, outcomes: tuple[str, ...], design: AdoptionDesign) -> AdoptionRows:
    """Return the rows of a design; raises `Faults` with everything that keeps the data from it."""
    frame = plain(frame)
    faults = column_faults(
        frame,
        (*outcomes, *design.numbers),
        design.keys,
        outcomes=outcomes,
        once=(design.entity, design.period),
        clusters=design.clusters,
    )
    if faults := faults or [*changing_faults(frame, design), *moving_faults(frame, design)]:
        raise Faults(faults)
    used = list(dict.fromkeys([*outcomes, *design.numbers, *design.keys]))
    whole = frame[used]
    rows, dropped = complete_rows(whole, (*outcomes, *design.controls))
    refuse_empty(rows, dropped)
    rows = rows.sort_values([design.entity, design.period], kind="stable")
    position = rows.index.to_numpy()
    rows = without_zeros(rows.reset_index(drop=True), whole[design.period].min(), design)
    event_time = rows[design.period] - rows[design.first_treated]
    found = AdoptionRows(design, rows, position, event_time, tuple(dropped))
    faults = contrast_faults(found)
    if faults:
        raise Faults(faults)
    return found


def without_zeros(rows: pd.DataFrame, start: float, design: AdoptionDesign) -> pd.DataFrame:
    """Return rows in which 0, where the panel starts later, is a missing first treated period."""
    first = rows[design.first_treated].astype("float64")
    return rows.assign(**{design.first_treated: first.mask((first == 0) & (start > 0))})


def moving_faults(frame: pd.DataFrame, design: AdoptionDesign) -> list[Fault]:
    """Return a fault if an entity changes cluster, which would hide dependence between its rows."""
    entity, clusters = codes(frame[design.entity]), codes(frame[design.clusters])
    if len(frame) == 0 or is_nested(entity, clusters):
        return []
    moved = int(frame.groupby(design.entity)[design.clusters].nunique().gt(1).sum())
    mend = "use the cluster of each entity's first period"
    return [Fault(where(design.clusters), f"{moved} entities change cluster", "one cluster an entity", mend)]


def changing_faults(frame: pd.DataFrame, design: AdoptionDesign) -> list[Fault]:
    """Return a fault if an entity has several first treated periods."""
    several = frame.groupby(design.entity)[design.first_treated].nunique(dropna=False).gt(1)
    if not several.any():
        return []
    found = f"{int(several.sum())} entities with several values, first {several.idxmax()!r}"
    mend = "give the first treated period of each entity, or use a design for treatments that switch"
    return [Fault(where(design.first_treated), found, "one value an entity", mend)]


def contrast_faults(found: AdoptionRows) -> list[Fault]:
    """Return the faults of a sample in which nothing can be compared."""
    design, treated = found.design, found.treated
    faults = []
    if found.rows[design.period].nunique() < 2:
        faults.append(
            Fault(where(design.period), "a single period", "two periods or more", "add the other periods")
        )
    elif not treated.any():
        mend = "check that the periods of adoption lie in the panel"
        faults.append(Fault(where(design.first_treated), "no row is treated", "treated rows", mend))
    elif treated.all():
        mend = "add periods before adoption, or entities that are never treated"
        faults.append(Fault(where(design.first_treated), "every row is treated", "untreated rows", mend))
    return faults

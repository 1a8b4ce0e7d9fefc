"""A panel in which entities adopt a treatment once: its columns, its checks, its rows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.panel_checks import (
    cluster_faults,
    duplicate_faults,
    missing_faults,
    number_faults,
    unknown_columns,
    where,
)
from analysis.estimates.panel_sample import complete_rows
from analysis.estimates.results import Dropped
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class AdoptionDesign:
    """Column names; `first_treated` is the first treated period, missing where there is none.

    `group` asks for group-by-period instead of period effects.
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
    """Complete rows sorted by entity and period, and their `event_time`, missing without treatment."""

    design: AdoptionDesign
    rows: pd.DataFrame
    event_time: pd.Series
    dropped: tuple[Dropped, ...]

    @property
    def treated(self) -> np.ndarray:
        """Say of each row whether it is treated."""
        return (self.event_time >= 0).to_numpy()


def adoption_rows(frame: pd.DataFrame, outcomes: tuple[str, ...], design: AdoptionDesign) -> AdoptionRows:
    """Return the rows of a design; raises `Faults` with everything that keeps the data from it."""
    faults = unknown_columns(frame, (*outcomes, *design.numbers, *design.keys))
    if not faults:
        faults = [
            *number_faults(frame, (*outcomes, *design.numbers)),
            *missing_faults(frame, design.keys),
            *duplicate_faults(frame, design.entity, design.period),
            *changing_faults(frame, design),
            *cluster_faults(frame, design.clusters),
        ]
    if faults:
        raise Faults(faults)
    used = list(dict.fromkeys([*outcomes, *design.numbers, *design.keys]))
    rows, dropped = complete_rows(frame[used], (*outcomes, *design.controls))
    rows = rows.sort_values([design.entity, design.period], kind="stable", ignore_index=True)
    found = AdoptionRows(design, rows, rows[design.period] - rows[design.first_treated], tuple(dropped))
    faults = list(contrast_faults(found))
    if faults:
        raise Faults(faults)
    return found


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

"""The rows a panel regression uses, and the count of those it does not."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import plain
from analysis.estimates.panel_checks import effect_faults, key_faults, variation_faults
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class PanelSample:
    """Rows ready for an engine, sorted by entity and period.

    `values` is n by 1 + terms, float64, the outcome first, indexed by entity and period codes;
    `cells` are the codes of group-by-period; all codes are n-vectors counted from 0.
    """

    outcome: str
    design: PanelDesign
    specification: Specification
    values: pd.DataFrame
    entity: Codes
    period: Codes
    clusters: Codes | None
    cells: Codes | None
    dropped: tuple[Dropped, ...]

    @property
    def n_obs(self) -> int:
        """Number of rows."""
        return len(self.values)

    @property
    def effects(self) -> tuple[Codes, ...]:
        """Codes of the effects that are removed rather than estimated, households first."""
        if self.specification.household != "fixed":
            return ()
        if self.cells is not None:
            return (self.entity, self.cells)
        return (self.entity, self.period) if self.specification.period == "common" else (self.entity,)

    @property
    def n_entities(self) -> int:
        """Number of entities."""
        return int(self.entity.max()) + 1


def codes(column: pd.Series) -> Codes:
    """Return the position of each value among the sorted distinct values."""
    return pd.factorize(column, sort=True)[0].astype(np.int64)


def complete_rows(frame: pd.DataFrame, columns: tuple[str, ...]) -> tuple[pd.DataFrame, list[Dropped]]:
    """Return rows without missing values, with one count for each column (first column first)."""
    dropped = []
    for column in columns:
        missing = frame[column].isna()
        if missing.any():
            dropped.append(Dropped(f"missing {column}", int(missing.sum())))
            frame = frame[~missing]
    return frame, dropped


def refuse_empty(rows: pd.DataFrame, dropped: Iterable[Dropped]) -> None:
    """Raise `Faults` with the counts if no row is left."""
    if rows.empty:
        counts = ", ".join(f"{drop.n_obs} {drop.reason}" for drop in dropped)
        found = f"no row is left ({counts})"
        raise Faults([Fault("panel", found, "rows complete in all columns", "see the counts")])


def cell_columns(design: PanelDesign, specification: Specification) -> list[list[str]]:
    """Return the columns that span each fixed effect of the specification."""
    spans: list[list[str]] = []
    if specification.household == "fixed":
        spans.append([design.entity])
    if specification.period == "common":
        spans.append([design.period])
    if specification.period == "by_group" and design.group is not None:
        spans.append([design.group, design.period])
    return spans


def without_singletons(frame: pd.DataFrame, spans: list[list[str]]) -> pd.DataFrame:
    """Return the rows left when no effect is estimated from one row alone (Correia 2015)."""
    while True:
        alone = pd.Series(False, index=frame.index)
        for span in spans:
            alone |= frame.groupby(span, observed=True)[span[0]].transform("size") == 1
        if not alone.any():
            return frame
        frame = frame[~alone]


def take_sample(
    frame: pd.DataFrame, outcome: str, design: PanelDesign, specification: Specification
) -> PanelSample:
    """Return the sample of one regression on a checked panel.

    Singletons are dropped from fixed-effects regressions only. Raises `Faults` if nothing is left.
    """
    used = list(dict.fromkeys((outcome, *design.terms, *design.keys)))
    rows, dropped = complete_rows(plain(frame)[used], (outcome, *design.terms))
    if specification.household == "fixed":
        kept = without_singletons(rows, cell_columns(design, specification))
        if len(kept) < len(rows):
            dropped.append(Dropped("singleton", len(rows) - len(kept)))
        rows = kept
    refuse_empty(rows, dropped)
    faults = [
        *key_faults(rows, design),
        *effect_faults(rows, design, specification),
        *variation_faults(rows, outcome, design, specification),
    ]
    if faults:
        raise Faults(faults)
    rows = rows.sort_values([design.entity, design.period], kind="stable")
    return arrange(rows, outcome, design, specification, tuple(dropped))


def arrange(
    rows: pd.DataFrame,
    outcome: str,
    design: PanelDesign,
    specification: Specification,
    dropped: tuple[Dropped, ...],
) -> PanelSample:
    """Return sorted rows as a sample with codes."""
    entity, period = codes(rows[design.entity]), codes(rows[design.period])
    cells = None
    if specification.period == "by_group" and design.group is not None:
        cells = np.unique(codes(rows[design.group]) * (period.max() + 1) + period, return_inverse=True)[1]
    values = rows[[outcome, *design.terms]].astype("float64")
    values.index = pd.MultiIndex.from_arrays([entity, period], names=["entity", "period"])
    return PanelSample(
        outcome=outcome,
        design=design,
        specification=specification,
        values=values,
        entity=entity,
        period=period,
        clusters=None if design.clusters is None else codes(rows[design.clusters]),
        cells=cells,
        dropped=dropped,
    )

"""The design of a discontinuity: which columns play which part, and the rows around the cutoff."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_sample import codes, complete_rows
from analysis.estimates.regressors import Floats, refuse_collinear
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults

Side = Literal["below", "above"]
JUMP = "jump at the cutoff"


@dataclass(frozen=True, slots=True)
class CutoffDesign:
    """Column names of a discontinuity in `running` at `cutoff` (units of the running variable).

    Rows exactly at the cutoff count as above. Effects are those of being on the treated side. With
    `treatment` the design is fuzzy; without, everybody on the treated side is treated. `entity` only
    counts households; `clusters=None` asks for errors that are independent between rows.
    """

    outcome: str
    running: str
    entity: str
    cutoff: float = 0.0
    treatment: str | None = None
    clusters: str | None = None
    covariates: tuple[str, ...] = ()
    treated_side: Side = "above"

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns that must hold numbers."""
        treatment = () if self.treatment is None else (self.treatment,)
        return (self.outcome, self.running, *treatment, *self.covariates)

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns that say what a row belongs to."""
        clusters = () if self.clusters is None else (self.clusters,)
        return tuple(dict.fromkeys((self.entity, *clusters)))

    @property
    def sign(self) -> float:
        """1 if above is treated, -1 if below is: turns `above - below` into the effect."""
        return 1.0 if self.treated_side == "above" else -1.0


@dataclass(frozen=True, slots=True, eq=False)
class CutoffSample:
    """Complete rows sorted by score; `score` is running less cutoff, all vectors have n rows.

    `covariates` is n by their number, maybe zero.
    """

    design: CutoffDesign
    score: Floats
    outcome: Floats
    treatment: Floats | None
    covariates: Floats
    clusters: Codes | None
    entity: Codes
    dropped: tuple[Dropped, ...]

    @property
    def treated(self) -> Floats:
        """The treatment of a fuzzy design, the treated side of a sharp one."""
        if self.treatment is not None:
            return self.treatment
        return ((self.score >= 0) == (self.design.treated_side == "above")).astype(np.float64)


def check_cutoff_design(frame: pd.DataFrame, design: CutoffDesign) -> None:
    """Raise `Faults` for columns that are unknown, not numeric, infinite or unidentified."""
    faults = column_faults(frame, design.numbers, design.keys, clusters=design.clusters)
    if not np.isfinite(design.cutoff):
        faults.append(Fault("design, cutoff", str(design.cutoff), "a finite number", "name the line"))
    if faults:
        raise Faults(faults)


def side_faults(rows: pd.DataFrame, design: CutoffDesign, needed: int) -> Iterator[Fault]:
    """Yield a fault for each side of the cutoff with too few distinct values to draw a curve through."""
    score = rows[design.running] - design.cutoff
    for side, own in (("below", score < 0), ("above", score >= 0)):
        distinct = score[own].nunique()
        if distinct < needed:
            yield Fault(
                where(design.running),
                f"{distinct} distinct value(s) {side} the cutoff {design.cutoff:g}, {int(own.sum())} row(s)",
                f"{needed} or more on each side",
                "move the cutoff, narrow the donut, widen the bandwidth, or take a lower order",
            )


def constant_faults(rows: pd.DataFrame, design: CutoffDesign) -> Iterator[Fault]:
    """Yield a fault for an outcome or treatment that is the same in every row."""
    for column in (design.outcome, design.treatment):
        if column is not None and rows[column].nunique() < 2:
            yield Fault(
                where(column),
                f"no variation: {rows[column].iloc[0]} in every row",
                "two values or more",
                "widen the sample, or choose another column",
            )


def take_cutoff_sample(
    frame: pd.DataFrame, design: CutoffDesign, *, donut: float, needed: int
) -> CutoffSample:
    """Return the complete rows with `|score| >= donut`.

    Raises `Faults` with fewer than `needed` distinct values on a side, or without variation.
    """
    frame = plain(frame)
    check_cutoff_design(frame, design)
    used = list(dict.fromkeys((*design.numbers, *design.keys)))
    rows, dropped = complete_rows(frame[used], tuple(dict.fromkeys(design.numbers)))
    inside = (rows[design.running] - design.cutoff).abs() < donut
    if inside.any():
        dropped.append(Dropped("inside the donut", int(inside.sum())))
        rows = rows[~inside]
    faults = list(side_faults(rows, design, needed)) or list(constant_faults(rows, design))
    if faults:
        raise Faults(faults)
    rows = rows.sort_values(design.running, kind="stable")
    numbers = rows[list(design.numbers)].astype("float64")
    ones = pd.DataFrame({"": 1.0}, index=numbers.index)
    refuse_collinear(pd.concat([ones, numbers.drop(columns=design.outcome)], axis=1), design.covariates)
    return CutoffSample(
        design=design,
        score=numbers[design.running].to_numpy() - design.cutoff,
        outcome=numbers[design.outcome].to_numpy(),
        treatment=None if design.treatment is None else numbers[design.treatment].to_numpy(),
        covariates=numbers[list(design.covariates)].to_numpy(),
        clusters=None if design.clusters is None else codes(rows[design.clusters]),
        entity=codes(rows[design.entity]),
        dropped=tuple(dropped),
    )

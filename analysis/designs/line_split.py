"""Random halves of the households: the lines of one half are used on the other."""

from dataclasses import dataclass, field
from typing import TypedDict

import pandas as pd

from analysis.estimates.discontinuity.cross_fit import CrossFit, cross_fit_lines
from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.local_polynomial import LocalPolynomial, local_polynomial
from analysis.panel.build import Panel

SCORE = "distance from the township's line"


class LineNames(TypedDict):
    """The columns by which lines are found."""

    decision: str
    running: str
    group: str
    entity: str


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Lines of two halves, household-years with their distance `SCORE` from them, the pass-through there."""

    lines: CrossFit
    rows: pd.DataFrame = field(repr=False)
    found: LocalPolynomial


def line_names() -> LineNames:
    """Return the columns of the yearly screening by which lines are found."""
    return {
        "decision": "included",
        "running": "distance",
        "group": "township_code",
        "entity": "household_id",
    }


def split_at(rows: pd.DataFrame, panel: Panel, seed: int) -> Split:
    """Return one random split; distances are multiples of the official line."""
    lines = cross_fit_lines(rows, seed=seed, **line_names())
    scored = rows.assign(**{SCORE: rows["distance"] - lines.assigned}).dropna(subset=[SCORE])
    return Split(lines, scored, at_lines(scored, panel, panel.outcome, "subsidies"))


def at_lines(rows: pd.DataFrame, panel: Panel, outcome: str, treatment: str | None = None) -> LocalPolynomial:
    """Return the jump of a column just below the line, over that of a treatment if one is named."""
    design = CutoffDesign(
        outcome,
        SCORE,
        "household_id",
        treatment=treatment,
        clusters=str(panel.fine_cluster),
        covariates=panel.controls,
        treated_side="below",
    )
    return local_polynomial(rows, design)

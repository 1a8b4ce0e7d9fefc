"""Inconsistent inclusion: lines applied, what lies between townships given need, errors, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.group_share import GroupShare, group_share
from analysis.estimates.hypotheses import NotApplicable
from analysis.panel.build import Panel
from analysis.panel.screening import screening
from analysis.problems.claims import Measured, measured_share, measured_spread
from analysis.problems.inclusion_errors import InclusionErrors, inclusion_errors
from analysis.problems.inclusion_later import Later, inclusion_later
from analysis.problems.lines_applied import LinesApplied, lines_applied
from analysis.problems.waiting import Waiting, waiting
from analysis.region import Region

NEEDED = {"identified_month", "township_code", "income_nominal"}
NEAR = 0.15
"""Households whose income was this close to the official line had like need, share of the line."""
BIN = 0.025


@dataclass(frozen=True, slots=True, eq=False)
class Inclusion:
    """All measurements of the first problem; what these records cannot give is there with its reason."""

    lines: LinesApplied | NotApplicable
    between: GroupShare | NotApplicable
    errors: InclusionErrors
    waiting: Waiting | NotApplicable
    later: Later | NotApplicable


def measure_inclusion(
    panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region
) -> Inclusion | NotApplicable:
    """Return how townships include households, or why these records do not tell."""
    if not set(panel.frame) >= NEEDED or not region.line_by_year:
        return NotApplicable(
            "inclusion", "the records hold no months of inclusion, townships or official line"
        )
    if panel.frame["identified_month"].isna().all():
        return NotApplicable("inclusion", "no household was included")
    rows = screening(panel.frame, region.line_by_year)
    official = region.line_by_year[region.settings.years.last]
    lines = lines_applied(rows, tables.get("township_questionnaire"), official)
    return Inclusion(
        lines=lines,
        between=attempted("variance between townships", lambda: between_townships(rows)),
        errors=inclusion_errors(rows),
        waiting=waiting(panel.frame),
        later=inclusion_later(panel.frame, rows, lines),
    )


def between_townships(rows: pd.DataFrame) -> GroupShare:
    """Return the share of the variance of inclusion between townships among households of like need."""
    near = rows[rows["distance"].abs() < NEAR]
    step = (near["distance"] // BIN).astype("int64")
    return group_share(
        near.assign(need=step), outcome="included", group="township_code", like=("need", "year")
    )


def claims_of(found: Inclusion | NotApplicable) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim, or why there is none."""
    if isinstance(found, NotApplicable):
        return dict.fromkeys(("lines_differ", "lines_unsaid", "inclusion_between"), found)
    lines = found.lines
    stated = lines if isinstance(lines, NotApplicable) else lines.stated
    between = found.between
    return {
        "lines_differ": lines if isinstance(lines, NotApplicable) else measured_spread(lines.spread.spread),
        "lines_unsaid": stated
        if isinstance(stated, NotApplicable)
        else measured_spread(stated.unsaid.spread),
        "inclusion_between": between if isinstance(between, NotApplicable) else measured_share(between),
    }

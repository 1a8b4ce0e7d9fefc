"""Jumps of the outcome at cutoffs at which no rule changes."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.estimates.column_checks import plain, where
from analysis.estimates.discontinuity.cutoff_design import CutoffDesign, check_cutoff_design
from analysis.estimates.discontinuity.donut import row_of
from analysis.estimates.discontinuity.local_polynomial import local_polynomial
from analysis.estimates.discontinuity.polynomial import LOCAL_LINEAR, Polynomial
from analysis.faults import Fault, Faults


def one_side(frame: pd.DataFrame, design: CutoffDesign, cutoff: float) -> pd.DataFrame:
    """Return the rows on the placebo's side of the true cutoff, so that the true jump is not in sight."""
    running = frame[design.running]
    return frame[running >= design.cutoff] if cutoff > design.cutoff else frame[running < design.cutoff]


def placebo_cutoffs(
    frame: pd.DataFrame,
    design: CutoffDesign,
    polynomial: Polynomial = LOCAL_LINEAR,
    *,
    cutoffs: Sequence[float],
) -> pd.DataFrame:
    """Return the robust jump of the outcome at each placebo cutoff, one row each.

    Only rows on the placebo's side of the true cutoff are used, whatever their treatment (Cattaneo,
    Idrobo and Titiunik 2020, section 5). Columns are `cutoff`, the fields of `Estimate`, `bandwidth`,
    `n_below`, `n_above`. Raises `Faults` as `local_polynomial` does, without cutoffs, and if the true
    one is among them.
    """
    frame = plain(frame)
    check_cutoff_design(frame, design)
    if not cutoffs or design.cutoff in cutoffs:
        found = "none" if not cutoffs else f"{design.cutoff:g} is the cutoff itself"
        mend = "name others; local_polynomial estimates the effect at the cutoff"
        raise Faults([Fault(f"cutoffs, {where(design.running)}", found, "other values", mend)])
    rows = []
    for cutoff in cutoffs:
        placebo = replace(design, cutoff=cutoff, treatment=None)
        found_there = local_polynomial(one_side(frame, design, cutoff), placebo, polynomial)
        rows.append(row_of("cutoff", cutoff, found_there))
    return pd.DataFrame(rows)

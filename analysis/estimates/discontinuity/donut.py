"""The effect at the cutoff without the rows next to it, where reports are heaped."""

from collections.abc import Sequence
from dataclasses import asdict, replace

import pandas as pd

from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.local_polynomial import LocalPolynomial, local_polynomial
from analysis.estimates.discontinuity.polynomial import LOCAL_LINEAR, Polynomial
from analysis.faults import Fault, Faults


def row_of(label: str, value: float, found: LocalPolynomial) -> dict[str, object]:
    """Return a robust estimate as a row of a table."""
    window = {"bandwidth": found.bandwidth, "n_below": found.n_below, "n_above": found.n_above}
    return {label: value} | asdict(found.robust) | window


def donut_estimates(
    frame: pd.DataFrame,
    design: CutoffDesign,
    polynomial: Polynomial = LOCAL_LINEAR,
    *,
    donuts: Sequence[float],
) -> pd.DataFrame:
    """Return the robust estimate by half-width of the donut, one row each (Barreca et al. 2011).

    Columns are `donut`, the fields of `Estimate`, `bandwidth`, `n_below`, `n_above`. Without a bandwidth
    all rows have that of the smallest donut, so that they differ by the donut alone. Raises `Faults` as
    `local_polynomial` does, and without donuts.
    """
    if not donuts:
        raise Faults([Fault("donuts", "none", "one half-width or more", "0 is no donut")])
    width = polynomial.bandwidth
    if width is None:
        width = local_polynomial(frame, design, replace(polynomial, donut=min(donuts))).bandwidth
    rows = []
    for donut in donuts:
        without = replace(polynomial, bandwidth=width, donut=donut)
        rows.append(row_of("donut", donut, local_polynomial(frame, design, without)))
    return pd.DataFrame(rows)

"""Poverty by Foster, Greer and Thorbecke (1984): headcount, gap, severity."""

from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.index_estimate import IndexEstimate, linearised
from analysis.estimates.weighted_rows import weighted_rows
from analysis.faults import Fault, Faults

Alpha = Literal[0, 1, 2]
NAMES: dict[Alpha, str] = {0: "headcount", 1: "gap", 2: "severity"}


def poverty(
    frame: pd.DataFrame,
    income: str,
    line: str,
    *,
    alpha: Alpha,
    weights: str | None = None,
    clusters: str | None = None,
) -> IndexEstimate:
    """Return `P_alpha = sum_i w_i ((z_i - y_i) / z_i)^alpha [y_i < z_i] / sum_i w_i`.

    Income and line are columns in the same unit; who has exactly the line is not poor. Weights are
    persons. An income below zero counts in full, so its gap exceeds one. Raises `Faults` for lines
    that are not positive.
    """
    rows = weighted_rows(frame, (income, line), weights=weights, clusters=clusters)
    y, z = rows.column(income), rows.column(line)
    if (z <= 0).any():
        raise Faults([Fault(where(line), "zero or less", "a line above zero", "mend the policy lines")])
    poor = y < z
    shortfall = np.where(poor, (z - y) / z, 0.0) ** alpha * poor
    estimate = rows.mean(shortfall)
    return linearised(rows, NAMES[alpha], estimate, shortfall - estimate)


def poverty_indices(
    frame: pd.DataFrame, income: str, line: str, *, weights: str | None = None, clusters: str | None = None
) -> tuple[IndexEstimate, ...]:
    """Return headcount, gap and severity."""
    return tuple(
        poverty(frame, income, line, alpha=alpha, weights=weights, clusters=clusters) for alpha in NAMES
    )

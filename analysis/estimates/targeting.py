"""Where transfers go against need: Beckerman's efficiencies, with their clustered errors."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.ratios import ratio_of
from analysis.estimates.regressors import Floats
from analysis.estimates.weighted_rows import WeightedRows, weighted_rows
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Targeting:
    """Shares of the money or of the gap.

    `to_needy` of the money goes to rows with need, `useful` of it closes gaps and does not exceed them,
    `closed` of all gaps is closed, `achievable` would be if the same money went where gaps are; `forgone`
    is achievable less closed.
    """

    to_needy: IndexEstimate
    useful: IndexEstimate
    closed: IndexEstimate
    achievable: IndexEstimate
    forgone: IndexEstimate


def targeting(
    frame: pd.DataFrame,
    *,
    need: str,
    received: str,
    budget: str,
    weights: str | None = None,
    clusters: str | None = None,
) -> Targeting:
    """Return the efficiencies of transfers (Beckerman 1979); `need` and `received` are per head, both >= 0.

    With `u = min(need, received)`: to the needy `sum w r 1[need > 0] / sum w r`, useful `sum w u / sum w r`,
    closed `sum w u / sum w need`. Money moves only within a `budget` (a year): achievable is
    `sum_b min(R_b, N_b) / sum_b N_b` with money R_b and gaps N_b of each. Raises `Faults` where nobody is in
    need or nothing is paid.
    """
    rows = weighted_rows(frame, (need, received, budget), weights=weights, clusters=clusters)
    gap, paid, group = rows.column(need), rows.column(received), rows.column(budget)
    for name, values in ((need, gap), (received, paid)):
        if (values < 0).any() or not values.any():
            raise Faults(
                [Fault(where(name), "negative or none", "amounts of zero or more", "see the column")]
            )
    used = np.minimum(gap, paid)
    within = affordable(rows, gap, paid, group)
    return Targeting(
        to_needy=ratio_of(rows, "to the needy", paid * (gap > 0), paid),
        useful=ratio_of(rows, "useful", used, paid),
        closed=ratio_of(rows, "closed", used, gap),
        achievable=ratio_of(rows, "achievable", within, gap),
        forgone=ratio_of(rows, "forgone", within - used, gap),
    )


def affordable(rows: WeightedRows, gap: Floats, paid: Floats, group: Floats) -> Floats:
    """Return the part of the gaps that a budget can close, n: gaps where money suffices, else money."""
    enough = np.zeros(len(gap), dtype=bool)
    for label in np.unique(group):
        inside = group == label
        weights = rows.weights[inside]
        enough[inside] = weights @ paid[inside] >= weights @ gap[inside]
    return np.where(enough, gap, paid)

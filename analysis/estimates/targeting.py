"""Where transfers go against need, and what a rule that knows last year's incomes would reach."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.floor import filled
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.ratios import ratio_of
from analysis.estimates.regressors import Floats
from analysis.estimates.weighted_rows import WeightedRows, weighted_rows
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Targeting:
    """Shares of the money or of the gap.

    `to_needy` of the money goes to rows with need, `useful` of it closes gaps and does not exceed them,
    `closed` of all gaps is closed. `by_known` would be by the same money, lowest `known` incomes first,
    `foreseen` if each gap were known when money is given; `forgone` is `by_known` less `closed`, below
    zero where what was done reaches more.
    """

    to_needy: IndexEstimate
    useful: IndexEstimate
    closed: IndexEstimate
    by_known: IndexEstimate
    foreseen: IndexEstimate
    forgone: IndexEstimate


def targeting(
    frame: pd.DataFrame,
    *,
    need: str,
    received: str,
    known: str,
    budget: str,
    weights: str | None = None,
    clusters: str | None = None,
) -> Targeting:
    """Return the efficiencies of transfers (Beckerman 1979); `need` and `received` are zero or more per head.

    With `u = min(need, received)`: to the needy `sum w r 1[need > 0] / sum w r`, useful `sum w u / sum w r`,
    closed `sum w u / sum w need`. Money moves only within a `budget` (a year) of money R_b: by known income y
    it goes to the lowest first, `r = max(f_b - y, 0)` with the floor f_b where `sum w r = R_b`; foreseen is
    `sum_b min(R_b, N_b) / sum_b N_b` with gaps N_b. Errors allow for the money and incomes that a budget
    would have had in another sample. Raises `Faults` where nobody is in need or nothing is paid.
    """
    rows = weighted_rows(frame, (need, received, known, budget), weights=weights, clusters=clusters)
    gap, paid, last = (rows.column(name) for name in (need, received, known))
    for name, values in ((need, gap), (received, paid)):
        if (values < 0).any() or not values.any():
            raise Faults(
                [Fault(where(name), "negative or none", "amounts of zero or more", "see the column")]
            )
    used = np.minimum(gap, paid)
    foreseen, ruled = reached(rows, gap, paid, last, rows.column(budget))
    return Targeting(
        to_needy=ratio_of(rows, "to the needy", paid * (gap > 0), paid),
        useful=ratio_of(rows, "useful", used, paid),
        closed=ratio_of(rows, "closed", used, gap),
        by_known=ratio_of(rows, "by known need", ruled, gap),
        foreseen=ratio_of(rows, "foreseen", foreseen, gap),
        forgone=ratio_of(rows, "forgone", ruled - used, gap),
    )


def reached(
    rows: WeightedRows, gap: Floats, paid: Floats, last: Floats, group: Floats
) -> tuple[Floats, Floats]:
    """Return what each row stands for in the part of all gaps that foresight and the rule would close.

    Foresight: gaps where a budget suffices, else money. By the rule `min(gap, r)`, and what the row changes
    in the floor for all, `(paid - r) A_b / M_b`: M persons get anything, A of them less than their gap. Both
    sum to what is closed.
    """
    foreseen, ruled = np.zeros(len(gap)), np.zeros(len(gap))
    for label in np.unique(group):
        at = np.flatnonzero(group == label)
        at = at[np.argsort(last[at], kind="stable")]
        w, g, p = rows.weights[at], gap[at], paid[at]
        foreseen[at] = g if w @ p >= w @ g else p
        given = np.maximum(filled(last[at], w, p) - last[at], 0.0)
        some = float(w @ (given > 0))
        short = float(w @ ((given > 0) & (given < g))) / some if some > 0 else 0.0
        ruled[at] = np.minimum(g, given) + (p - given) * short
    return foreseen, ruled

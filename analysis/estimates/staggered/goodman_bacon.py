"""The two-way coefficient of an absorbing treatment as a weighted mean of comparisons of two by two.

Written here since the kept library calls entities that are treated from the first period on never treated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.estimates.staggered.adoption import AdoptionDesign, adoption_rows
from analysis.faults import Fault, Faults

Kind = Literal[
    "treated against never treated", "earlier against later treated", "later against already treated"
]
NEVER, LATER, ALREADY = get_args(Kind)


@dataclass(frozen=True, slots=True, eq=False)
class GoodmanBacon:
    """`estimate` is `sum weight x estimate` of `comparisons`: `kind, treated, control, weight, estimate`.

    `treated` and `control` are first treated periods, missing for never treated.
    """

    estimate: float
    comparisons: pd.DataFrame
    dropped: tuple[Dropped, ...]

    def weight(self, kind: str) -> float:
        """Return the weight of all comparisons of one kind; raises `KeyError` for an unknown one."""
        return float(self.of(kind)["weight"].sum())

    def mean(self, kind: str) -> float:
        """Return the weighted mean of the comparisons of one kind, not a number where they weigh nothing."""
        found = self.of(kind)
        total = found["weight"].sum()
        return float((found["weight"] * found["estimate"]).sum() / total) if total > 0 else float("nan")

    def of(self, kind: str) -> pd.DataFrame:
        """Return the comparisons of one kind; raises `KeyError` for an unknown one."""
        if kind not in get_args(Kind):
            raise KeyError(f"no kind {kind!r}; there are {', '.join(get_args(Kind))}")
        return self.comparisons[self.comparisons["kind"] == kind]


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Entities that adopt together: first period, its position among T, share of entities, means (T)."""

    first: float
    start: int
    share: float
    means: Floats


def goodman_bacon(
    frame: pd.DataFrame, *, outcome: str, entity: str, period: str, first_treated: str
) -> GoodmanBacon:
    """Return the decomposition of `y_it = b D_it + a_i + c_t + e_it` on the balanced sub-panel.

    Comparisons that take already treated entities as controls subtract their growing effects. Weights are
    `n_k n_l (D_k - D_l)(1 - D_k)` for earlier k against later l, `n_k n_l D_l (D_k - D_l)` for later l
    against already treated k, made to add to 1; n are shares of entities, D shares of treated periods.
    Rows of entities that miss a period are counted as dropped. Goodman-Bacon (2021), Theorem 1. Raises
    `Faults` as `imputation` does, and where no balanced sub-panel has two cohorts.
    """
    found = adoption_rows(frame, (outcome,), AdoptionDesign(entity, period, first_treated, entity))
    whole = found.rows.groupby(entity)[period].transform("size") == found.rows[period].nunique()
    cohorts = cohorts_of(found.rows[whole], outcome, AdoptionDesign(entity, period, first_treated, entity))
    table = pd.DataFrame(
        [row for early, late in combinations(cohorts, 2) for row in comparisons(early, late)],
        columns=["kind", "treated", "control", "weight", "estimate"],
    )
    if table.empty:
        mend = "fill in the missing periods, or leave out periods that many miss"
        raise Faults(
            [Fault(where(entity), "no balanced sub-panel has two cohorts", "entities in all periods", mend)]
        )
    table["weight"] /= table["weight"].sum()
    lost = int((~whole).sum())
    dropped = (Dropped("entity misses a period", lost),) if lost else ()
    return GoodmanBacon(
        float(table["weight"].to_numpy() @ table["estimate"].to_numpy()), table, (*found.dropped, *dropped)
    )


def cohorts_of(rows: pd.DataFrame, outcome: str, design: AdoptionDesign) -> list[Cohort]:
    """Return the cohorts of a balanced panel, the earliest first and the never treated last."""
    periods = np.unique(rows[design.period].to_numpy(dtype=float))
    first = rows[design.first_treated].fillna(np.inf).to_numpy(dtype=float)
    start = np.searchsorted(periods, first)
    sums, count = (np.zeros((len(periods) + 1, len(periods))) for _ in range(2))
    cell = (start, codes(rows[design.period]))
    np.add.at(sums, cell, rows[outcome].to_numpy(dtype=float))
    np.add.at(count, cell, 1.0)
    return [
        Cohort(
            first=float(first[start == at].min()) if at < len(periods) else np.nan,
            start=int(at),
            share=float((start == at).mean()),
            means=sums[at] / count[at],
        )
        for at in np.unique(start)
    ]


def comparisons(early: Cohort, late: Cohort) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield the comparisons of two cohorts that have a weight."""
    n_periods = len(early.means)
    gap, pair = (late.start - early.start) / n_periods, early.share * late.share
    change = early.means - late.means
    before, between, after = np.split(change, [early.start, late.start])
    if early.start > 0:
        weight = pair * gap * early.start / n_periods
        kind = NEVER if late.start == n_periods else LATER
        yield kind, early.first, late.first, weight, float(between.mean() - before.mean())
    if late.start < n_periods:
        weight = pair * gap * (n_periods - late.start) / n_periods
        yield ALREADY, late.first, early.first, weight, float(between.mean() - after.mean())

"""The two-way coefficient of an absorbing treatment as a weighted mean of comparisons of two by two."""

import warnings
from dataclasses import dataclass

import pandas as pd
from diff_diff import BaconDecomposition

from analysis.estimates.results import Dropped
from analysis.estimates.staggered.adoption import AdoptionDesign, adoption_rows
from analysis.estimates.staggered.group_time import fitted_frame

KINDS = {
    "treated_vs_never": "treated against never treated",
    "earlier_vs_later": "earlier against later treated",
    "later_vs_earlier": "later against already treated",
}


@dataclass(frozen=True, slots=True, eq=False)
class GoodmanBacon:
    """`estimate` is `sum weight x estimate` of `comparisons`: `kind, treated, control, weight, estimate`."""

    estimate: float
    comparisons: pd.DataFrame
    dropped: tuple[Dropped, ...]

    def weight(self, kind: str) -> float:
        """Return the weight of all comparisons of one kind; raises `KeyError` for an unknown one."""
        if kind not in KINDS.values():
            raise KeyError(f"no kind {kind!r}; there are {', '.join(KINDS.values())}")
        return float(self.comparisons.loc[self.comparisons["kind"] == kind, "weight"].sum())


def goodman_bacon(
    frame: pd.DataFrame, *, outcome: str, entity: str, period: str, first_treated: str
) -> GoodmanBacon:
    """Return the decomposition of `y_it = b D_it + a_i + c_t + e_it` on the balanced sub-panel.

    Comparisons that take already treated entities as controls subtract their growing effects. Entities that
    miss a period are counted as dropped. Goodman-Bacon (2021), by diff-diff. Raises `Faults` as
    `imputation` does.
    """
    found = adoption_rows(frame, (outcome,), AdoptionDesign(entity, period, first_treated, entity))
    every = fitted_frame(found, outcome)
    whole = every.groupby("entity")["period"].transform("size") == every["period"].nunique()
    lost = int((~whole).sum())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        result = BaconDecomposition().fit(
            every[whole], outcome="y", unit="entity", time="period", first_treat="first"
        )
    table = pd.DataFrame(
        {
            "kind": [KINDS[pair.comparison_type] for pair in result.comparisons],
            "treated": [pair.treated_group for pair in result.comparisons],
            "control": [pair.control_group for pair in result.comparisons],
            "weight": [pair.weight for pair in result.comparisons],
            "estimate": [pair.estimate for pair in result.comparisons],
        }
    )
    dropped = (Dropped("entity misses a period", lost),) if lost else ()
    return GoodmanBacon(float(result.twfe_estimate), table, (*found.dropped, *dropped))

"""How long officials let households wait: months from alert to first measure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.group_share import GroupShare, group_share
from analysis.estimates.hypotheses import NotApplicable
from analysis.faults import Fault, Faults
from analysis.problems.average import Average, average_of
from analysis.problems.watched import DECEMBER, month_number, watched_households

WATCHED = 12
"""Months that each household is followed from its alert; who has no measure by then waited this long."""
DATED = {"alert_month", "identified_month", "first_measure_month", "removed_month", "township_code"}


@dataclass(frozen=True, slots=True, eq=False)
class Delays:
    """Months from alert to first measure, `WATCHED` for households that had none by then.

    `typical` is the mean of township means, which `between` tells deviations from. `recent` households were
    alerted too late to be followed, `unhelped` have no measure to this day and count as `WATCHED` months,
    `lost` left the records without one and are not counted.
    """

    average: Average
    between: GroupShare | NotApplicable
    typical: float
    recent: int
    unhelped: int
    lost: int
    townships: Mapping[str, Average] = field(repr=False)


def delays_of(panel: pd.DataFrame) -> Delays | NotApplicable:
    """Return the delays of monitored households, or why these records do not tell."""
    name = "what officials do"
    if not set(panel) >= DATED or panel["alert_month"].isna().all():
        return NotApplicable(name, "the records do not date alert, inclusion, first measure and removal")
    return attempted(name, lambda: waits_of(watched_households(panel), int(panel["year"].max())))


def waits_of(households: pd.DataFrame, last_year: int) -> Delays:
    """Return the delays of households that were ever included; raises `Faults` for a measure before alert."""
    alert = month_number(households["alert_month"])
    months = month_number(households["first_measure_month"]) - alert
    if (months < 0).any():
        found = f"{int((months < 0).sum())} household(s) with a first measure before the alert"
        raise Faults([Fault("column 'first_measure_month'", found, "alert or later", "mend the dates")])
    old = last_year * 12 + DECEMBER - alert >= WATCHED
    lost = old & months.isna() & (households["year"] < last_year)
    kept = households[old & ~lost].assign(months=months.where(months.notna(), WATCHED).clip(upper=WATCHED))
    if kept.empty:
        found = f"no alert is {WATCHED} months old"
        raise Faults([Fault("column 'alert_month'", found, "an older alert", "wait for later records")])
    by_township = kept.groupby(kept["township_code"].astype(str))["months"]
    return Delays(
        average=average_of(kept["months"]),
        between=attempted(
            "months between townships",
            lambda: group_share(kept, outcome="months", group="township_code", like=()),
        ),
        typical=float(by_township.mean().mean()),
        recent=int((alert.notna() & ~old).sum()),
        unhelped=int(months[kept.index].isna().sum()),
        lost=int(lost.sum()),
        townships={str(code): average_of(own) for code, own in by_township},
    )

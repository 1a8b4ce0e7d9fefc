"""From the alert to inclusion: how long, and who raised it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.shares import Share, share_of
from analysis.problems.average import Average, average_of
from analysis.problems.watched import month_number, watched_households

NEEDED = {"alert_month", "identified_month", "detection_channel"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Waits in the county, by township code and by channel, and the share of each channel."""

    county: Average
    townships: Mapping[str, Average]
    channels: Mapping[str, tuple[Share, Average]]


def waiting(panel: pd.DataFrame) -> Waiting | NotApplicable:
    """Return months from alert to inclusion of all households with both on record."""
    if not set(panel) >= NEEDED or panel["alert_month"].isna().all():
        return NotApplicable("months to inclusion", "the records hold no months of alerts or no channels")
    households = watched_households(panel)
    months = households["identified"] - month_number(households["alert_month"])
    known = households.assign(months=months)[months.notna()]
    by_township = known.groupby("township_code", observed=True)["months"]
    return Waiting(
        county=average_of(known["months"]),
        townships={str(code): average_of(own) for code, own in by_township},
        channels=channels_of(known),
    )


def channels_of(known: pd.DataFrame) -> dict[str, tuple[Share, Average]]:
    """Return share and wait of each channel."""
    told = known[known["detection_channel"].notna()]
    return {
        str(channel): (share_of(told["detection_channel"] == channel), average_of(own["months"]))
        for channel, own in told.groupby("detection_channel", observed=True)
    }

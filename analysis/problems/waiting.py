"""From the alert to inclusion: how long, and who raised it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from scipy import stats

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.shares import Share, share_of
from analysis.problems.watched import month_number, watched_households

NEEDED = {"alert_month", "identified_month", "detection_channel"}


@dataclass(frozen=True, slots=True)
class Wait:
    """Mean months with the 95% interval of Student's t, infinite for one household."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Waits in the county, by township code and by channel, and the share of each channel."""

    county: Wait
    townships: Mapping[str, Wait]
    channels: Mapping[str, tuple[Share, Wait]]


def waiting(panel: pd.DataFrame) -> Waiting | NotApplicable:
    """Return months from alert to inclusion of all households with both on record."""
    if not set(panel) >= NEEDED or panel["alert_month"].isna().all():
        return NotApplicable("months to inclusion", "the records hold no months of alerts or no channels")
    households = watched_households(panel)
    months = households["identified"] - month_number(households["alert_month"])
    known = households.assign(months=months)[months.notna()]
    by_township = known.groupby("township_code", observed=True)["months"]
    return Waiting(
        county=wait_of(known["months"]),
        townships={str(code): wait_of(own) for code, own in by_township},
        channels=channels_of(known),
    )


def wait_of(months: pd.Series) -> Wait:
    """Return the mean of some waits."""
    n, mean = len(months), float(months.mean())
    error = float(months.std()) / n**0.5 if n > 1 else float("inf")
    reach = float(stats.t.ppf(0.975, n - 1)) * error if n > 1 else error
    return Wait(mean, mean - reach, mean + reach, n)


def channels_of(known: pd.DataFrame) -> dict[str, tuple[Share, Wait]]:
    """Return share and wait of each channel."""
    told = known[known["detection_channel"].notna()]
    return {
        str(channel): (share_of(told["detection_channel"] == channel), wait_of(own["months"]))
        for channel, own in told.groupby("detection_channel", observed=True)
    }

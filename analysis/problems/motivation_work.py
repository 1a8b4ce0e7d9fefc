"""What officials do, by the records: months to the first measure, and errors that an audit would flag."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.means import mean
from analysis.estimates.one_way import OneWay, one_way
from analysis.panel.build import Panel
from analysis.problems.disclosure import published

WATCHED = 12
"""Months that the records must go on after an alert, so that what was done about it is known."""
GRACE = 1
"""Months after inclusion in which audits ask for no measure yet."""
AUDIT_AGE = 70
"""Audits flag holders of posts of this age or older."""
DATED = ("alert_month", "identified_month", "first_measure_month")


@dataclass(frozen=True, slots=True)
class Delays:
    """Months from alert to first measure, of households whose alert is `WATCHED` months old or older.

    `late` is the share without a measure a month after inclusion. `recent` households were alerted too
    late to be followed, `unhelped` have no measure to this day, `lost` left the records without one.
    `by_township` has `households, months, late`, not known for fewer than eight households.
    """

    months: OneWay
    average: IndexEstimate
    late: IndexEstimate
    beyond_quickest: float
    recent: int
    unhelped: int
    lost: int
    by_township: pd.DataFrame = field(repr=False)


def months_between(start: pd.Series, end: pd.Series) -> pd.Series:
    """Return whole months from one date to another."""
    return (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month


def delays_of(panel: Panel) -> Delays | NotApplicable:
    """Return the delays of monitored households."""
    frame, missing = panel.frame, {*DATED, "township_code"} - set(panel.frame)
    if missing:
        return NotApplicable(
            "motivation_delays", "the records do not date alert, inclusion and first measure"
        )
    last_year = int(frame["year"].max())
    cases = (
        frame[frame["alert_month"].notna() & frame["identified_month"].notna()]
        .sort_values("year")
        .groupby("household_id")[["township_code", "year", *DATED]]
        .last()
    )
    old = months_between(cases["alert_month"], pd.Series(pd.Timestamp(last_year, 12, 1), cases.index))
    followed = cases[old >= WATCHED]
    months = months_between(followed["alert_month"], followed["first_measure_month"]).astype(float)
    gone = months.isna() & (followed["year"] < last_year)
    kept = followed.assign(months=months)[~gone]
    wait = months_between(kept["identified_month"], kept["first_measure_month"]).astype(float)
    kept = kept.assign(late=(wait.isna() | (wait > GRACE)).astype(float))
    return attempted(
        "motivation_delays",
        lambda: Delays(
            months=one_way(kept, "months", "township_code"),
            average=mean(kept, "months"),
            late=mean(kept, "late"),
            beyond_quickest=beyond_quickest(kept),
            recent=int((old < WATCHED).sum()),
            unhelped=int(kept["months"].isna().sum()),
            lost=int(gone.sum()),
            by_township=delays_by_township(kept),
        ),
    )


def delays_by_township(cases: pd.DataFrame) -> pd.DataFrame:
    """Return households, mean months and share of late measures by township."""
    found = cases.groupby("township_code").agg(
        households=("months", "size"), months=("months", "mean"), late=("late", "mean")
    )
    return found.assign(**{name: published(found[name], found["households"]) for name in ("months", "late")})


def beyond_quickest(cases: pd.DataFrame) -> float:
    """Return mean months that a household waits beyond the mean of the quickest quarter of townships."""
    by_township = cases.groupby("township_code")["months"].mean().sort_values()
    quickest = by_township.index[: max(1, len(by_township) // 4)]
    target = cases.loc[cases["township_code"].isin(quickest), "months"].mean()
    return float(cases["months"].mean() - target)


def posts_wrong(panel: Panel, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame | NotApplicable:
    """Return by township the share of post-years held at `AUDIT_AGE` or older, or without months."""
    posts, needed = tables.get("posts"), {"holder_age", "post_months", "village_code"}
    places = {"township_code", "village_code"}
    if posts is None or not needed <= set(posts) or not places <= set(panel.frame):
        return NotApplicable("posts_wrong", "there is no ledger of posts with ages and months")
    home = panel.frame.drop_duplicates("village_code").set_index("village_code")["township_code"]
    wrong = (posts["holder_age"] >= AUDIT_AGE) | (posts["post_months"] == 0)
    return error_rates(pd.DataFrame({"township_code": posts["village_code"].map(home), "wrong": wrong}))


def removals_wrong(panel: Panel) -> pd.DataFrame | NotApplicable:
    """Return by township the share of removals in a year with income below the line, or without labour."""
    frame = panel.frame
    if not {"removed_month", "below_line", "workers", "township_code"} <= set(frame):
        return NotApplicable("removals_wrong", "the records do not hold removals, lines and labour")
    removed = frame[frame["removed_month"].dt.year == frame["year"]]
    return error_rates(removed.assign(wrong=(removed["below_line"] == 1) | (removed["workers"] == 0)))


def error_rates(cases: pd.DataFrame) -> pd.DataFrame:
    """Return `checked, wrong` by township, `wrong` a share, not known for fewer than eight cases."""
    found = cases.groupby("township_code")["wrong"].agg(checked="size", wrong="mean")
    return found.assign(wrong=published(found["wrong"].astype(float), found["checked"]))

"""The rules by which audits look for wrong inclusion and wrong removal, and how often records break them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.estimates.shares import Share, share_of
from analysis.problems.watched import month_number, watched_households

OLDEST_HOLDER = 69
WAIT = 1
SHORTEST = 6
"""Months: a measure is due within the first, a removal not before the second."""


@dataclass(frozen=True, slots=True)
class Violation:
    """An audit rule: what was found, among which records, and how often."""

    rule: str
    among: str
    found: Share


def inclusion_audit(panel: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Iterator[Violation]:
    """Yield the rules about who is monitored and helped, as far as the records hold what they ask."""
    years = panel[panel["year"] >= panel["identified_month"].dt.year.min()]
    outside = years["under_monitoring"] == 0
    for column, value, rule, among in (
        ("below_line", 1, "Income below the line, not monitored", "household-years below the line"),
        ("unsafe_house", "yes", "Unsafe house, not monitored", "household-years with an unsafe house"),
    ):
        if column in years:
            yield Violation(rule, among, share_of(outside[years[column] == value], years["household_id"]))
    if "first_measure_month" in panel:
        households = watched_households(panel)
        measure = month_number(households["first_measure_month"])
        until = measure.where(measure.notna(), households["last"])
        late = until - households["identified"] > WAIT
        yield Violation("More than a month without a measure", "households included", share_of(late))
    yield from post_audit(tables)


def post_audit(tables: Mapping[str, pd.DataFrame]) -> Iterator[Violation]:
    """Yield the rules about holders of posts."""
    if "posts" not in tables:
        return
    posts = tables["posts"]
    old = posts["holder_age"] > OLDEST_HOLDER
    yield Violation("Post holder of 70 or older", "post-years", share_of(old))
    yield Violation("Post without months of work", "post-years", share_of(posts["post_months"] == 0))


def exit_audit(rows: pd.DataFrame) -> Iterator[Violation]:
    """Yield the rules about removals from household-years under monitoring (`exit_decisions`)."""
    gone = rows[rows["left"] == 1]
    months = month_number(gone["removed_month"]) - month_number(gone["identified_month"])
    everyone = "removals"
    yield Violation("Income below the line", everyone, share_of(gone["against_line"] < 0))
    if "workers" in gone:
        yield Violation("Nobody able to work", everyone, share_of(gone["workers"] == 0))
    yield Violation("Monitored for less than six months", everyone, share_of(months < SHORTEST))
    if "first_measure_month" in gone:
        measure = gone["first_measure_month"]
        without = measure.isna() | (measure > gone["removed_month"])
        yield Violation("Without any measure", everyone, share_of(without))
    if set(gone) >= {"removal_means", "post_income", "other_wage_income"}:
        means = gone["removal_means"].astype(str)
        unpaid = ((means == "post") & (gone["post_income"] == 0)) | (
            (means == "job") & (gone["other_wage_income"] == 0)
        )
        yield Violation(
            "Through a post or a job, without pay from it",
            "removals through a post or a job",
            share_of(unpaid[means.isin(["post", "job"])]),
        )

"""The rules by which audits look for wrong inclusion and wrong removal, and which records break them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.estimates.shares import Share, share_of
from analysis.problems.watched import month_number, watched_households

OLDEST_HOLDER = 69
WAIT = 1
SHORTEST = 6
"""Months: a measure is due within the first, a removal not before the second."""
HOUSEHOLD, TOWNSHIP = "household_id", "township_code"


@dataclass(frozen=True, slots=True, eq=False)
class Violation:
    """An audit rule: what was found, among which records, and which of them break it.

    `broken` is true or false for each record asked. On its index, `townships` says where a record is,
    missing where that is not known, and `entities` whose it is where one has several.
    """

    name: str
    rule: str
    among: str
    broken: pd.Series = field(repr=False)
    townships: pd.Series = field(repr=False)
    entities: pd.Series | None = field(default=None, repr=False)

    @property
    def found(self) -> Share:
        """How often the rule is broken."""
        return share_of(self.broken, self.entities)

    def by_township(self) -> dict[str, Share]:
        """Return how often the rule is broken in each township code."""
        of_township = self.broken.groupby(self.townships.loc[self.broken.index], observed=True)
        return {str(code): share_of(own, self.entities) for code, own in of_township}


def inclusion_audit(panel: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Iterator[Violation]:
    """Yield the rules about who is monitored and helped, as far as the records hold what they ask."""
    years = panel[panel["year"] >= panel["identified_month"].dt.year.min()]
    outside = years["under_monitoring"] == 0
    for name, column, value, rule, among in (
        ("below", "below_line", 1, "Income below the line, not monitored", "household-years below the line"),
        (
            "house",
            "unsafe_house",
            "yes",
            "Unsafe house, not monitored",
            "household-years with an unsafe house",
        ),
    ):
        if column in years:
            broken = outside[years[column] == value]
            yield Violation(name, rule, among, broken, years[TOWNSHIP], years[HOUSEHOLD])
    if "first_measure_month" in panel:
        households = watched_households(panel)
        measure = month_number(households["first_measure_month"])
        until = measure.where(measure.notna(), households["last"])
        late = until - households["identified"] > WAIT
        rule = "More than a month without a measure"
        yield Violation("late", rule, "households included", late, households[TOWNSHIP])
    yield from post_audit(panel, tables)


def post_audit(panel: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Iterator[Violation]:
    """Yield the rules about holders of posts; a holder is where the record of the household says."""
    if "posts" not in tables:
        return
    posts = tables["posts"].reset_index(drop=True)
    key = [HOUSEHOLD, "year"]
    home = posts[key].merge(panel[[*key, TOWNSHIP]], on=key, how="left", validate="many_to_one")[TOWNSHIP]
    old, idle = posts["holder_age"] > OLDEST_HOLDER, posts["post_months"] == 0
    yield Violation("post_old", "Post holder of 70 or older", "post-years", old, home)
    yield Violation("post_idle", "Post without months of work", "post-years", idle, home)


def exit_audit(rows: pd.DataFrame) -> Iterator[Violation]:
    """Yield the rules about removals from household-years under monitoring (`exit_decisions`)."""
    gone = rows[rows["left"] == 1]
    town = gone[TOWNSHIP]
    months = month_number(gone["removed_month"]) - month_number(gone["identified_month"])
    everyone = "removals"
    yield Violation("exit_below", "Income below the line", everyone, gone["against_line"] < 0, town)
    if "workers" in gone:
        yield Violation("exit_helpless", "Nobody able to work", everyone, gone["workers"] == 0, town)
    short = "Monitored for less than six months"
    yield Violation("exit_soon", short, everyone, months < SHORTEST, town)
    if "first_measure_month" in gone:
        measure = gone["first_measure_month"]
        without = measure.isna() | (measure > gone["removed_month"])
        yield Violation("exit_unhelped", "Without any measure", everyone, without, town)
    if set(gone) >= {"removal_means", "post_income", "other_wage_income"}:
        means = gone["removal_means"].astype(str)
        unpaid = ((means == "post") & (gone["post_income"] == 0)) | (
            (means == "job") & (gone["other_wage_income"] == 0)
        )
        yield Violation(
            "exit_unpaid",
            "Through a post or a job, without pay from it",
            "removals through a post or a job",
            unpaid[means.isin(["post", "job"])],
            town,
        )

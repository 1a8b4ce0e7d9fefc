"""The rules by which townships declare a risk removed: shortest time, income asked for, month of the year."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.designs.attempts import attempted
from analysis.estimates.discontinuity.step_spread import StepSpread, step_spread
from analysis.estimates.dynamics.earliest import EarliestSpread, earliest_spread
from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.slope import Slope
from analysis.problems.watched import DECEMBER

LONGEST = 24
"""The longest minimum spell that a township may have, months."""
MULTIPLES = np.linspace(-0.5, 1.5, 201) - 1e-9
"""Distances from the line that a township may ask for, shares of it."""
FEWEST = 30


@dataclass(frozen=True, slots=True, eq=False)
class ExitRules:
    """Shortest spells in months, incomes asked for as distances from the line, removals put at year ends.

    `december` is the share of removals written down in December beyond the share of an even spread over
    the months that were open.
    """

    spells: EarliestSpread | NotApplicable
    multiples: StepSpread | NotApplicable
    december: Slope | NotApplicable


def exit_rules(households: pd.DataFrame, months: pd.DataFrame, rows: pd.DataFrame) -> ExitRules:
    """Return the rules from monitored households, their months and their years (`exit_decisions`)."""
    n_removed = int(months["left"].sum())
    if n_removed < FEWEST:
        few = NotApplicable("exit rules", f"{n_removed} removal(s), fewer than {FEWEST}")
        return ExitRules(few, few, few)
    spells = attempted("shortest spells", lambda: shortest_spells(months))
    if isinstance(spells, NotApplicable):
        return ExitRules(spells, spells, spells)
    first = {str(group): float(seen) for group, seen in zip(spells.groups, spells.first_seen, strict=True)}
    multiples = attempted("exit multiples", lambda: exit_multiples(rows, first))
    return ExitRules(spells, multiples, put_at_december(households, first))


def shortest_spells(months: pd.DataFrame) -> EarliestSpread:
    """Return the shortest months from inclusion to removal by township, and how far they differ."""
    return earliest_spread(
        months, elapsed="elapsed", event="left", kind="december", group="township_code", longest=LONGEST
    )


def exit_decisions(panel: pd.DataFrame) -> pd.DataFrame:
    """Return household-years under monitoring, with `left`, and `open_for` months by the year's December."""
    identified, removed = panel["identified_month"], panel["removed_month"]
    since = identified.notna() & (identified.dt.year <= panel["year"])
    rows = panel[since & ~(removed.dt.year < panel["year"])]
    month = rows["identified_month"].dt.year * 12 + rows["identified_month"].dt.month - 1
    return rows.assign(
        left=(rows["removed_month"].dt.year == rows["year"]).astype("int64"),
        open_for=(rows["year"] * 12 + DECEMBER - month).astype("int64"),
    )


def exit_multiples(rows: pd.DataFrame, first: dict[str, float]) -> StepSpread:
    """Return the incomes at which townships remove, from years in which they could have.

    Households without labour are left out: the published rules do not let them be removed by income.
    """
    shortest = rows["township_code"].astype(str).map(first)
    could = rows[(rows["open_for"] >= shortest) & (rows["workers"] > 0)]
    return step_spread(
        could,
        decision="left",
        running="against_line",
        group="township_code",
        entity="household_id",
        grid=MULTIPLES,
    )


def put_at_december(households: pd.DataFrame, first: dict[str, float]) -> Slope | NotApplicable:
    """Return the share b of removals put at December: `P(December) = b + (1 - b) / n`, n months open.

    `b = sum(d - 1/n) / sum(1 - 1/n)`, over removals with more than one month open.
    """
    gone = households[households["removed"].notna()]
    year_start = gone["removed"] // 12 * 12
    earliest = gone["identified"] + gone["township_code"].astype(str).map(first)
    n_open = year_start + 12 - np.maximum(earliest, year_start)
    even = (1 / n_open[n_open > 1]).to_numpy(dtype=float)
    december = (gone["removed"] % 12 == DECEMBER)[n_open > 1].to_numpy(dtype=float)
    if len(even) < FEWEST:
        return NotApplicable("removals in December", f"{len(even)} removal(s) with a choice of months")
    value = float((december - even).sum() / (1 - even).sum())
    scores = december - even - value * (1 - even)
    error = float(np.sqrt((scores**2).sum())) / float((1 - even).sum())
    reach = float(stats.norm.ppf(0.975)) * error
    return Slope(value, value - reach, value + reach, len(even))

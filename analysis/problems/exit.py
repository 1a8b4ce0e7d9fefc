"""Non-uniform exit: the rules of removal by township, rules broken, and what removal leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.estimates.dynamics.hazard import HazardFit
from analysis.estimates.hypotheses import NotApplicable
from analysis.panel.build import Panel
from analysis.problems.after_exit import AfterExit, after_exit, exit_hazard
from analysis.problems.audit import Violation, exit_audit
from analysis.problems.claims import Measured, measured_spread
from analysis.problems.exits import ExitRules, exit_decisions, exit_rules
from analysis.problems.watched import watched_households, watched_months
from analysis.region import Region

NEEDED = {"identified_month", "removed_month", "township_code", "income_nominal", "below_line", "workers"}


@dataclass(frozen=True, slots=True, eq=False)
class Exit:
    """All measurements of the second problem; `months` has one row a monitored household and month.

    `stated` are the answers of townships by code: `stated_exit_multiple, stated_min_spell`, or None.
    """

    rules: ExitRules
    hazard: HazardFit | NotApplicable
    audit: tuple[Violation, ...]
    after: AfterExit | NotApplicable
    stated: pd.DataFrame | None
    months: pd.DataFrame = field(repr=False)


def measure_exit(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> Exit | NotApplicable:
    """Return how townships let households go, or why these records do not tell."""
    if not set(panel.frame) >= NEEDED or not region.line_by_year:
        return NotApplicable("exit", "the records hold no months of removal, townships or official line")
    if panel.frame["removed_month"].isna().all():
        return NotApplicable("exit", "no household was removed from monitoring")
    households = watched_households(panel.frame)
    months = watched_months(households)
    decisions = exit_decisions(panel.frame)
    line = decisions["year"].map(region.line_by_year)
    rows = decisions.assign(against_line=decisions["income_nominal"] / line - 1)
    answers = tables.get("township_questionnaire")
    return Exit(
        rules=exit_rules(households, months, rows),
        hazard=exit_hazard(rows, str(panel.fine_cluster)),
        audit=tuple(exit_audit(rows)),
        after=after_exit(panel.frame, rows),
        stated=None if answers is None else answers.set_index(answers["township_code"].astype(str)),
        months=months,
    )


def claims_of(found: Exit | NotApplicable) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim, or why there is none."""
    if isinstance(found, NotApplicable):
        return dict.fromkeys(("spells_differ", "multiples_differ", "exits_december"), found)
    rules = found.rules
    spells, multiples, december = rules.spells, rules.multiples, rules.december
    return {
        "spells_differ": spells if isinstance(spells, NotApplicable) else measured_spread(spells.spread),
        "multiples_differ": multiples
        if isinstance(multiples, NotApplicable)
        else measured_spread(multiples.spread),
        "exits_december": december
        if isinstance(december, NotApplicable)
        else Measured(december.value, december.low, december.high, december.n_obs),
    }

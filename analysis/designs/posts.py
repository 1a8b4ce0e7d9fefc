"""Designs for public-welfare posts: the end of a term settled at its start, beside the panel regression."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.designs.judged import judged_estimate
from analysis.designs.kinds import Check, DesignEstimate, InstrumentDesigns
from analysis.estimates.switching.instrumented import InstrumentedEffect
from analysis.estimates.switching.schedule import months_between, scheduled_terms
from analysis.estimates.switching.term_expiry import term_expiry
from analysis.panel.build import Panel
from analysis.panel.income import without

SAYS = (
    "households that began their first term in the same year, those whose term has run out against those "
    "whose term goes on"
)


def with_schedule(frame: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """Return household-years from the start of their first term on, with what that term scheduled.

    Terms that began before the first year of the panel are seen only if they were long: their households
    are left out. `start_year` is the cohort whose households are compared.
    """
    terms = ledger.assign(term_months=months_between(ledger["term_start"], ledger["term_end"]))
    scheduled = scheduled_terms(
        terms,
        frame,
        entity="household_id",
        period="year",
        term="post_id",
        start="term_start",
        months="term_months",
    )
    rows = frame.join(scheduled, validate="one_to_one")
    start = rows["cohort"].dt.year
    seen = (start >= rows["year"].min()) & (rows["year"] >= start)
    return rows[seen].assign(start_year=start[seen].astype("int64")).reset_index(drop=True)


def fit_schedule(rows: pd.DataFrame, outcome: str, panel: Panel) -> InstrumentedEffect:
    """Return the effect of a post-year on an outcome by the schedule of the first term."""
    return term_expiry(
        rows,
        outcome=outcome,
        dose="posts",
        scheduled="scheduled",
        cohort="start_year",
        entity="household_id",
        period="year",
        clusters=str(panel.fine_cluster),
        controls=panel.controls,
    )


def post_designs(panel: Panel, tables: Mapping[str, pd.DataFrame], plausible: float) -> InstrumentDesigns:
    """Return every design that the records of posts allow."""
    rows = with_schedule(panel.study, tables["posts"])
    total = fit_schedule(rows, panel.outcome, panel)
    estimates = [
        judged_estimate("term", "End of term", SAYS, total.effect, plausible, primary=True),
        *own_payment(rows, panel, plausible),
    ]
    return InstrumentDesigns("posts", tuple(estimates), checks=tuple(schedule_checks(total)))


def own_payment(rows: pd.DataFrame, panel: Panel, plausible: float) -> Iterator[DesignEstimate]:
    """Yield the effect on income without the pay of the post, where income is known by source."""
    if panel.sources:
        found = fit_schedule(rows, without("posts"), panel)
        label = "End of term, income without the pay"
        yield judged_estimate("term_without", label, "as above", found.effect, plausible)


def schedule_checks(total: InstrumentedEffect) -> Iterator[Check]:
    """Yield how strongly the schedule moves months in posts, and the interval that needs no strength."""
    yield Check(
        "term_f",
        "First-stage F of the schedule",
        total.first_stage_f,
        "F",
        "how strongly the scheduled months move the months worked; below ten the interval is not to be read",
        decimals=0,
    )
    yield Check(
        "term_first_stage",
        "Post-years worked for a post-year scheduled",
        total.first_stage.estimate,
        "post-years",
        "below one where terms end early or a new one follows",
    )
    for end, bound in (("lower", total.anderson_rubin.low), ("upper", total.anderson_rubin.high)):
        yield Check(
            f"term_ar_{end}",
            f"Anderson-Rubin interval, {end} end",
            bound,
            "yuan a year per capita for a post-year",
            "right however strong the schedule is",
            decimals=0,
        )

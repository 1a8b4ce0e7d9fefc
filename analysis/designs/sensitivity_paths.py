"""Paths around an event, whose trends and placebo dates are held against its effect."""

from collections.abc import Mapping
from dataclasses import asdict

import pandas as pd

from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.posts import with_schedule
from analysis.designs.projects import LAST_SHOWN, adoption_design
from analysis.designs.sensitivity_breaks import breaks, mean_after, power_of_leads
from analysis.designs.sensitivity_kinds import Tried, of_estimate
from analysis.designs.switching import fit_expiry
from analysis.estimates.effects import Effects
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.results import Fit
from analysis.estimates.sensitivity.event_study import EventStudy, event_study
from analysis.estimates.sensitivity.placebo import placebo_dates
from analysis.estimates.staggered.saturated import Saturated, saturated
from analysis.panel.build import Panel

NARROW = 3
MOVED = (1, 2)
EXPIRY_WINDOW = (-2, 1)
NAME = "Trends before the event"
HOLDS = "must be zero, and the interval holds zero"
FAILS = "must be zero, and is not: it fails"


def trends(
    designs: InstrumentDesigns, panel: Panel, tables: Mapping[str, pd.DataFrame], effects: Effects
) -> Tried:
    """Return placebo dates, what the leads can see, and the breaks at which the effect is lost."""
    if designs.primary is None:
        return (NotApplicable(NAME, "no design beyond the panel regression is supported"),)
    match designs.instrument:
        case "projects":
            return project_trends(panel, effects)
        case "posts":
            return post_trends(panel, tables["posts"])
        case "subsidies":
            reason = "amounts change every year, so that no year lies before the event"
            return (NotApplicable(NAME, reason),)


def project_trends(panel: Panel, effects: Effects) -> Tried:
    """Return the threats to the path around the first benefit."""
    found = project_path(panel)
    whole, narrow = near(found, LAST_SHOWN), near(found, NARROW)
    return (
        *project_dates(panel, effects),
        mean_after("trends.effect", "Mean effect of the path, never reached households compared", whole),
        *power_of_leads(whole),
        *breaks(whole, "", f"{LAST_SHOWN} years each side"),
        *breaks(narrow, ".narrow", f"{NARROW} years each side"),
    )


def post_trends(panel: Panel, ledger: pd.DataFrame) -> Tried:
    """Return the threats to the path of income around the scheduled end of a term."""
    found = fit_expiry(with_schedule(panel.study, ledger), panel, EXPIRY_WINDOW).outcome
    study, lead = fit_path(found), found.estimate(f"{EXPIRY_WINDOW[0]:+d}")
    says = HOLDS if lead.conf_low <= 0 <= lead.conf_high else FAILS
    return (
        of_estimate("dates.1", "Placebo date: the term ends a year early", lead, "outcome", says),
        mean_after("trends.effect", "Income after the end of a term, mean of the path", study),
        *power_of_leads(study),
        *breaks(study, "", "one year before"),
    )


def project_path(panel: Panel) -> Saturated:
    """Return the path of income around the first benefit, against households that are never reached."""
    columns = asdict(adoption_design(panel))
    return saturated(panel.study, outcome=panel.outcome, comparison="never_treated", **columns)


def near(found: Saturated, reach: int) -> EventStudy:
    """Return the path up to `reach` years from the event, years after weighted by household-years."""
    times = [float(one.term.removeprefix("event time ")) for one in found.by_event_time]
    kept = [time for time in times if abs(time) <= reach]
    path = pd.Series([one.estimate for one in found.by_event_time], index=times)
    covariance = found.event_time_covariance.set_axis(times, axis=0).set_axis(times, axis=1)
    rows = found.cells.groupby("event_time")["n_obs"].sum()[[time for time in kept if time >= 0]]
    return event_study(path[kept], covariance.loc[kept, kept], weights=rows / rows.sum())


def fit_path(found: Fit) -> EventStudy:
    """Return the path whose terms are event years, years after weighing alike."""
    times = [float(term) for term in found.terms]
    path = pd.Series([one.estimate for one in found.estimates], index=times)
    return event_study(path, found.covariance.set_axis(times, axis=0).set_axis(times, axis=1))


def project_dates(panel: Panel, effects: Effects) -> Tried:
    """Return the effect of projects dated some years too early, on rows not yet reached."""
    found = placebo_dates(
        panel.study,
        panel.outcome,
        moved=MOVED,
        specification=effects.headline,
        **asdict(adoption_design(panel)),
    )
    return tuple(
        of_estimate(
            f"dates.{years}",
            f"Placebo date: {years} year(s) before the first benefit",
            one.estimate,
            "effect",
            HOLDS if one.estimate.conf_low <= 0 <= one.estimate.conf_high else FAILS,
        )
        for years, one in zip(MOVED, found, strict=True)
    )

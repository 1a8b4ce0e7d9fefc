"""Designs for industrial projects: what reached households have beyond what unreached rows let one expect."""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pandas as pd

from analysis.designs.judged import judged_estimate
from analysis.designs.kinds import Check, DesignEstimate, EventPath, InstrumentDesigns, path_rows
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.results import Estimate
from analysis.estimates.staggered.adoption import AdoptionDesign
from analysis.estimates.staggered.goodman_bacon import goodman_bacon
from analysis.estimates.staggered.group_time import GroupTime, group_time
from analysis.estimates.staggered.imputation import Imputation, imputation
from analysis.estimates.staggered.leads import Leads, leads
from analysis.estimates.staggered.two_way_weights import two_way_weights
from analysis.panel.build import Panel
from analysis.panel.income import without

FIRST = "project_first_year"
NET = "net of other help"
IMPUTED = (
    "household-years with a project against what years before and unreached households of the township let "
    "one expect, other instruments and household controls given"
)
ORIGINAL = "treated and untreated years of all households, what the original study did"
LAST_SHOWN = 5


def net_of_others(panel: Panel, others: dict[str, float], outcome: str) -> pd.DataFrame:
    """Return the study sample with `NET`: the outcome less what the other instruments are estimated to add.

    For designs that take no controls which change over time.
    """
    frame = panel.study
    added = sum((effect * frame[name] for name, effect in others.items()), np.zeros(len(frame)))
    return frame.assign(**{NET: frame[outcome] - added})


def impute(frame: pd.DataFrame, panel: Panel, outcome: str) -> Imputation:
    """Return the imputation estimate of projects on a column of the study sample."""
    return imputation(frame, outcome=outcome, **asdict(adoption_design(panel)))


def adoption_design(panel: Panel) -> AdoptionDesign:
    """Return the columns of the start of projects, with effects of townships' years."""
    return AdoptionDesign(
        entity="household_id",
        period="year",
        first_treated=FIRST,
        clusters=str(panel.fine_cluster),
        controls=controls_of(panel),
        group=panel.coarse_cluster,
    )


def controls_of(panel: Panel) -> tuple[str, ...]:
    """Return the controls: those of the panel and the other instruments."""
    return (*panel.controls, *(name for name in panel.instruments if name != "projects"))


def project_designs(panel: Panel, others: dict[str, float], plausible: float) -> InstrumentDesigns:
    """Return every design that the records of projects allow; `others` are effects per unit of other help."""
    frame = net_of_others(panel, others, panel.outcome)
    imputed = impute(frame, panel, panel.outcome)
    averages = group_time(
        frame,
        outcome=NET,
        entity="household_id",
        period="year",
        first_treated=FIRST,
        clusters=str(panel.fine_cluster),
    )
    before = leads(frame, outcome=panel.outcome, **asdict(adoption_design(panel)))
    return InstrumentDesigns(
        "projects",
        tuple(project_estimates(panel, imputed, averages, plausible)),
        paths=(
            path("imputed", "Imputation", (*reversed(before.estimates), *imputed.by_event_time)),
            path("group_time", "Group-time averages", averages.by_event_time),
        ),
        checks=tuple(project_checks(frame, before)),
    )


def project_estimates(
    panel: Panel, imputed: Imputation, averages: GroupTime, plausible: float
) -> Iterator[DesignEstimate]:
    """Yield the effect by each design."""
    yield judged_estimate("imputed", "Imputation", IMPUTED, imputed.overall, plausible, primary=True)
    says = "changes since the year before the first benefit, against households not yet reached"
    yield judged_estimate("group_time", "Group-time averages", says, averages.simple, plausible)
    says = "the same, all years since the first benefit weighing alike"
    yield judged_estimate(
        "group_time_dynamic", "Group-time, mean of event years", says, averages.dynamic, plausible
    )
    if panel.sources:
        alone = impute(panel.study, panel, without("projects"))
        label = "Imputation, income without the dividend"
        yield judged_estimate("imputed_without", label, "as the first", alone.overall, plausible)


def project_checks(frame: pd.DataFrame, before: Leads) -> Iterator[Check]:
    """Yield what parallel trends and two-way weights look like."""
    p_value = float("nan") if isinstance(before.test, NotApplicable) else before.test.p_value
    yield Check(
        "leads_p",
        "Joint test of the years before, p",
        p_value,
        "p",
        "small where households that projects chose were on another path already; a large one proves little",
        decimals=3,
    )
    weights = two_way_weights(frame, NET, treatment="projects", entity="household_id", period="year")
    yield Check(
        "negative_weights",
        "Treated rows with negative weight in the two-way regression",
        weights.negative_share,
        "share",
        "their effects enter the original regression with the wrong sign",
    )
    parts = goodman_bacon(frame, outcome=NET, entity="household_id", period="year", first_treated=FIRST)
    yield Check(
        "forbidden_weight",
        "Weight of comparisons with already treated households",
        parts.weight("later against already treated"),
        "share",
        "growing effects of earlier households are subtracted there (balanced part of the panel)",
    )


def path(key: str, label: str, estimates: tuple[Estimate, ...]) -> EventPath:
    """Return estimates named `event time k` as a path, as far as the picture goes."""
    rows = path_rows(estimates)
    return EventPath(key, label, rows[rows["event_time"].abs() <= LAST_SHOWN].reset_index(drop=True))

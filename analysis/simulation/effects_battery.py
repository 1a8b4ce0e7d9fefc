"""Every primary design, and what it stands against, on one county of known truth."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.designs.posts import fit_schedule, with_schedule
from analysis.designs.projects import impute
from analysis.designs.subsidies import bootstrap_rule, fit_rule, with_rule
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Estimate
from analysis.faults import Faults
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import INSTRUMENTS, Instrument
from analysis.simulation.band import band_measures
from analysis.simulation.counties import KnownCounty, known_county, with_planted
from analysis.simulation.few_treated import few_treated
from analysis.simulation.measures import NOTHING, Measure, rejects
from analysis.simulation.scenarios import NO_EFFECT, Scenario

TOWNSHIP_DRAWS = 999


def measure_county(scenario: Scenario, number: int, region: Region) -> list[Measure]:
    """Return the measures of one county of a kind; a design that refuses its records gives none."""
    known = known_county(scenario.county(number), region)
    frame = with_planted(known.panel.study, known)
    parts: list[Callable[[], Iterable[Measure]]] = [
        lambda: [term_measure(frame, known)],
        lambda: band_measures(frame, known, number, region),
    ]
    if scenario.all_instruments:
        parts += [
            lambda: rule_measures(frame, known, number),
            lambda: [imputation_measure(frame, known)],
            lambda: two_way_measures(frame, known),
        ]
    if scenario.name == NO_EFFECT:
        parts.append(lambda: few_treated(frame, known.panel, number))
    return [measure.of(scenario.name, number) for part in parts for measure in unless_refused(part)]


def unless_refused(part: Callable[[], Iterable[Measure]]) -> list[Measure]:
    """Return the measures of a design, none where it refuses the records."""
    try:
        return list(part())
    except Faults:
        return []


def measure(design: str, estimate: Estimate, truth: float, average: float) -> Measure:
    """Return one measure, still without its county."""
    return Measure(
        scenario="",
        county=-1,
        design=design,
        estimate=estimate.estimate,
        std_error=estimate.std_error,
        conf_low=estimate.conf_low,
        conf_high=estimate.conf_high,
        rejects=rejects(estimate.p_value),
        truth=truth,
        average=average,
    )


def average(frame: pd.DataFrame, instrument: Instrument) -> float:
    """Return the planted effect per unit of treatment over all that are treated."""
    return float(frame[f"planted_{instrument}"].sum() / frame[instrument].sum())


def term_measure(frame: pd.DataFrame, known: KnownCounty) -> Measure:
    """Return the end of term; its truth is the same comparison of what posts added."""
    rows = with_schedule(frame, known.tables["posts"])
    effect = fit_schedule(rows, known.panel.outcome, known.panel).effect
    truth = (
        fit_schedule(rows, "planted_posts", known.panel).effect.estimate if planted(frame, "posts") else 0.0
    )
    return measure("posts, end of term", effect, truth, average(frame, "posts"))


def rule_measures(frame: pd.DataFrame, known: KnownCounty, seed: int) -> Iterator[Measure]:
    """Yield the revision of amounts by village and township; its truth is that of what subsidies added."""
    rows = with_rule(frame, known.tables["subsidies"])
    village = str(known.panel.fine_cluster)
    effect = fit_rule(rows, known.panel.outcome, known.panel, village).effect
    truth = 0.0
    if planted(frame, "subsidies"):
        truth = fit_rule(rows, "planted_subsidies", known.panel, village).effect.estimate
    found = measure("subsidies, revision of amounts", effect, truth, average(frame, "subsidies"))
    yield found
    drawn = bootstrap_rule(rows, known.panel, draws=TOWNSHIP_DRAWS, seed=seed)
    yield replace(
        found,
        design="subsidies, revision of amounts, bootstrap over townships",
        std_error=NOTHING,
        conf_low=drawn.conf_low,
        conf_high=drawn.conf_high,
        rejects=rejects(drawn.p_value),
    )


def imputation_measure(frame: pd.DataFrame, known: KnownCounty) -> Measure:
    """Return the imputation estimate; its truth are the planted effects with its weights."""
    found = impute(frame, known.panel, known.panel.outcome)
    return measure(
        "projects, imputation",
        found.overall,
        found.applied(frame["planted_projects"]),
        average(frame, "projects"),
    )


def planted(frame: pd.DataFrame, instrument: Instrument) -> bool:
    """Say whether an instrument has any effect in this county."""
    return bool((np.abs(frame[f"planted_{instrument}"]) > 1e-6).any())


def two_way_measures(frame: pd.DataFrame, known: KnownCounty) -> Iterator[Measure]:
    """Yield what the original design did; its truth is the average effect on the treated."""
    panel: Panel = known.panel
    design = PanelDesign(
        "household_id", "year", panel.instruments, panel.controls, clusters=panel.fine_cluster
    )
    fit = fit_panel(frame, panel.outcome, design, HOUSEHOLD_YEAR)
    for instrument in INSTRUMENTS:
        mean = average(frame, instrument) if planted(frame, instrument) else 0.0
        yield measure(f"{instrument}, two-way regression", fit.estimate(instrument), mean, mean)

"""Findings about effects on poverty at the line, and the household-years an instrument keeps above it."""

from collections.abc import Iterator

from analysis.designs.distribution import Kept, StatisticEffects, TestedEffect
from analysis.findings.drawings import Finding
from analysis.findings.formats import joined, p_value, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import bounds, errors_of, label_in_text
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import Column as HouseholdColumn
from analysis.region_file import Instrument

YUAN = 1000
POINTS = 100


def poverty_effect_findings(
    found: tuple[StatisticEffects, ...], kept: tuple[Kept, ...], panel: Panel, region: Region
) -> Iterator[Finding]:
    """Yield what each instrument keeps above the line, and the table of effects."""
    for entry in kept:
        yield kept_number(entry, found[0], region)
        yield Number(
            f"{entry.instrument}.kept_of",
            entry.treated,
            f"Household-years reached by {label_in_text(entry.instrument, region)}",
            "household-years",
        )
    yield poverty_effect_table(found, panel, region)


def kept_number(found: Kept, headcount: StatisticEffects, region: Region) -> Number:
    """Return the household-years above the line because of an instrument."""
    estimate = headcount.effects[found.instrument].estimate
    return Number(
        f"{found.instrument}.kept_above",
        found.value,
        f"Household-years above the line because of {label_in_text(found.instrument, region)}",
        "household-years",
        std_error=found.std_error,
        low=found.low,
        high=found.high,
        n_obs=estimate.n_obs,
        n_clusters=estimate.n_clusters,
        estimator=f"effect on the headcount, {estimate.estimator}, times all treatment given",
    )


def unit_size(instrument: Instrument, region: Region) -> int:
    """Return the units of treatment that effects are given for: a thousand for yuan of a ledger."""
    own = isinstance(region.settings.instruments[instrument], HouseholdColumn)
    return YUAN if instrument == "subsidies" and not own else 1


def poverty_effect_table(found: tuple[StatisticEffects, ...], panel: Panel, region: Region) -> Table:
    """Return one row an index, under a heading for each instrument."""
    columns = (
        Column("Index", "left", 16),
        Column("Mean, %", width=9),
        Column("Effect, points", width=11),
        Column("95% interval", width=17),
        Column("Next year's treatment, p", width=14),
        Column("Reading", "left", 40),
    )
    rows: list[tuple[str, ...]] = []
    for name in panel.instruments:
        size = unit_size(name, region)
        rows.append((region.label(name) + (f", {plain(size)} yuan" if size > 1 else ""), *("",) * 5))
        rows += [poverty_row(statistic, statistic.effects[name], size) for statistic in found]
    first = found[0].effects[panel.instruments[0]].estimate
    notes = (
        "Indices of Foster, Greer and Thorbecke over households, against the line of the year at current "
        "prices; effects in percentage points under household and year effects, all instruments and controls "
        "given. Where next year's treatment predicts this year's index (p below 0.05), the households an "
        f"instrument chose were on another path, and the figure is no effect. n = {plain(first.n_obs)}. "
        f"{errors_of(first, region)}"
    )
    return Table("tbl-poverty-effects", "Effects on poverty at the line.", columns, tuple(rows), notes)


def poverty_row(found: StatisticEffects, tested: TestedEffect, size: int) -> tuple[str, ...]:
    """Return one index as a row, with the verdict of the test."""
    estimate, scale = tested.estimate, POINTS * size
    lead = "none" if tested.lead is None else p_value(tested.lead.p_value)
    return (
        found.statistic.capitalize(),
        plain(POINTS * found.value, 2),
        plain(scale * estimate.estimate, 2),
        bounds(scale * estimate.conf_low, scale * estimate.conf_high, 2),
        lead,
        reading(tested),
    )


def reading(tested: TestedEffect) -> str:
    """Return what may be believed of an effect."""
    if tested.refuted:
        return "not an effect: refuted"
    return "not tested: too few years" if tested.lead is None else "not refuted"


def refuted_text(found: tuple[StatisticEffects, ...], panel: Panel, region: Region) -> str:
    """Return the names of instruments whose effect on the headcount is refuted, empty where none is."""
    names = [label_in_text(name, region) for name in panel.instruments if found[0].effects[name].refuted]
    return joined(names) if names else ""

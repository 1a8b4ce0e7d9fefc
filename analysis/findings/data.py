"""Findings about the data themselves: sample flow, description, facts, lines, agreement of ledgers."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.estimates.effects import Effects
from analysis.findings.drawings import Finding
from analysis.findings.formats import plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import place_words
from analysis.panel.build import Panel
from analysis.region import Region


def data_findings(
    panel: Panel, effects: Effects, tables: Mapping[str, pd.DataFrame], region: Region
) -> Iterator[Finding]:
    """Yield numbers and tables of the data chapter."""
    yield from flow_findings(panel, effects, region)
    yield summary_table(panel, region)
    if region.settings.facts:
        yield facts_table(region)
    if region.settings.lines:
        yield lines_table(region)
    if "subsidy_income" in panel.frame and "subsidies" in tables:
        yield ledger_agreement(panel, region)
    for name, asked in (("township", "townships"), ("village", "villages")):
        if f"{name}_questionnaire" in tables:
            count = len(tables[f"{name}_questionnaire"])
            yield Number(f"data.{name}_answers", count, f"Answers to the {name} questionnaire", asked)


def flow_findings(panel: Panel, effects: Effects, region: Region) -> Iterator[Finding]:
    """Yield the sample flow and the size of the study sample."""
    study = panel.study
    yield Number("flow.study_rows", len(study), "Household-years of the study sample", "household-years")
    households = study["household_id"].nunique()
    yield Number("flow.study_households", households, "Households of the study sample", "households")
    if panel.fine_cluster is not None:
        villages = study[panel.fine_cluster].nunique()
        places = place_words(region)
        yield Number("flow.villages", villages, f"{places.capitalize()} of the study sample", places)
    rows = tuple(
        (step.name, plain(step.rows), plain(step.households), plain(step.rows_dropped))
        for step in panel.flow.steps
    )
    headline = effects.fit(effects.outcome)
    once = sum(drop.n_obs for drop in headline.dropped)
    used = headline.estimates[0]
    last = (
        "households seen more than once: headline effects",
        plain(used.n_obs),
        plain(used.n_entities),
        plain(once),
    )
    columns = (
        Column("Step", "left", 34),
        Column("Household-years left"),
        Column("Households left"),
        Column("Household-years dropped"),
    )
    yield Table("tbl-flow", "Sample flow: what each step left.", columns, (*rows, last))


def summary_table(panel: Panel, region: Region) -> Table:
    """Return mean and spread of outcome, instruments, controls and sources in the study sample."""
    study = panel.study
    groups = {
        "Outcome": (panel.outcome,),
        "Instruments": panel.instruments,
        "Controls": panel.controls,
        "Sources of income": panel.sources,
    }
    names = [name for group in groups.values() for name in group]
    decimals = {name: 2 if study[name].abs().mean() < 100 else 0 for name in names}
    rows: list[tuple[str, ...]] = []
    for heading, members in groups.items():
        rows += [(heading, "", "", "", "")] * bool(members)
        rows += [
            (
                region.label(name),
                unit_of_variable(name, region),
                plain(study[name].mean(), decimals[name]),
                plain(study[name].std(), decimals[name]),
                plain(100 * (study[name] != 0).mean(), 1),
            )
            for name in members
        ]
    columns = (
        Column("Variable", "left", 28),
        Column("Unit", "left", 23),
        Column("Mean"),
        Column("Standard deviation", width=12),
        Column("Not zero, percent", width=12),
    )
    notes = f"{plain(len(study))} household-years. {money_notes(region)}"
    return Table("tbl-summary", "The study sample, over all years.", columns, tuple(rows), notes)


def money_notes(region: Region) -> str:
    """Return the sentence of a table's notes that says whose prices its money is in."""
    prices = region.settings.prices
    return f"Money in prices of {prices.base}." if prices is not None else "Money as recorded."


def unit_of_variable(name: str, region: Region) -> str:
    """Return the unit of a variable of the panel, of an instrument's own column where it has one."""
    chosen = [treated for treated in region.instruments if treated == name]
    variable = region.treatment(chosen[0]) if chosen else region.codebook.variable(name)
    return variable.unit or ""


def facts_table(region: Region) -> Table:
    """Return the published facts about the region with their sources."""
    rows = tuple(
        (fact.label.en, fact_value(fact.value), fact.unit or "", fact.source)
        for fact in region.settings.facts.values()
    )
    columns = (
        Column("Fact", "left", 34),
        Column("Value", width=9),
        Column("Unit", "left", 13),
        Column("Source", "left", 24),
    )
    return Table("tbl-facts", f"Published facts about {region.settings.name.en}.", columns, rows)


def fact_value(value: float | str) -> str:
    """Return a fact's value as a reader sees it."""
    if isinstance(value, str):
        return value
    return plain(value, 0 if float(value).is_integer() else len(str(value).split(".")[1]))


def lines_table(region: Region) -> Table:
    """Return the policy line of each year with its source."""
    rows = tuple((str(line.year), plain(line.amount), line.source) for line in region.settings.lines)
    columns = (Column("Year", "left", 8), Column("Line, yuan", width=12), Column("Source", "left", 50))
    return Table("tbl-lines", "The line of each year, per capita at current prices.", columns, rows)


def ledger_agreement(panel: Panel, region: Region) -> Number:
    """Return the share of household-years in which ledger and household record name the same subsidies."""
    frame = panel.frame
    prices = frame["year"].map(region.price_index)
    ledger = frame["subsidies"] * frame["household_size"] * prices
    named = (ledger > 0) | (frame["subsidy_income"] > 0)
    agree = (ledger - frame["subsidy_income"]).abs()[named] < 0.5
    return Number(
        "data.ledger_agrees",
        agree.mean(),
        "Household-years in which subsidy ledger and household record agree to the yuan",
        "share",
        decimals=1,
        n_obs=int(named.sum()),
    )

"""Findings of the effects chapter: each instrument by every specification, by source, with its inference."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.estimates.effects import Effects
from analysis.estimates.panel_design import Specification
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.estimate_number import estimate_number
from analysis.findings.formats import plain
from analysis.findings.intervals import arrow_note, draw_intervals
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import (
    decimals_of,
    errors_of,
    interval,
    label_in_text,
    reached_clusters,
    short_name,
    specification_name,
    unit_of,
)
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import Instrument


def effect_findings(effects: Effects, panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield numbers, tables and figures of the effects."""
    for instrument in panel.instruments:
        yield from instrument_numbers(effects, instrument, region)
        yield specification_table(effects, instrument, panel, region)
        yield specification_drawing(effects, instrument, region)
        if panel.sources:
            yield source_table(effects, instrument, region)
    if "posts" in panel.instruments and panel.sources:
        yield from kept_share(effects)


def instrument_numbers(effects: Effects, instrument: Instrument, region: Region) -> Iterator[Number]:
    """Yield the headline effect on each outcome, and the effect by every specification."""
    short = dict(zip(effects.outcomes(instrument), ("total", "without"), strict=False))
    for outcome, name in short.items():
        yield effect_number(f"{instrument}.{name}", effects, instrument, outcome, effects.headline, region)
        for step in effects.ladder:
            yield effect_number(
                f"{instrument}.{name}.{short_name(step)}", effects, instrument, outcome, step, region
            )


def effect_number(
    name: str,
    effects: Effects,
    instrument: Instrument,
    outcome: str,
    specification: Specification,
    region: Region,
) -> Number:
    """Return one effect as a number with its passport."""
    estimate = effects.fit(outcome, specification).estimate(instrument)
    return estimate_number(
        name,
        estimate,
        f"Effect of {label_in_text(instrument, region)} on {label_in_text(outcome, region)}",
        unit_of(instrument, region),
        decimals_of(instrument, region),
        estimator=f"{specification_name(specification)}, {estimate.engine}",
        sample="study sample",
    )


def specification_table(effects: Effects, instrument: Instrument, panel: Panel, region: Region) -> Table:
    """Return the effect on each outcome by every specification."""
    decimals = decimals_of(instrument, region)
    rows: list[tuple[str, ...]] = []
    for outcome in effects.outcomes(instrument):
        rows.append((region.label(outcome), "", "", "", "", ""))
        for step in effects.ladder:
            estimate = effects.fit(outcome, step).estimate(instrument)
            rows.append(
                (
                    specification_name(step).capitalize(),
                    plain(estimate.estimate, decimals),
                    plain(estimate.std_error, decimals),
                    interval(estimate, decimals),
                    plain(estimate.n_obs),
                    plain(estimate.n_clusters or 0),
                )
            )
    columns = (
        Column("Specification", "left", 37),
        Column("Effect", width=10),
        Column("Standard error", width=11),
        Column("95% interval", width=21),
        Column("n", width=9),
        Column("Clusters", width=10),
    )
    label = region.label(instrument)
    estimate = effects.fit(effects.outcome).estimate(instrument)
    notes = (
        f"Effects in {unit_of(instrument, region)}; study sample; n counts household-years. All instruments "
        f"and controls enter together. {errors_of(estimate, region)} Specifications with household effects "
        f"leave out households that are seen once. {reached_clusters(instrument, panel, region)}"
    )
    return Table(
        f"tbl-effects-{instrument}", f"{label}: effect by specification.", columns, tuple(rows), notes
    )


def specification_drawing(effects: Effects, instrument: Instrument, region: Region) -> Drawing:
    """Return the effects by specification with their intervals, the outcomes side by side."""
    parts = [
        effects.fit(outcome, step)
        .tidy()
        .assign(specification=specification_name(step).capitalize(), on=region.label(outcome))
        for outcome in effects.outcomes(instrument)
        for step in effects.ladder
    ]
    every_term = pd.concat(parts, ignore_index=True)
    data = every_term[every_term["term"] == instrument].reset_index(drop=True)
    columns = ["on", "specification", "estimate", "conf_low", "conf_high", "n_obs", "n_clusters"]
    label = region.label(instrument)
    decimals = decimals_of(instrument, region)
    first, last = data.iloc[0], data.iloc[len(effects.ladder) - 1]
    courses = [
        f"{on}: "
        + ", ".join(
            f"{row['specification'].lower()} {plain(row['estimate'], decimals)}" for _, row in rows.iterrows()
        )
        for on, rows in data.groupby("on", sort=False)
    ]
    return Drawing(
        f"fig-effects-{instrument}",
        f"{label}: effect by specification with 95% intervals, in {unit_of(instrument, region)}. The effect "
        f"on {label_in_text(effects.outcome, region)} is {plain(first['estimate'], decimals)} under pooled "
        f"regression and {plain(last['estimate'], decimals)} under {last['specification'].lower()}."
        f"{arrow_note(data, reference=0)}",
        f"Estimated effects. {'; '.join(courses)}.",
        data[columns],
        draw_specifications,
    )


def draw_specifications(data: pd.DataFrame) -> Canvas:
    """Draw the effects by specification around zero, one panel an outcome."""
    return draw_intervals(data, "on", reference=0)


def source_table(effects: Effects, instrument: Instrument, region: Region) -> Table:
    """Return the effect on each source of income by every specification."""
    decimals = decimals_of(instrument, region)
    rows = tuple(
        (
            region.label(source),
            *(
                plain(effects.fit(source, step).estimate(instrument).estimate, decimals)
                for step in effects.ladder
            ),
            plain(effects.fit(source).estimate(instrument).std_error, decimals),
        )
        for source in effects.sources
    )
    columns = (
        Column("Source of income", "left", 22),
        *(
            Column(specification_name(step).capitalize().removesuffix(" effects"), width=14)
            for step in effects.ladder
        ),
        Column("Standard error", width=13),
    )
    label = region.label(instrument)
    headline = effects.fit(effects.outcome).estimate(instrument)
    notes = (
        f"Study sample, {plain(headline.n_obs)} household-years in the last specification, "
        f"{plain(headline.n_clusters or 0)} clusters. The standard error is that of the last specification. "
        f"{errors_of(headline, region)}"
    )
    return Table(
        f"tbl-sources-{instrument}",
        f"{label}: effect on each source of income by specification, in {unit_of(instrument, region)}.",
        columns,
        rows,
        notes,
    )


def kept_share(effects: Effects) -> Iterator[Number]:
    """Yield the part of a yuan of post pay that a household keeps: effect on total over effect on pay."""
    total = effects.fit(effects.outcome).estimate("posts")
    pay = effects.fit("income_posts").estimate("posts")
    yield Number(
        "posts.kept",
        total.estimate / pay.estimate,
        "Part of a yuan of post pay that stays with the household",
        "yuan per yuan",
        2,
        n_obs=total.n_obs,
        n_clusters=total.n_clusters,
        estimator=f"effect on total income over effect on post pay, {specification_name(effects.headline)}",
        sample="study sample",
    )

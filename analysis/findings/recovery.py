"""Findings about the method itself: every specification held against the known truth."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.estimates.effects import Effects
from analysis.estimates.results import Estimate
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.formats import percent, plain
from analysis.findings.intervals import arrow_note, draw_intervals
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import decimals_of, interval, specification_name, unit_of
from analysis.region import Region
from analysis.region_file import Instrument
from analysis.synthetic.known import Known


def recovery_findings(effects: Effects, known: Known, region: Region) -> Iterator[Finding]:
    """Yield the truth of each effect, and the table and figure that hold the methods against it."""
    for instrument in region.instruments:
        for outcome, name in zip(effects.outcomes(instrument), ("total", "without"), strict=False):
            yield Number(
                f"{instrument}.{name}.truth",
                known.effect(instrument, outcome),
                f"True effect of {region.label(instrument).lower()}, {name}",
                unit_of(instrument, region),
                decimals_of(instrument, region),
            )
    yield from held_by_headline(effects, known, region)
    yield recovery_table(effects, known, region)
    yield recovery_drawing(effects, known, region)


def held_by_headline(effects: Effects, known: Known, region: Region) -> Iterator[Number]:
    """Yield how many headline intervals there are, and how many of them hold the truth."""
    pairs = [(instrument, on) for instrument in region.instruments for on in effects.outcomes(instrument)]
    held = sum(
        holds(effects.fit(on).estimate(instrument), known.effect(instrument, on)) for instrument, on in pairs
    )
    yield Number("recovery.headline", len(pairs), "Headline effects with a known truth", "effects")
    yield Number("recovery.held", held, "Headline intervals that hold the truth", "effects")


def holds(estimate: Estimate, truth: float) -> bool:
    """Say whether the interval of an estimate holds the truth."""
    return estimate.conf_low <= truth <= estimate.conf_high


def recovery_table(effects: Effects, known: Known, region: Region) -> Table:
    """Return method by method the estimate, its interval and the truth."""
    rows: list[tuple[str, ...]] = []
    for instrument in region.instruments:
        for outcome in effects.outcomes(instrument):
            heading = f"{region.label(instrument)}: {region.label(outcome).lower()}"
            rows.append((heading, "", "", "", "", ""))
            rows += [
                recovery_row(effects, known, region, instrument, outcome, position)
                for position in range(len(effects.ladder))
            ]
    columns = (
        Column("Method", "left", 34),
        Column("Estimate", width=10),
        Column("95% interval", width=18),
        Column("Truth", width=9),
        Column("Bias, share of truth", width=10),
        Column("Interval holds truth", "center", width=10),
    )
    notes = (
        "Truth: the county's income equation with and without the instrument, all else the same; in yuan a "
        "year per capita, for subsidies in yuan per yuan. As a share of the truth the bias is large where "
        "the truth is near zero. Estimates and intervals are those of the tables of effects."
    )
    return Table("tbl-recovery", "Methods against the known truth.", columns, tuple(rows), notes)


def recovery_row(
    effects: Effects, known: Known, region: Region, instrument: Instrument, outcome: str, position: int
) -> tuple[str, ...]:
    """Return one method's estimate of one effect beside the truth."""
    step = effects.ladder[position]
    estimate = effects.fit(outcome, step).estimate(instrument)
    truth = known.effect(instrument, outcome)
    decimals = decimals_of(instrument, region)
    return (
        specification_name(step).capitalize(),
        plain(estimate.estimate, decimals),
        interval(estimate, decimals),
        plain(truth, decimals),
        percent((estimate.estimate - truth) / abs(truth), 0),
        "yes" if holds(estimate, truth) else "no",
    )


def recovery_drawing(effects: Effects, known: Known, region: Region) -> Drawing:
    """Return the estimates of the effect on total income as shares of the truth."""
    parts = []
    for instrument in region.instruments:
        truth = known.effect(instrument, effects.outcome)
        for step in effects.ladder:
            estimate = effects.fit(effects.outcome, step).estimate(instrument)
            parts.append(
                {
                    "instrument": region.label(instrument),
                    "specification": specification_name(step).capitalize(),
                    "estimate": estimate.estimate / truth,
                    "conf_low": estimate.conf_low / truth,
                    "conf_high": estimate.conf_high / truth,
                }
            )
    data = pd.DataFrame(parts)
    return Drawing(
        "fig-recovery",
        "Estimated effects on total income as multiples of the truth, with 95% intervals. The truth is 1."
        f"{arrow_note(data, reference=1)} Under {specification_name(effects.headline)}: "
        f"{multiples(data, specification_name(effects.headline).capitalize())}.",
        "Estimates as multiples of the truth. "
        + " ".join(f"{name}: {multiples(data, name)}." for name in dict.fromkeys(data["specification"])),
        data,
        draw_recovery,
    )


def multiples(data: pd.DataFrame, specification: str) -> str:
    """Return each instrument's estimate under a specification as a multiple of the truth."""
    rows = data[data["specification"] == specification]
    return ", ".join(f"{row['instrument'].lower()} {plain(row['estimate'], 2)}" for _, row in rows.iterrows())


def draw_recovery(data: pd.DataFrame) -> Canvas:
    """Draw the estimates around the truth, one panel an instrument."""
    return draw_intervals(data, "instrument", reference=1)

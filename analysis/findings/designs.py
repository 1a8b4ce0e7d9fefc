"""Findings of the designs: each instrument by every design its records allow, and what they rest on."""

from collections.abc import Iterator

from analysis.designs.kinds import Check, DesignEstimate, InstrumentDesigns
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.estimate_number import estimate_number
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.paths import draw_event_paths, rows_of, told
from analysis.findings.wording import decimals_of, estimate_cells, label_in_text, unit_of
from analysis.region import Region
from analysis.region_file import INSTRUMENTS


def design_findings(designs: InstrumentDesigns, region: Region) -> Iterator[Finding]:
    """Yield numbers, tables and the picture of one instrument's designs."""
    for found in designs.estimates:
        if not found.refused:
            yield design_number(f"{designs.instrument}.{found.key}", found, designs, region)
    if designs.primary is not None:
        yield design_number(f"{designs.instrument}.primary", designs.primary, designs, region)
    if designs.estimates:
        yield design_table(designs, region)
    if designs.checks:
        yield from (check_number(designs, check) for check in designs.checks)
        yield check_table(designs, region)
    if designs.paths:
        yield path_drawing(designs, region)


def design_reasons(designs: tuple[InstrumentDesigns, ...]) -> dict[str, str]:
    """Return for each instrument why no primary design is shown, empty where one is."""
    shown = {found.instrument for found in designs if found.primary is not None}
    none = "No design beyond the panel regression is supported for {}."
    return {f"design_{name}": "" if name in shown else none.format(name) for name in INSTRUMENTS}


def design_number(name: str, found: DesignEstimate, designs: InstrumentDesigns, region: Region) -> Number:
    """Return one effect as a number with its passport."""
    estimate = found.estimate
    return estimate_number(
        name,
        estimate,
        f"Effect of {label_in_text(designs.instrument, region)}: {found.label}",
        unit_of(designs.instrument, region),
        decimals_of(designs.instrument, region),
        estimator=f"{found.label}, {estimate.engine}",
        sample=found.says,
    )


def design_table(designs: InstrumentDesigns, region: Region) -> Table:
    """Return every design's effect; a refused one with the reason in place of figures."""
    decimals = decimals_of(designs.instrument, region)
    columns = (
        Column("Design", "left", 34),
        Column("Effect", width=10),
        Column("Standard error", width=10),
        Column("95% interval", width=19),
        Column("n", width=9),
        Column("Clusters (treated)", width=11),
        Column("Smallest detectable", width=11),
    )
    rows = [design_row(found, decimals) for found in designs.estimates]
    rows += [(f"{gap.name}: not estimated, {gap.reason}", "", "", "", "", "", "") for gap in designs.missing]
    clauses = "; ".join(
        f"{found.label[0].lower()}{found.label[1:]}: {found.says}" for found in designs.estimates
    )
    label = region.label(designs.instrument)
    notes = (
        f"Effects in {unit_of(designs.instrument, region)}. The text quotes the design marked *. "
        f"{clauses[0].upper()}{clauses[1:]}. Smallest detectable: the effect found with probability 0.8 by a "
        "test at 5%. Errors allow dependence within clusters; treated counts the clusters that are reached."
    )
    return Table(
        f"tbl-designs-{designs.instrument}", f"{label}: effect by design.", columns, tuple(rows), notes
    )


def design_row(found: DesignEstimate, decimals: int) -> tuple[str, ...]:
    """Return one design as a row."""
    name = f"{found.label}{' *' if found.primary else ''}"
    if found.refused:
        return (f"{name}: refused", "", "", found.refused, "", "", plain(found.detectable, decimals))
    return (
        name,
        *estimate_cells(found.estimate, decimals),
        plain(found.detectable, decimals),
    )


def check_number(designs: InstrumentDesigns, check: Check) -> Number:
    """Return the figure of one check."""
    return Number(
        f"{designs.instrument}.{check.key}",
        check.value,
        check.label,
        check.unit,
        check.decimals,
        sample=check.says,
    )


def check_table(designs: InstrumentDesigns, region: Region) -> Table:
    """Return what the estimates rest on, one figure a row."""
    columns = (Column("Check", "left", 40), Column("Figure", width=14), Column("What it says", "left", 60))
    rows = tuple((check.label, figure_of(check), check.says) for check in designs.checks)
    label = region.label(designs.instrument)
    return Table(f"tbl-checks-{designs.instrument}", f"{label}: what the estimates rest on.", columns, rows)


def figure_of(check: Check) -> str:
    """Return the figure of a check for a cell."""
    if check.value != check.value:
        return "none"
    if check.unit == "share":
        return percent(check.value)
    return plain(check.value, check.decimals)


def path_drawing(designs: InstrumentDesigns, region: Region) -> Drawing:
    """Return the paths over event time, one panel a design."""
    label = region.label(designs.instrument)
    return Drawing(
        f"fig-path-{designs.instrument}",
        f"{label}: effect by years since the event, with 95% intervals, in "
        f"{unit_of(designs.instrument, region)}. Before the event there should be none.",
        f"Effects over event time. {told(designs.paths, decimals_of(designs.instrument, region))}.",
        rows_of(designs.paths),
        draw_event_paths,
    )

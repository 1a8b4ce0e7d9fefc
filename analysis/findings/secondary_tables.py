"""Tables and paths of the designs beside the primary ones."""

from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter

from analysis.designs.kinds import DesignEstimate, InstrumentDesigns
from analysis.findings.drawings import Drawing
from analysis.findings.formats import plain
from analysis.findings.kinds import Column, Table
from analysis.findings.paths import draw_event_paths, rows_of, told
from analysis.findings.wording import bounds, decimals_of, estimate_cells, unit_of
from analysis.region import Region

Truths = Mapping[str, tuple[float, ...]]
"""The planted value, or both ends of its range, by key of a design; `""` is that of all others."""


def secondary_table(designs: InstrumentDesigns, truths: Truths, region: Region) -> Table:
    """Return every design below what it compares; refused and missing ones with the reason."""
    decimals = decimals_of(designs.instrument, region)
    columns = secondary_columns(bool(truths))
    blank = ("",) * (len(columns) - 1)
    rows: list[tuple[str, ...]] = []
    for says, group in groupby(designs.estimates, key=attrgetter("says")):
        rows.append((f"{says[0].upper()}{says[1:]}", *blank))
        rows += [secondary_row(found, truths, decimals) for found in group]
    rows += [(f"{gap.name}: not estimated, {gap.reason}", *blank) for gap in designs.missing]
    label = region.label(designs.instrument)
    notes = (
        f"Effects on income in {unit_of(designs.instrument, region)}. Smallest detectable: the effect found "
        "with probability 0.8 by a test at 5%. Errors allow dependence within clusters; treated counts the "
        "clusters that are reached."
    )
    if truths:
        notes += " Truth: what was planted, on average over all who are helped unless a group is named."
    return Table(
        f"tbl-secondary-{designs.instrument}",
        f"{label}: other designs for the same effect.",
        columns,
        tuple(rows),
        notes,
    )


def secondary_columns(with_truth: bool) -> tuple[Column, ...]:
    """Return the columns of the table."""
    return (
        Column("Design", "left", 27),
        Column("Effect", width=9),
        Column("Standard error", width=9),
        Column("95% interval", width=16),
        Column("n", width=9),
        Column("Clusters (treated)", width=13),
        Column("Smallest detectable", width=11),
        *((Column("Truth", width=14),) if with_truth else ()),
    )


def secondary_row(found: DesignEstimate, truths: Truths, decimals: int) -> tuple[str, ...]:
    """Return one design as a row."""
    truth = (truth_cell(truths.get(found.key, truths[""]), decimals),) if truths else ()
    if found.refused:
        return (
            f"{found.label}: refused, {found.refused}",
            *[""] * 5,
            plain(found.detectable, decimals),
            *truth,
        )
    return (
        found.label,
        *estimate_cells(found.estimate, decimals),
        plain(found.detectable, decimals),
        *truth,
    )


def truth_cell(truth: tuple[float, ...], decimals: int) -> str:
    """Return a planted value, or its range."""
    return plain(truth[0], decimals) if len(truth) == 1 else bounds(truth[0], truth[-1], decimals)


def paths_drawing(designs: InstrumentDesigns, region: Region) -> Drawing:
    """Return income around the end and the start of posts, one panel a design."""
    return Drawing(
        f"fig-path-{designs.instrument}",
        f"{region.label(designs.instrument)}: income around scheduled ends and first starts, with 95% "
        f"intervals, in {region.settings.outcome.unit.en}, against the year before the event. What differs "
        "from zero before the event would also be there without it.",
        f"Income by years since the event. {told(designs.paths, 0)}.",
        rows_of(designs.paths),
        draw_event_paths,
    )

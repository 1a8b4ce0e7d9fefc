"""Findings about doses: one table, a block of rows a dose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.designs.doses import DoseEffect, DoseRow, Doses
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.findings.drawings import Finding
from analysis.findings.estimate_number import estimate_number
from analysis.findings.formats import p_value, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import estimate_cells


@dataclass(frozen=True, slots=True)
class Wording:
    """How a dose is named: heading of its block, unit of its effect, what a single row says."""

    heading: str
    unit: str
    single: str = ""
    decimals: int = 0
    mean_decimals: int = 1
    end_decimals: int = 0


YUAN = "yuan a year per capita"
WORDINGS: Mapping[str, Wording] = {
    "months": Wording("Posts: months of a year, against none", YUAN),
    "wage": Wording("Posts: monthly pay in yuan of one post held for most of a year, against none", YUAN),
    "forgone": Wording(
        "Posts: other income given up for a yuan of pay", "yuan per yuan", "By the end of terms", 3
    ),
    "spillover": Wording(
        "Posts of others in the village, on households that never hold one",
        f"{YUAN} for each post-year per household",
        "For each post-year per household",
    ),
    "invested": Wording(
        "Projects: investment per household up to the year before, ten thousand yuan",
        YUAN,
        "For each further ten thousand yuan",
        mean_decimals=2,
        end_decimals=2,
    ),
    "sectors": Wording("Projects: sectors in the village", YUAN, "For each further sector"),
}


def dose_findings(doses: Doses) -> Iterator[Finding]:
    """Yield a number for each effect by dose, and the table of all."""
    for dose in doses:
        if isinstance(dose, DoseEffect):
            yield from (dose_number(dose, row) for row in dose.rows)
    if any(isinstance(dose, DoseEffect) for dose in doses):
        yield dose_table(doses)


def dose_number(dose: DoseEffect, row: DoseRow) -> Number:
    """Return one effect by dose as a number."""
    wording, estimate = WORDINGS[dose.key], row.estimate
    return estimate_number(
        f"doses.{row.key}",
        estimate,
        f"{wording.heading}: {row_label(dose, row)}",
        wording.unit,
        wording.decimals,
        estimator=f"{estimate.estimator}, {estimate.engine}",
    )


def dose_table(doses: Doses) -> Table:
    """Return a block a dose; one that is not estimated with the reason."""
    columns = (
        Column("Dose", "left", 36),
        Column("Mean dose", width=10),
        Column("Effect", width=10),
        Column("Standard error", width=10),
        Column("95% interval", width=18),
        Column("n", width=10),
        Column("Clusters (treated)", width=12),
    )
    rows: list[tuple[str, ...]] = []
    for dose in doses:
        if isinstance(dose, NotApplicable):
            rows.append((f"{dose.name}: not estimated, {dose.reason}", *[""] * 6))
        else:
            rows.append((heading_of(dose), *[""] * 6))
            rows += [dose_row(dose, row) for row in dose.rows]
    notes = (
        f"Effects in {YUAN} where no other unit is named. Effects of posts within households and "
        "township-years, other help and household controls given; of projects by imputation, the slope "
        "among households reached for equally long. Differences between doses are effects of more only if "
        "those who got more would have gained as much from less."
    )
    return Table("tbl-doses", "Effects by dose.", columns, tuple(rows), notes)


def heading_of(dose: DoseEffect) -> str:
    """Return the heading of a block, with the test over its bins."""
    heading = WORDINGS[dose.key].heading
    if isinstance(dose.test, TestResult):
        return f"{heading}; {dose.test.null}: p {p_text(dose.test.p_value)}"
    return heading


def p_text(value: float) -> str:
    """Return a p-value behind its sign."""
    found = p_value(value)
    return found if found.startswith("<") else f"= {found}"


def dose_row(dose: DoseEffect, row: DoseRow) -> tuple[str, ...]:
    """Return one effect as a row."""
    wording = WORDINGS[dose.key]
    return (
        row_label(dose, row),
        "" if row.mean is None else plain(row.mean, wording.mean_decimals),
        *estimate_cells(row.estimate, wording.decimals),
    )


def row_label(dose: DoseEffect, row: DoseRow) -> str:
    """Return the bin in words, or what a single effect says."""
    wording = WORDINGS[dose.key]
    if row.low is None or row.high is None:
        return wording.single
    low, high = plain(row.low, wording.end_decimals), plain(row.high, wording.end_decimals)
    if row.low in (0.0, float("-inf")):
        return f"up to {high}"
    return f"above {low}" if row.high == float("inf") else f"above {low} up to {high}"

"""Findings about the findings: codebook, files of the run, sources of numbers."""

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from analysis.codebook import Variable
from analysis.findings.drawings import Finding
from analysis.findings.formats import plain, value_of
from analysis.findings.kinds import Column, Number, Table
from analysis.region import Region

FINDINGS = "analysis/findings/"


def codebook_table(region: Region) -> Table:
    """Return the variables that the region's files hold, by table."""
    rows: list[tuple[str, ...]] = []
    for table in region.settings.tables:
        label = region.codebook.tables[table].label
        rows.append((f"{label.en} {label.zh}", "", "", "", ""))
        entry = region.settings.tables[table]
        for name, variable in region.variables_of(table).items():
            header = entry.columns.get(name, variable.header or name)
            rows.append((name, header, variable.label.en, allowed(variable), variable.disclosure))
    columns = (
        Column("Variable", "left", 26),
        Column("Header", "left", 24),
        Column("Meaning", "left", 24),
        Column("Unit or values", "left", 25),
        Column("Disclosure", "left", 12),
    )
    return Table(
        "tbl-codebook", "Variables of the files, with the header they are found by.", columns, tuple(rows)
    )


def allowed(variable: Variable) -> str:
    """Return the unit of a variable, or the values of a category."""
    if variable.values:
        return ", ".join(value.en for value in variable.values.values())
    return variable.unit or variable.type


def files_table(inputs: Mapping[str, str]) -> Table:
    """Return the files that the run read, with the beginning of their SHA-256."""
    rows = tuple((name, digest[:16]) for name, digest in inputs.items())
    columns = (Column("File", "left", 40), Column("SHA-256 begins", "left", 20))
    return Table("tbl-files", "Files that this edition was computed from.", columns, rows)


def numbers_table(findings: Iterable[Finding]) -> Table:
    """Return every number with its value, its meaning and the line that made it, by name."""
    rows = tuple(
        (number.id, value_of(number), meaning(number), number.maker.removeprefix(FINDINGS))
        for number in sorted(numbers_of(findings), key=attrgetter("id"))
    )
    columns = (
        Column("Number", "left", 43),
        Column("Value", width=12),
        Column("Meaning", "left", 40),
        Column("Made in", "left", 22),
    )
    notes = f"Files of {FINDINGS} with the line. The command study explain gives the rest of the passport."
    return Table("tbl-numbers", f"The {plain(len(rows))} numbers of this edition.", columns, rows, notes)


def meaning(number: Number) -> str:
    """Return what a number is, with its estimator where it has one."""
    return number.label if number.estimator is None else f"{number.label}; {number.estimator}"


def numbers_of(findings: Iterable[Finding]) -> Iterator[Number]:
    """Yield the numbers among the findings."""
    return (finding for finding in findings if isinstance(finding, Number))

"""Findings as plain Quarto Markdown: inline numbers, pipe tables, figures."""

import re

from analysis.findings.formats import passport, value_of
from analysis.findings.kinds import Column, Figure, Number, Table

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!|<>~^$@\"'=&-])")
RULES = {"left": ":{}", "right": "{}:", "center": ":{}:"}


def escape(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return SPECIAL.sub(r"\\\1", text)


def attribute(text: str) -> str:
    """Return text as a quoted attribute value."""
    return '"' + text.replace("\\", "\\\\").replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}") + '"'


def inline(number: Number) -> str:
    """Return a number as a span that carries its passport."""
    return (
        f"[{escape(value_of(number))}]"
        f"{{.number title={attribute(passport(number))} data-id={attribute(number.id)}}}"
    )


def unsupported(name: str) -> str:
    """Return the mark of a finding that this run does not have; one that survives fails the render."""
    return f"[{escape(name)}]{{.unsupported data-id={attribute(name)}}}"


def figure(finding: Figure, folder: str) -> str:
    """Return a figure whose file stands in `folder`, relative to the paper."""
    alt = attribute(finding.alt)
    return (
        f"![{escape(finding.caption)}]({folder}/{finding.id}.svg){{#{finding.id} fig-alt={alt} width=100%}}"
    )


def table(finding: Table) -> str:
    """Return a table as a pipe table inside a cross-referenced Div, its notes below."""
    lines = [row_line(tuple(escape(column.header) for column in finding.columns)), rule(finding.columns)]
    lines += [row_line(cells(row)) for row in finding.rows]
    body = "\n".join(lines)
    notes = f"\n::: {{.notes}}\n{escape(finding.notes)}\n:::\n" if finding.notes else ""
    return f"::: {{#{finding.id}}}\n\n{body}\n\n{escape(finding.caption)}\n\n:::\n{notes}"


def cells(row: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells of a row; a heading row is set in bold."""
    if row[0] and not any(row[1:]):
        return (f"**{escape(row[0])}**", *row[1:])
    return tuple(escape(cell) for cell in row)


def row_line(row: tuple[str, ...]) -> str:
    """Return one line of a pipe table."""
    return "| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |"


def rule(columns: tuple[Column, ...]) -> str:
    """Return the line under the header; its dashes set the relative widths of the columns."""
    total = sum(column.width for column in columns)
    dashes = ["-" * max(3, round(120 * column.width / total)) for column in columns]
    return (
        "|"
        + "|".join(RULES[column.align].format(dash) for column, dash in zip(columns, dashes, strict=True))
        + "|"
    )

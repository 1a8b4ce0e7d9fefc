"""Refuses numbers typed into prose: every number of the paper is computed when the paper is set."""

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.faults import Fault
from analysis.rendering.lines import Line, read_manuscript
from analysis.rendering.markup import fences_of, inside

NOT_PROSE = re.compile(
    r"`[^`]*`"  # code and inline expressions
    r"|\$[^$]+\$"  # mathematics
    r"|\{[^{}]*\}"  # attributes
    r"|\[?-?@[\w:.-]+"  # references and citations
    r"|\]\([^)]*\)"  # addresses
    r"|^\s*\d+\.\s"  # numbering of lists
)
YEAR = re.compile(r"\b(19|20)\d\d\b")
NUMBER = re.compile(r"\S*\d\S*")


def typed_numbers(source: Path) -> list[Fault]:
    """Return a fault for each number in the prose of the paper; years and list numbering are not numbers."""
    lines = read_manuscript(source).body
    verbatim = inside(fences_of(lines))
    shown = [line for index, line in enumerate(lines) if index not in verbatim]
    return [
        Fault(
            line.where,
            f"the number {word!r} is typed into the text",
            "numbers that are computed, years, numbering",
            "ask for it by name, as `{python} n(...)`",
        )
        for line in outside_equations(shown)
        for word in NUMBER.findall(YEAR.sub("", NOT_PROSE.sub(" ", line.text)))
    ]


def outside_equations(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines that are not between double dollar signs."""
    equation = False
    for line in lines:
        if line.text.lstrip().startswith("$$"):
            equation = not equation and line.text.count("$$") == 1
        elif not equation:
            yield line

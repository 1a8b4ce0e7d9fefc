"""The body of the paper as an alternation of prose and cells to execute."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from analysis.rendering.lines import Line
from analysis.rendering.markup import Fence, fences_of

OPTION = re.compile(r"^#\s*\|\s?(.*)$")


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines between two cells; `verbatim` are the indices of those inside fenced blocks."""

    lines: tuple[Line, ...]
    verbatim: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell; `options` as written after `#|`, `start` is the line that opens its fence."""

    code: str
    options: tuple[tuple[str, object], ...]
    start: Line

    @property
    def prints(self) -> bool:
        """Whether what the cell prints enters the paper."""
        return ("output", "asis") in self.options

    @property
    def echoes(self) -> bool:
        """Whether the code itself is shown."""
        return ("echo", True) in self.options


Piece = Prose | Cell


def option_lines(code: str) -> list[str]:
    """The YAML of the option comments at the head of a cell."""
    found = []
    for text in code.splitlines():
        match = OPTION.match(text)
        if match is None:
            break
        found.append(match[1])
    return found


def pieces_of(lines: Sequence[Line]) -> Iterator[Piece]:
    """Cut the lines at the cells, in order."""
    fences = fences_of(lines)
    begin = 0
    for fence in fences:
        if fence.info == "{python}":
            yield _prose(lines, begin, fence.first, fences)
            options = yaml.safe_load("\n".join(option_lines(fence.code))) or {}
            yield Cell(fence.code, tuple(options.items()), lines[fence.first])
            begin = fence.end
    yield _prose(lines, begin, len(lines), fences)


def _prose(lines: Sequence[Line], begin: int, end: int, fences: Sequence[Fence]) -> Prose:
    verbatim = {
        index - begin for fence in fences for index in range(fence.first, fence.end) if begin <= index < end
    }
    return Prose(tuple(lines[begin:end]), frozenset(verbatim))

"""Where code, divs and raw markup stand in a Markdown text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from analysis.rendering.lines import Line, text_of

INLINE = re.compile(r"(?:^|(?<=[^`]))`\{python\}[ \t]+([^`]+)`")
DIV = re.compile(r"^\s*:{3,}\s*(?:\{(?P<braced>.*)\}|(?P<word>[\w-]+))?\s*:*\s*$")
BRACES = re.compile(r"(?<!\\)\{(?P<inner>[#.][^{}]*)\}")
ATTRIBUTE = re.compile(
    r"""#(?P<id>[^\s}]+)|\.(?P<class>[^\s}]+)|(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s}]+))"""
)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: `first` and `end` are line indices of the fence lines, the end excluded."""

    info: str
    code: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Attributes:
    """Identifier, classes and key-value pairs between braces."""

    identifier: str
    classes: tuple[str, ...]
    keys: tuple[str, ...]


def tokens_of(lines: Sequence[Line]) -> list[Token]:
    """CommonMark tokens of the lines, HTML recognised."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").parse(text_of(lines))


def fences_of(lines: Sequence[Line]) -> list[Fence]:
    """Every fenced block in order of appearance."""
    return [
        Fence(token.info.strip(), token.content, token.map[0], token.map[1])
        for token in tokens_of(lines)
        if token.type == "fence" and token.map is not None
    ]


def inside(fences: Sequence[Fence]) -> set[int]:
    """Indices of the lines that belong to a fenced block."""
    return {index for fence in fences for index in range(fence.first, fence.end)}


def attributes_of(text: str) -> Attributes:
    """Read what stands between the braces of a div, a heading or a span."""
    found = list(ATTRIBUTE.finditer(text))
    return Attributes(
        next((match["id"] for match in found if match["id"]), ""),
        tuple(match["class"] for match in found if match["class"]),
        tuple(match["key"] for match in found if match["key"]),
    )

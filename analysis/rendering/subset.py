"""Refuses what only one of the two renderers understands, in milliseconds and without executing anything."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.faults import Fault, Faults
from analysis.rendering.lines import Line, Manuscript, find_root, read_manuscript
from analysis.rendering.markup import BRACES, DIV, attributes_of, fences_of, inside, tokens_of
from analysis.rendering.options import option_faults
from analysis.rendering.subset_cells import cell_faults
from analysis.rendering.subset_text import LINE_CHECKS


def check_sources(source: Path) -> list[Fault]:
    """Everything in the paper, its chapters and `_quarto.yml` that is outside the common subset."""
    try:
        manuscript = read_manuscript(source)
    except Faults as unreadable:
        return list(unreadable.faults)
    return [*option_faults(find_root(source), manuscript.front), *body_faults(manuscript)]


def body_faults(manuscript: Manuscript) -> list[Fault]:
    """What is outside the subset in the body."""
    lines = manuscript.body
    fences = fences_of(lines)
    verbatim = inside(fences)
    prose = [line for index, line in enumerate(lines) if index not in verbatim]
    found = [fault for line in prose for check in LINE_CHECKS for fault in check(line)]
    cells = [fault for fence in fences for fault in cell_faults(fence, lines)]
    faults = [*found, *cells, *_html(lines), *_balance(prose), *_duplicates(prose)]
    order = {line.where: index for index, line in enumerate(lines)}
    return sorted(faults, key=lambda fault: order[fault.where])


def _html(lines: Sequence[Line]) -> Iterator[Fault]:
    for token in tokens_of(lines):
        texts = (
            [token]
            if token.type == "html_block"
            else [child for child in token.children or () if child.type == "html_inline"]
        )
        for html in texts:
            if token.map and not html.content.lstrip().startswith("<!--"):
                where = next(
                    (
                        line.where
                        for line in lines[slice(*token.map)]
                        if html.content[:20].split("\n")[0] in line.text
                    ),
                    lines[token.map[0]].where,
                )
                yield Fault(
                    where,
                    f"HTML {html.content.strip()[:40]!r}",
                    "Markdown",
                    "say it in Markdown; write \\< for a sign",
                )


def _balance(prose: Sequence[Line]) -> Iterator[Fault]:
    opened = list[Line]()
    for line in prose:
        match = DIV.match(line.text)
        if match is None:
            continue
        if match["braced"] or match["word"]:
            opened.append(line)
        elif opened:
            opened.pop()
        else:
            yield Fault(line.where, "::: closes nothing", "one ::: for each div", "remove it")
    for line in opened:
        yield Fault(
            line.where, f"div {line.text.strip()!r} is not closed", "one ::: for each div", "add a line :::"
        )


def _duplicates(prose: Sequence[Line]) -> Iterator[Fault]:
    seen = dict[str, str]()
    for line in prose:
        for match in BRACES.finditer(line.text):
            identifier = attributes_of(match["inner"]).identifier
            if identifier and identifier in seen:
                yield Fault(
                    line.where,
                    f"#{identifier} stands at {seen[identifier]} too",
                    "each name once",
                    "rename one",
                )
            elif identifier:
                seen[identifier] = line.where

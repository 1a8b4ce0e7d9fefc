"""The embedded renderer: the engines that Quarto wraps, called in the order in which Quarto calls them."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analysis.faults import Faults
from analysis.rendering.bibliography import uncited
from analysis.rendering.cells import pieces_of
from analysis.rendering.conversion import Paper, convert
from analysis.rendering.execution import execute
from analysis.rendering.lines import find_root, read_manuscript
from analysis.rendering.options import read_options
from analysis.rendering.publication import Draft, Stopwatch
from analysis.rendering.subset import check_sources
from analysis.rendering.typesetting import set_pdf

HEADER_CELL = re.compile(r"<th(?=[\s>])")


def render_embedded(
    source: Path, formats: Sequence[str], folder: Path, environment: Mapping[str, str], watch: Stopwatch
) -> Draft:
    """Execute once, then write one file for each format into `folder`."""
    faults = check_sources(source)
    if faults:
        raise Faults(faults)
    paper, warnings = _execute(source, environment, watch)
    files = list[Path]()
    for name in formats:
        with watch.step(f"writing {name}"):
            made = WRITERS[name](paper, folder)
        files += made.files
        warnings += made.warnings
    return Draft(tuple(files), tuple(dict.fromkeys(warnings)))


def _execute(source: Path, environment: Mapping[str, str], watch: Stopwatch) -> tuple[Paper, list[str]]:
    root, manuscript = find_root(source), read_manuscript(source)
    options = read_options(root, manuscript.front)
    with watch.step("executing"):
        executed = execute(list(pieces_of(manuscript.body)), root, environment, watch.announce)
    paper = Paper(executed.lines, options, root, source.resolve().parent)
    return paper, [*executed.warnings, *uncited(root / str(options.document["bibliography"]), executed.lines)]


def _html(paper: Paper, folder: Path) -> Draft:
    made = convert(paper, "html", folder / "paper.html")
    page = made.path.read_text(encoding="utf-8")
    made.path.write_text(HEADER_CELL.sub('<th scope="col"', page), encoding="utf-8")
    return Draft((made.path,), made.warnings)


def _pdf(paper: Paper, folder: Path) -> Draft:
    made = convert(paper, "typst", folder / "paper.typ")
    fonts = paper.root / paper.options.font_folder()
    pdf = folder / "paper.pdf"
    warnings = set_pdf(made.path, pdf, paper.root, fonts, paper.lines)
    return Draft((pdf,), (*made.warnings, *warnings))


def _docx(paper: Paper, folder: Path) -> Draft:
    made = convert(paper, "docx", folder / "paper.docx")
    return Draft((made.path,), made.warnings)


WRITERS: Mapping[str, Callable[[Paper, Path], Draft]] = {"html": _html, "pdf": _pdf, "docx": _docx}

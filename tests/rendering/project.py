"""A small project in a temporary folder, with the study's own settings, filters, fonts and page."""

from collections.abc import Mapping
from pathlib import Path

from analysis.rendering.conversion import Paper
from analysis.rendering.lines import Line, find_root, read_manuscript
from analysis.rendering.options import read_options

HOME = Path(__file__).parents[2]
FRONT = "---\ntitle: A title\n---\n\n"
MARKER = '::: {#study title="T" supported="posts subsidies" unsupported="projects"}\n:::\n\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)
BIBLIOGRAPHY = """@book{sen1999,
  author = {Sen, Amartya}, title = {Development as Freedom}, publisher = {Knopf}, year = {1999}
}
@article{ravallion2007,
  author = {Ravallion, Martin and Chen, Shaohua}, title = {China's (Uneven) Progress}, year = {2007},
  journal = {Journal of Development Economics}
}
"""


def build(root: Path, body: str, chapters: Mapping[str, str] | None = None, front: str = FRONT) -> Path:
    """Write the project below `root` and return the path of its paper."""
    report, figures = root / "report", root / "figures"
    report.mkdir(parents=True)
    figures.mkdir()
    (root / "_quarto.yml").write_text((HOME / "_quarto.yml").read_text(encoding="utf-8"), encoding="utf-8")
    for folder in ("assets", "filters", "fonts"):
        (report / folder).symlink_to(HOME / "report" / folder)
    (report / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (figures / "x.svg").write_text(SVG, encoding="utf-8")
    (figures / "x.png").write_bytes(PNG)
    for name, text in (chapters or {}).items():
        (report / name).write_text(text, encoding="utf-8")
    source = report / "paper.qmd"
    source.write_text(front + body, encoding="utf-8")
    return source


def executed(root: Path, body: str) -> Paper:
    """The project as it is after execution, for what needs no kernel."""
    source = build(root, body)
    manuscript = read_manuscript(source)
    project = find_root(source)
    return Paper(tuple(manuscript.body), read_options(project, manuscript.front), project, source.parent)


def placed(text: str, file: str = "report/paper.qmd") -> list[Line]:
    """Lines of a text as if they stood in `file`."""
    return [Line(line, file, number) for number, line in enumerate(text.splitlines(), 1)]

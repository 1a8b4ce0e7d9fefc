"""The source of the paper as one run of lines, each of which knows the file it came from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.faults import Fault, Faults

INCLUDE = re.compile(r"^\{\{<\s*include\s+(\S+)\s*>\}\}\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `file` is relative to the project, `number` counts from 1."""

    text: str
    file: str
    number: int

    @property
    def where(self) -> str:
        """Place for a message, as `report/_methods.qmd:41`."""
        return f"{self.file}:{self.number}"

    def saying(self, text: str) -> "Line":
        """Another text that stands at the same place."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Front matter and body of the paper with every include read in."""

    front: tuple[Line, ...]
    body: tuple[Line, ...]


def text_of(lines: Iterable[Line]) -> str:
    """The lines as one text."""
    return "".join(f"{line.text}\n" for line in lines)


def find_root(source: Path) -> Path:
    """The folder at or above `source` that holds `_quarto.yml`."""
    for folder in source.resolve().parents:
        if (folder / "_quarto.yml").is_file():
            return folder
    raise Faults(
        [
            Fault(
                str(source),
                "no _quarto.yml at or above it",
                "a file inside the project",
                "give report/paper.qmd",
            )
        ]
    )


def read_manuscript(source: Path) -> Manuscript:
    """Read `source` and its includes; raises one fault for each include that cannot be read."""
    root, faults = find_root(source), list[Fault]()
    lines = list(_read(source.resolve(), root, (), faults))
    if faults:
        raise Faults(faults)
    fences = [index for index, line in enumerate(lines) if line.text.rstrip() == "---"]
    if len(fences) < 2 or fences[0] != 0:
        where = f"{source.resolve().relative_to(root).as_posix()}:1"
        raise Faults(
            [Fault(where, "no front matter", "a first line ---", "begin with --- and close with ---")]
        )
    return Manuscript(tuple(lines[1 : fences[1]]), tuple(lines[fences[1] + 1 :]))


def _read(path: Path, root: Path, above: tuple[Path, ...], faults: list[Fault]) -> Iterator[Line]:
    file = path.relative_to(root).as_posix()
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        include = INCLUDE.match(text)
        if include is None:
            yield Line(text, file, number)
            continue
        target = (path.parent / include[1]).resolve()
        fault = _include_fault(f"{file}:{number}", include[1], target, root, (*above, path))
        if fault:
            faults.append(fault)
        else:
            yield from _read(target, root, (*above, path), faults)


def _include_fault(where: str, name: str, target: Path, root: Path, above: tuple[Path, ...]) -> Fault | None:
    if not target.is_file():
        return Fault(
            where, f"included file {name!r} does not exist", "a file beside the paper", "correct the name"
        )
    if not target.is_relative_to(root):
        return Fault(
            where, f"included file {name!r} is outside the project", "a file in report/", "move it there"
        )
    if target in above:
        return Fault(
            where, f"{name!r} includes itself", "includes without a circle", "remove one of the includes"
        )
    return None

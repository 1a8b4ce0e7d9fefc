"""Renders with the real Quarto program."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analysis.faults import Fault, Faults
from analysis.rendering.lines import Line, find_root, read_manuscript
from analysis.rendering.places import faults_at, filter_faults, reference_pattern
from analysis.rendering.publication import Draft, Stopwatch

FORMATS = {"html": "html", "pdf": "typst", "docx": "docx"}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
UNRESOLVED = re.compile(r"Unable to resolve crossref @?(\S+)|[Cc]itation (\S+) not found")
ALLOWED = "an exhibit, a section, an equation or an entry of the bibliography"
MEND = "correct the name"
WARNING = re.compile(r"^\W*WARN\w*:?\s*(.+)$", re.MULTILINE)


def render_with_quarto(
    program: str,
    source: Path,
    formats: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    watch: Stopwatch,
) -> Draft:
    """Let Quarto write into `folder`; an unresolved reference, of which it only warns, is a fault here.

    One call for each format, because in a project Quarto takes `--to html,typst` for the name of one format
    (issue 5947 of quarto-cli).
    """
    root = find_root(source)
    body = read_manuscript(source).body
    name = source.resolve().relative_to(root).as_posix()
    files, warnings = list[Path](), list[str]()
    for suffix in formats:
        written = folder / "quarto" / suffix
        command = [program, "render", name, "--to", FORMATS[suffix], "--output-dir"]
        with watch.step(f"writing {suffix} with Quarto"):
            said, succeeded = _run(
                [*command, os.path.relpath(written, root)], root, environment, watch.announce
            )
        faults = _faults(said, body)
        if not succeeded and not faults:
            found = f"Quarto stopped: {said[-2000:]}"
            faults = [Fault(name, found, "a paper Quarto renders", "see the message")]
        if faults:
            raise Faults(faults)
        files.append(_collect(written, folder, suffix, name))
        warnings += WARNING.findall(said)
    return Draft(tuple(files), tuple(dict.fromkeys(warnings)))


def _run(
    command: Sequence[str], root: Path, environment: Mapping[str, str], announce: Callable[[str], None]
) -> tuple[str, bool]:
    """Everything Quarto said, passed on line by line, and whether it succeeded."""
    with subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "QUARTO_PYTHON": sys.executable, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as program:
        assert program.stdout is not None
        said = []
        for text in program.stdout:
            said.append(COLOUR.sub("", text))
            announce(said[-1].strip())
    return "".join(said), program.returncode == 0


def _faults(said: str, lines: Sequence[Line]) -> list[Fault]:
    faults = filter_faults(said, lines)
    for first, second in dict.fromkeys(UNRESOLVED.findall(said)):
        key = (first or second).rstrip(".,")
        faults += faults_at(lines, reference_pattern(key), f"reference @{key} leads nowhere", ALLOWED, MEND)
    return faults


def _collect(written: Path, folder: Path, suffix: str, name: str) -> Path:
    """Move what Quarto wrote to the top of `folder`."""
    found = sorted(written.rglob(f"{Path(name).stem}.{suffix}"))
    if len(found) != 1:
        wrote = f"Quarto wrote {len(found)} files *.{suffix}"
        raise Faults([Fault(name, wrote, "one", "see what Quarto printed")])
    return found[0].replace(folder / f"paper.{suffix}")

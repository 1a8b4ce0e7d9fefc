"""Renders with the real Quarto program."""

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analysis.faults import Fault, Faults
from analysis.rendering.lines import Line, find_root, read_manuscript
from analysis.rendering.places import faults_at, filter_faults, reference_pattern
from analysis.rendering.publication import Draft, Stopwatch

FORMATS = {"html": "html", "pdf": "typst", "docx": "docx"}
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
    """Let Quarto write into `folder`; an unresolved reference, of which it only warns, is a fault here."""
    root = find_root(source)
    name = source.resolve().relative_to(root).as_posix()
    written = ",".join(FORMATS[format_] for format_ in formats)
    command = [program, "render", name, "--to", written, "--output-dir", str(folder / "quarto")]
    with watch.step("rendering with Quarto"):
        said, succeeded = _run(command, root, environment, watch.announce)
    faults = _faults(said, read_manuscript(source).body)
    if not succeeded and not faults:
        raise Faults(
            [Fault(name, f"Quarto stopped: {said[-2000:]}", "a paper Quarto renders", "see the message")]
        )
    if faults:
        raise Faults(faults)
    return Draft(_collect(folder, formats, name), tuple(WARNING.findall(said)))


def _run(
    command: Sequence[str], root: Path, environment: Mapping[str, str], announce: Callable[[str], None]
) -> tuple[str, bool]:
    """Everything Quarto said, passed on line by line, and whether it succeeded."""
    with subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as program:
        assert program.stdout is not None
        said = []
        for text in program.stdout:
            said.append(text)
            announce(text.strip())
    return "".join(said), program.returncode == 0


def _faults(said: str, lines: Sequence[Line]) -> list[Fault]:
    faults = filter_faults(said, lines)
    for first, second in dict.fromkeys(UNRESOLVED.findall(said)):
        key = (first or second).rstrip(".,")
        faults += faults_at(lines, reference_pattern(key), f"reference @{key} leads nowhere", ALLOWED, MEND)
    return faults


def _collect(folder: Path, formats: Sequence[str], name: str) -> tuple[Path, ...]:
    """Move what Quarto wrote to the top of `folder`."""
    files = []
    for suffix in formats:
        target = folder / f"paper.{suffix}"
        written = sorted((folder / "quarto").rglob(f"*.{suffix}"))
        if len(written) != 1:
            raise Faults(
                [
                    Fault(
                        name,
                        f"Quarto wrote {len(written)} files *.{suffix}",
                        "one",
                        "see what Quarto printed",
                    )
                ]
            )
        written[0].replace(target)
        files.append(target)
    return tuple(files)

"""Converts the executed text with Pandoc."""

import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pypandoc

from analysis.faults import Fault, Faults
from analysis.rendering.lines import Line, text_of
from analysis.rendering.options import Options
from analysis.rendering.places import faults_at, filter_faults, reference_pattern

Writer = Literal["html", "typst", "docx"]

READER = "markdown-tex_math_single_backslash"
EPOCH = "1577836800"
FLAGS: dict[Writer, tuple[str, ...]] = {
    "html": ("--to=html5", "--mathml", "--embed-resources", "--section-divs", "--template=assets/page.html"),
    "typst": ("--to=typst", "--wrap=none", "--template=assets/page.typ"),
    "docx": ("--to=docx",),
}
NOT_FOR_PANDOC = frozenset(
    {"project", "jupyter", "execute", "filters", "css", "reference-doc", "theme", "font-paths"}
)
CITATION = re.compile(r"citation (\S+) not found")


@dataclass(frozen=True, slots=True)
class Paper:
    """The executed paper: its lines, its settings, the project it belongs to and the folder of its source."""

    lines: tuple[Line, ...]
    options: Options
    root: Path
    folder: Path


@dataclass(frozen=True, slots=True)
class Converted:
    """The file Pandoc wrote and the warnings that are not faults."""

    path: Path
    warnings: tuple[str, ...]


def convert(paper: Paper, writer: Writer, path: Path) -> Converted:
    """Write the paper as `writer` to `path`; raises what Pandoc and the filters complain about."""
    log, settings = path.with_suffix(".log"), path.with_suffix(".json")
    settings.write_text(json.dumps(_metadata(paper, writer)), encoding="utf-8")
    command = [
        pypandoc.get_pandoc_path(),
        f"--from={READER}",
        "--standalone",
        *FLAGS[writer],
        *_switches(paper, writer),
        f"--metadata-file={settings}",
        f"--log={log}",
        f"--output={path}",
    ]
    done = subprocess.run(
        command,
        input=text_of(paper.lines),
        cwd=paper.folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise Faults(filter_faults(done.stderr, paper.lines) or [_failure(done.stderr)])
    notices = json.loads(log.read_text(encoding="utf-8"))
    return Converted(path, _sift(notices, paper.lines))


def _metadata(paper: Paper, writer: Writer) -> dict[str, object]:
    """What templates and filters read, its paths relative, so that no file tells where it was made."""
    chosen = paper.options.metadata(writer)
    metadata: dict[str, object] = {key: value for key, value in chosen.items() if key not in NOT_FOR_PANDOC}
    for key in ("bibliography", "csl"):
        if key in chosen:
            metadata[key] = os.path.relpath(paper.root / str(chosen[key]), paper.folder)
    return {**metadata, "source-folder": paper.folder.relative_to(paper.root).as_posix()}


def _switches(paper: Paper, writer: Writer) -> list[str]:
    chosen = paper.options.metadata(writer)
    switches = [f"--lua-filter={paper.root / paper.options.filter_path()}"]
    switches += [f"--lua-filter=filters/{name}.lua" for name in ("callouts", "crossref", "images")]
    switches += ["--citeproc", f"--resource-path={paper.folder}"]
    if chosen.get("number-sections"):
        switches.append("--number-sections")
    if chosen.get("toc"):
        switches += ["--toc", f"--toc-depth={chosen.get('toc-depth', 3)}"]
    if writer == "html":
        switches += [f"--css={paper.root / str(chosen['css'])}", "--css=assets/page.css"]
    if writer == "typst":
        style = (paper.root / str(chosen["include-in-header"])).read_text(encoding="utf-8")
        switches.append(f"--variable=exhibit-style={style}")
    if writer == "docx":
        switches.append(f"--reference-doc={paper.root / str(chosen['reference-doc'])}")
    return switches


def _sift(notices: Sequence[dict[str, str]], lines: Sequence[Line]) -> tuple[str, ...]:
    """Raise the notices that mean a broken paper, return the others as text."""
    faults, warnings = list[Fault](), list[str]()
    for notice in notices:
        if notice["verbosity"] != "WARNING":
            continue
        found = list(_notice_faults(notice, lines))
        faults += found
        if not found:
            warnings.append(f"{notice['type']}: {notice.get('message', '') or notice.get('pretty', '')}")
    if faults:
        raise Faults(faults)
    return tuple(warnings)


def _notice_faults(notice: Mapping[str, str], lines: Sequence[Line]) -> list[Fault]:
    missing = CITATION.search(notice.get("message", ""))
    if missing:
        key = missing[1]
        found = f"citation @{key} has no entry"
        mend = "add the entry or correct the key"
        return faults_at(lines, reference_pattern(key), found, "a key of the bibliography", mend)
    if notice["type"] == "CouldNotConvertTeXMath":
        formula = notice["contents"].strip()
        found = f"formula {formula!r} is not understood"
        return faults_at(lines, re.escape(formula), found, "mathematics in TeX", "mend the formula")
    return []


def _failure(message: str) -> Fault:
    return Fault(
        "report", f"Pandoc stopped: {message.strip()}", "a text that Pandoc converts", "see the message"
    )

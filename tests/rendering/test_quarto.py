"""Rendering with the Quarto program, played here by a script that writes down what it was asked."""

import json
import sys
from pathlib import Path

import pytest

from analysis.faults import Faults
from analysis.rendering.render import render
from tests.rendering.project import build

PROGRAM = """import json, os, sys
from pathlib import Path
folder = Path(sys.argv[sys.argv.index("--output-dir") + 1]) / "report"
suffix = {{"html": "html", "typst": "pdf", "docx": "docx"}}[sys.argv[sys.argv.index("--to") + 1]]
folder.mkdir(parents=True)
if suffix in {writes!r}:
    (folder / f"paper.{{suffix}}").write_text("by quarto " + suffix)
known = [os.environ.get(name) for name in ("STUDY_REGION", "QUARTO_PYTHON")]
with open({record!r}, "a") as record:
    print(json.dumps([sys.argv[1:], os.getcwd(), *known]), file=record)
print({says!r}, file=sys.stderr)
sys.exit({code})
"""


def install(folder: Path, writes: list[str], says: str = "Output created", code: int = 0) -> dict[str, str]:
    folder.mkdir()
    program, script = folder / "quarto", folder / "quarto.py"
    record = str(folder / "asked.json")
    script.write_text(PROGRAM.format(writes=writes, record=record, says=says, code=code))
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n')
    program.chmod(0o755)
    return {"PATH": str(folder), "STUDY_REGION": "laoling"}


def test_quarto_is_asked_for_each_format_in_the_project_with_environment_and_interpreter(tmp_path):
    environment = install(tmp_path / "bin", ["html", "pdf", "docx"])
    source = build(tmp_path / "p", "Text.\n")
    said = list[str]()
    done = render(
        source, ["html", "pdf", "docx"], tmp_path / "out", environment=environment, progress=said.append
    )
    calls = [json.loads(line) for line in (tmp_path / "bin" / "asked.json").read_text().splitlines()]
    assert [asked[:4] for asked, *_ in calls] == [
        ["render", "report/paper.qmd", "--to", writer] for writer in ("html", "typst", "docx")
    ]
    assert {tuple(known) for _, *known in calls} == {(str(tmp_path / "p"), "laoling", sys.executable)}
    assert [path.name for path in done.files] == ["paper.html", "paper.pdf", "paper.docx"]
    assert (tmp_path / "out" / "paper.pdf").read_text() == "by quarto pdf"
    assert said[:2] == ["writing html with Quarto", "Output created"]


def test_the_folder_for_quarto_is_named_from_the_project_as_older_versions_demand(tmp_path):
    environment = install(tmp_path / "bin", ["html"])
    source = build(tmp_path / "p", "Text.\n")
    render(
        source, ["html"], tmp_path / "p" / "output" / "x", environment=environment, progress=lambda said: None
    )
    (asked, *_) = json.loads((tmp_path / "bin" / "asked.json").read_text())
    assert asked[5].startswith("output/.x-")


def test_a_coloured_warning_is_passed_on_without_its_colour(tmp_path):
    environment = install(tmp_path / "bin", ["html"], "\x1b[33mWARN: a font is missing\x1b[39m")
    source = build(tmp_path / "p", "Text.\n")
    done = render(source, ["html"], tmp_path / "out", environment=environment, progress=lambda said: None)
    assert done.warnings == ("a font is missing",)


@pytest.mark.parametrize(
    "says",
    ["WARNING (x.lua:1) Unable to resolve crossref @fig-no", "[WARNING] Citeproc: citation fig-no not found"],
)
def test_a_reference_of_which_quarto_only_warns_is_a_fault(says, tmp_path):
    environment = install(tmp_path / "bin", ["html"], says)
    source = build(tmp_path / "p", "Text.\n\nSee @fig-no.\n")
    with pytest.raises(Faults) as caught:
        render(source, ["html"], tmp_path / "out", environment=environment, progress=lambda said: None)
    assert [(fault.where, fault.found) for fault in caught.value.faults] == [
        ("report/paper.qmd:7", "reference @fig-no leads nowhere")
    ]
    assert not (tmp_path / "out").exists()


def test_what_the_study_filter_refuses_is_a_fault_under_quarto_too(tmp_path):
    says = "Error running filter study.lua:\n[study] unknown feature: post (posts projects)\nstack traceback:"
    environment = install(tmp_path / "bin", [], says, 83)
    source = build(tmp_path / "p", '::: {.when has="post"}\nx\n:::\n')
    with pytest.raises(Faults) as caught:
        render(source, ["html"], tmp_path / "out", environment=environment, progress=lambda said: None)
    (fault,) = caught.value.faults
    assert (fault.where, fault.found, fault.allowed) == (
        "report/paper.qmd:5",
        "unknown feature 'post'",
        "posts projects",
    )


def test_a_quarto_that_fails_is_quoted_and_the_last_good_file_kept(tmp_path):
    environment = install(tmp_path / "bin", ["html"], "ERROR: out of luck", 1)
    out = tmp_path / "out"
    out.mkdir()
    (out / "paper.html").write_text("the last good one")
    source = build(tmp_path / "p", "Text.\n")
    with pytest.raises(Faults, match="out of luck"):
        render(source, ["html"], out, environment=environment, progress=lambda said: None)
    assert (out / "paper.html").read_text() == "the last good one"


def test_a_file_that_quarto_did_not_write_is_missed(tmp_path):
    environment = install(tmp_path / "bin", ["html"])
    source = build(tmp_path / "p", "Text.\n")
    with pytest.raises(Faults, match="Quarto wrote 0 files"):
        render(source, ["html", "pdf"], tmp_path / "out", environment=environment, progress=lambda said: None)

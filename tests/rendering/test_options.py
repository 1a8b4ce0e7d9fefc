"""Settings: the keys both renderers honour, and no others."""

from pathlib import Path

import pytest
import yaml

from analysis.faults import Fault
from analysis.rendering.lines import Line
from analysis.rendering.options import read_options
from analysis.rendering.schema import PROJECT
from analysis.rendering.subset import check_sources
from tests.rendering.project import HOME, build


def changed(tmp_path: Path, old: str, new: str) -> list[Fault]:
    source = build(tmp_path / "p", "Text.\n")
    settings = source.parents[1] / "_quarto.yml"
    text = settings.read_text(encoding="utf-8")
    assert old in text
    settings.write_text(text.replace(old, new), encoding="utf-8")
    return check_sources(source)


def line_of(text: str) -> int:
    return (HOME / "_quarto.yml").read_text(encoding="utf-8").splitlines().index(text) + 1


def test_an_unknown_key_is_refused_with_the_nearest_one(tmp_path):
    (fault,) = changed(tmp_path, "toc-depth: 3", "toc-dept: 3")
    assert (fault.where, fault.found, fault.mend) == (
        f"_quarto.yml:{line_of('toc-depth: 3')}",
        "unknown key 'toc-dept'",
        "did you mean 'toc-depth'?",
    )


def test_a_nested_key_is_looked_at_too(tmp_path):
    (fault,) = changed(tmp_path, "    papersize: a4", "    papersise: a4")
    assert (fault.found, fault.mend) == ("unknown key 'papersise'", "did you mean 'papersize'?")


@pytest.mark.parametrize(
    ("old", "new", "found", "allowed"),
    [
        ("freeze: false", "freeze: auto", "freeze: 'auto'", "false"),
        ("html-math-method: mathml", "html-math-method: mathjax", "html-math-method: 'mathjax'", "mathml"),
        ("toc-depth: 3", "toc-depth: deep", "toc-depth: 'deep'", "a whole number"),
    ],
)
def test_a_value_that_is_not_honoured_is_refused(old, new, found, allowed, tmp_path):
    (fault,) = changed(tmp_path, old, new)
    assert (fault.found, fault.allowed) == (found, allowed)


def test_settings_that_are_not_yaml_are_refused_with_the_line(tmp_path):
    (fault,) = changed(tmp_path, "toc: true", "toc: [true")
    assert fault.where.startswith("_quarto.yml:")
    assert fault.found.startswith("not YAML: ")


def test_an_unknown_key_in_the_front_matter_is_refused(tmp_path):
    source = build(tmp_path / "p", "Text.\n", front="---\ntitle: A\ncode-fold: true\n---\n")
    (fault,) = check_sources(source)
    assert (fault.where, fault.found) == ("report/paper.qmd:3", "unknown key 'code-fold'")


def test_the_format_comes_before_the_document_and_the_document_before_the_project(tmp_path):
    source = build(tmp_path / "p", "Text.\n")
    front = [Line("lang: zh", "report/paper.qmd", 2)]
    options = read_options(source.parents[1], front)
    assert options.metadata("html")["lang"] == "zh"
    assert options.metadata("typst")["papersize"] == "a4"
    assert "papersize" not in options.metadata("html")


def test_no_cached_number_can_survive():
    settings = yaml.safe_load((HOME / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["execute"]["freeze"] is False
    assert settings["execute"]["cache"] is False
    assert "pre-render" in settings["project"]
    assert PROJECT["execute"]["freeze"] == frozenset({False})


def test_quarto_computes_with_the_interpreter_of_the_cells():
    settings = yaml.safe_load((HOME / "_quarto.yml").read_text(encoding="utf-8"))
    script, command = settings["project"]["pre-render"].split()
    assert (script.endswith(".py"), (HOME / script).is_file(), command) == (True, True, "estimate")


def test_the_fonts_are_found_from_the_project_and_by_quarto_before_1_8_from_the_working_folder():
    front = (HOME / "report" / "paper.qmd").read_text(encoding="utf-8").split("---")[1]
    options = read_options(HOME, [Line(line, "report/paper.qmd", 1) for line in front.splitlines()])
    assert options.document["font-paths"] == [options.font_folder()]
    assert (HOME / options.font_folder()).is_dir()

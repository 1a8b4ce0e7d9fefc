"""Constructs that only one renderer understands are refused with place and mend."""

from pathlib import Path

import pytest

from analysis.faults import Fault
from analysis.rendering.subset import check_sources
from tests.rendering.conftest import SETUP, TEXT
from tests.rendering.project import build

CLASSES = (
    ".callout-note, .callout-tip, .callout-warning, .callout-important, .callout-caution, "
    ".notes, .when, .unless, .abstract"
)
HERE = "report/paper.qmd:5"
EITHER = 'use ::: {.when has="..."} or ::: {.unless has="..."}'
TAB = "give each tab a heading of its own"
PANELS = "make one figure of several panels"
INCLUDE = "{{< include _chapter.qmd >}} alone on its line"
VALUE = "put a computed value in with `{python} ...`, a link as [text](address)"
PYTHON = "write it in Python; draw diagrams as a figure"

REFUSED = {
    "{{< video x.mp4 >}}": Fault(HERE, "shortcode '{{< video x.mp4 >}}'", INCLUDE, VALUE),
    "Text {{< meta title >}}.": Fault(HERE, "shortcode 'Text {{< meta title >}}.'", INCLUDE, VALUE),
    "::: {.panel-tabset}\n:::": Fault(HERE, "div .panel-tabset", CLASSES, TAB),
    '::: {.content-visible when-format="html"}\n:::': Fault(HERE, "div .content-visible", CLASSES, EITHER),
    "::: {layout-ncol=2}\n:::": Fault(HERE, "attribute layout-ncol= on a div", "no attribute", PANELS),
    "::: columns\n:::": Fault(HERE, "div .columns", CLASSES, PANELS),
    '::: {.callout-note collapse="true"}\n:::': Fault(
        HERE, "attribute collapse= on a div", "title", "leave the callout open"
    ),
    "::: {#fig-x}\n:::": Fault(
        HERE, "div #fig-x", "#tbl-..., #refs", "give figures as ![...](...){#fig-...}, sections as headings"
    ),
    "[x]{.content-hidden}": Fault(HERE, "class .content-hidden", "classes of your own", EITHER),
    "# A {.appendix}": Fault(
        HERE, "class .appendix", ".unnumbered, .unlisted", "remove it, or use a plain paragraph"
    ),
    "::: {.notes}\nx": Fault(
        HERE, "div '::: {.notes}' is not closed", "one ::: for each div", "add a line :::"
    ),
    ":::": Fault(HERE, "::: closes nothing", "one ::: for each div", "remove it"),
    "```{r}\n1\n```": Fault(HERE, "block {r}", "{python}", PYTHON),
    "```{mermaid}\nx\n```": Fault(HERE, "block {mermaid}", "{python}", PYTHON),
    "```{=html}\n<b>\n```": Fault(HERE, "raw block {=html}", "Markdown", "say it in Markdown"),
    "`<b>`{=html}": Fault(HERE, "raw markup in the text", "Markdown", "say it in Markdown"),
    "A <br> break": Fault(HERE, "HTML '<br>'", "Markdown", "say it in Markdown; write \\< for a sign"),
    "`{r} 1`": Fault(HERE, "inline {r}", "`{python} ...`", "write the expression in Python"),
    "`{python} 1": Fault(
        HERE, "inline expression that does not end", "`{python} ...` on one line", "close it"
    ),
    "See @lst-code.": Fault(
        HERE, "reference @lst-code", "@fig-, @tbl-, @sec-, @eq-", "refer to one of these kinds"
    ),
    ": Caption {#tbl-x}": Fault(
        HERE,
        "table caption ': Caption {#tbl-x}'",
        "::: {#tbl-name} around table and caption",
        "put the caption as last paragraph of the div",
    ),
    "```{python}\n#| output: asis\n#| fold: true\n```": Fault(
        HERE, "cell option 'fold'", "label, output, include, echo", "use one of: echo, include, label, output"
    ),
    "```{python}\n#| output: asis\n#| label: fig-x\n```": Fault(
        HERE, "cell label 'fig-x'", "a label without fig- or tbl-", "the exhibit it prints has the name"
    ),
    "```{python}\n1\n```": Fault(
        HERE, "a cell whose output is not fixed", "output: asis, output: false, include: false", "add one"
    ),
    "```{python}\n#| output: hold\n#| include: false\n```": Fault(
        HERE, "output: hold", "asis, false", "write an allowed value"
    ),
}


@pytest.mark.parametrize("construct", REFUSED)
def test_is_refused(construct: str, tmp_path: Path):
    assert check_sources(build(tmp_path / "p", construct + "\n")) == [REFUSED[construct]]


def test_the_dialect_itself_passes(tmp_path: Path):
    assert check_sources(build(tmp_path / "p", SETUP, {"_text.qmd": TEXT})) == []


def test_a_fault_in_a_chapter_names_the_chapter(tmp_path: Path):
    source = build(
        tmp_path / "p",
        "{{< include _a.qmd >}}\n",
        {"_a.qmd": "One.\n\n{{< include _b.qmd >}}\n", "_b.qmd": "<br>\n"},
    )
    assert [fault.where for fault in check_sources(source)] == ["report/_b.qmd:1"]


def test_faults_come_in_the_order_of_the_text(tmp_path: Path):
    source = build(tmp_path / "p", "```{r}\n```\n\n<br>\n\n{{< pagebreak >}}\n")
    assert [fault.where.split(":")[1] for fault in check_sources(source)] == ["5", "8", "10"]


def test_code_that_is_only_shown_is_left_alone(tmp_path: Path):
    source = build(tmp_path / "p", "````markdown\n{{< video x >}} <br>\n::: {.panel-tabset}\n````\n")
    assert check_sources(source) == []


def test_a_name_given_twice_tells_both_places(tmp_path: Path):
    source = build(tmp_path / "p", "# A {#sec-a}\n\n# B {#sec-a}\n")
    assert [(fault.where, fault.found) for fault in check_sources(source)] == [
        ("report/paper.qmd:7", "#sec-a stands at report/paper.qmd:5 too")
    ]


@pytest.mark.parametrize(
    ("chapter", "found"),
    [("_none.qmd", "included file '_none.qmd' does not exist"), ("paper.qmd", "'paper.qmd' includes itself")],
)
def test_an_include_that_cannot_be_is_refused(chapter: str, found: str, tmp_path: Path):
    faults = check_sources(build(tmp_path / "p", f"{{{{< include {chapter} >}}}}\n"))
    assert [(fault.where, fault.found) for fault in faults] == [(HERE, found)]


def test_a_paper_without_front_matter_is_refused(tmp_path: Path):
    (fault,) = check_sources(build(tmp_path / "p", "Text.\n", front=""))
    assert (fault.where, fault.found) == ("report/paper.qmd:1", "no front matter")

"""References that lead nowhere, and everything else the filters refuse, with its place."""

from pathlib import Path

import pytest

from analysis.faults import Faults
from analysis.rendering.conversion import convert
from analysis.rendering.typesetting import set_pdf
from tests.rendering.project import MARKER, executed

TABLE = "::: {#tbl-a}\n\n| a |\n|:--|\n| 1 |\n\nCaption.\n\n:::\n"

CASES = {
    "@fig-nowhere": ("See @fig-nowhere.\n", 5, "reference @fig-nowhere leads nowhere"),
    "a citation": ("As @nobody2000 says.\n", 5, "citation @nobody2000 has no entry"),
    "an unnumbered heading": (
        "# A {#sec-a .unnumbered}\n\nSee @sec-a.\n",
        7,
        "reference @sec-a leads to a heading without number",
    ),
    "a mixed bracket": (
        "# A {#sec-a}\n\nSee [@sec-a; @sen1999].\n",
        7,
        "@sec-a stands in one bracket with a citation",
    ),
    "a missing image": (
        "![A](../figures/none.svg){#fig-a}\n",
        5,
        "image '../figures/none.svg' cannot be read",
    ),
    "a table without caption": (
        "::: {#tbl-a}\n\n| a |\n|:--|\n| 1 |\n\n:::\n",
        5,
        "div #tbl-a is not a table with its caption",
    ),
    "a formula": ("$$ \\frac{a $$\n", 5, "formula '\\\\frac{a' is not understood"),
    "an unknown feature": (MARKER + '::: {.when has="post"}\nx\n:::\n', 8, "unknown feature 'post'"),
    "an unsupported number": (
        MARKER + '[–]{.unsupported data-id="projects.total"}\n',
        8,
        "number 'projects.total' is not supported in this region",
    ),
}


def faults_of(body: str, folder: Path, writer: str = "html") -> list[tuple[str, str]]:
    with pytest.raises(Faults) as caught:
        convert(executed(folder / "p", body), writer, folder / "paper.out")
    return [(fault.where, fault.found) for fault in caught.value.faults]


@pytest.mark.parametrize("case", CASES)
def test_is_refused_with_its_place(case, tmp_path):
    body, line, found = CASES[case]
    assert faults_of(body, tmp_path) == [(f"report/paper.qmd:{line}", found)]


@pytest.mark.parametrize("writer", ["typst", "docx"])
def test_an_unresolved_reference_is_refused_in_every_format(writer, tmp_path):
    assert faults_of("See @tbl-no.\n", tmp_path, writer) == [
        ("report/paper.qmd:5", "reference @tbl-no leads nowhere")
    ]


def test_all_references_that_lead_nowhere_are_told_at_once(tmp_path):
    assert faults_of("See @fig-a.\n\nAnd @tbl-b, @fig-a-long.\n\nAgain @fig-a.\n", tmp_path) == [
        ("report/paper.qmd:5", "reference @fig-a leads nowhere"),
        ("report/paper.qmd:9", "reference @fig-a leads nowhere"),
        ("report/paper.qmd:7", "reference @tbl-b leads nowhere"),
        ("report/paper.qmd:7", "reference @fig-a-long leads nowhere"),
    ]


def test_a_name_that_two_exhibits_share_is_refused(tmp_path):
    assert faults_of(TABLE + "\n" + TABLE, tmp_path) == [
        ("report/paper.qmd:5", "#tbl-a is given twice"),
        ("report/paper.qmd:15", "#tbl-a is given twice"),
    ]


def test_a_reference_in_a_part_left_out_is_no_fault(tmp_path):
    body = MARKER + '::: {.when has="projects"}\nSee @fig-projects.\n:::\n'
    made = convert(executed(tmp_path / "p", body), "html", tmp_path / "paper.html")
    assert "fig-projects" not in made.path.read_text(encoding="utf-8")


def test_a_character_without_a_glyph_is_refused_with_its_place(tmp_path):
    paper = executed(tmp_path / "p", "Fine 乐陵.\n\nA rare sign: \U00020bb7.\n")
    made = convert(paper, "typst", tmp_path / "paper.typ")
    with pytest.raises(Faults) as caught:
        set_pdf(made.path, tmp_path / "paper.pdf", paper.root, paper.root / "report/fonts", paper.lines)
    assert [(fault.where, fault.found) for fault in caught.value.faults] == [
        (
            "report/paper.qmd:7",
            "character '\U00020bb7' (U+20BB7, CJK UNIFIED IDEOGRAPH-20BB7) is in no font of the PDF",
        )
    ]

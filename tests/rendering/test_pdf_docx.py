"""The PDF, by way of Typst's own account of it, and the Word document."""

import html
import json
import re
import zipfile
from pathlib import Path

import pytest
import typst

from analysis.rendering.conversion import convert
from tests.rendering.conftest import Output
from tests.rendering.project import MARKER, executed

ROWS = "".join(f"| row {number} | {number} |\n" for number in range(1, 91))
LONG = f"::: {{#tbl-long}}\n\n| Row | N |\n|:--|--:|\n{ROWS}\nRows.\n\n:::\n"


def plain(element: object) -> str:
    match element:
        case {"func": "text", "text": str(text)} | {"text": str(text)}:
            return text
        case {"func": "space"}:
            return " "
        case {"children": list(children)}:
            return "".join(map(plain, children))
        case {"body": body} | {"child": body}:
            return plain(body)
    return ""


def cells(element: object) -> list[str]:
    match element:
        case {"func": "cell", "body": body}:
            return [plain(body)]
        case {"children": list(children)}:
            return [text for child in children for text in cells(child)]
        case {"body": body} | {"child": body}:
            return cells(body)
    return []


def ask(paper: Path, root: Path, selector: str) -> list[dict[str, object]]:
    answer = typst.query(
        paper.read_bytes(),
        selector,
        root=str(root),
        font_paths=[str(root / "report/fonts")],
        ignore_system_fonts=True,
    )
    return json.loads(answer)


@pytest.fixture(scope="module")
def word(sample: Output) -> str:
    """Text of the Word document, a line for each paragraph."""
    with zipfile.ZipFile(sample.docx) as parts:
        text = parts.read("word/document.xml").decode() + parts.read("word/footnotes.xml").decode()
    return html.unescape(
        re.sub(r"<[^>]+>", "", text.replace("</w:p>", "\n").replace("<w:tab />", " "))
    ).replace("\xa0", " ")


def test_headings_are_numbered_in_typst_but_for_the_unnumbered(sample):
    root = sample.html.parents[1]
    headings = ask(sample.html.with_name("paper.typ"), root, "heading")
    assert [(plain(each["body"]), each["level"], each["numbering"] is not None) for each in headings] == [
        ("Contents", 1, False),
        ("Introduction", 1, True),
        ("Data with 55", 2, True),
        ("Methods", 1, True),
        ("Before", 2, False),
        ("Design", 2, True),
        ("References", 1, False),
    ]


def test_each_exhibit_is_one_figure_with_its_number_in_the_caption(sample):
    root = sample.html.parents[1]
    figures = ask(sample.html.with_name("paper.typ"), root, "figure")
    captions = [plain(each["caption"]).replace("\xa0", " ").strip() for each in figures]
    assert [caption.split(":")[0] for caption in captions] == [
        "Figure 1",
        "Figure 2",
        "Table 1",
        "Table 2",
        "Table 3",
    ]


def test_signs_of_markdown_reach_typst_literally(sample):
    root = sample.html.parents[1]
    figures = ask(sample.html.with_name("paper.typ"), root, "figure")
    assert "a|b *c* _d_ $e$ @f <g> h\\i 汉字" in [
        text for figure in figures for text in cells(figure["body"])
    ]


def test_the_pdf_embeds_only_fonts_of_the_project_and_of_typst(sample):
    names = set(re.findall(rb"/FontName\s*/[A-Z]{6}\+([A-Za-z]+)", sample.pdf.read_bytes()))
    assert names <= {
        b"LibertinusSerif",
        b"NotoSansCJKsc",
        b"NewCMMath",
        b"NewComputerModern",
        b"DejaVuSansMono",
    }
    assert {b"LibertinusSerif", b"NotoSansCJKsc"} <= names


def test_the_watermark_is_in_the_header_of_the_pdf(sample):
    assert 'upper("Synthetic data")' in sample.html.with_name("paper.typ").read_text(encoding="utf-8")


def test_word_has_the_numbers_references_and_captions(word):
    for said in (
        "See Figure 1, Table 1, Equation 1, Section 1.1 and Section 2.1; in a group Figure 1, Table 2; "
        "bare 2.",
        "Poverty fell by 9,417 (Sen 1999).",
        "Figure 1: A caption with code, by year.",
        "Table 2: Signs.",
        "1.1 Data with 55",
        "A footnote with 77.",
    ):
        assert said in word


def test_word_shows_the_signs_literally(word):
    assert "a|b *c* _d_ $e$ @f <g> h\\i 汉字" in word


def test_word_has_pictures_as_png_and_the_watermark_as_subtitle(sample):
    with zipfile.ZipFile(sample.docx) as parts:
        assert {Path(name).suffix for name in parts.namelist() if "/media/" in name} == {".png"}
        text = parts.read("word/document.xml").decode()
    assert "A study ·" in re.sub(r"<[^>]+>", "", text)
    assert "Synthetic data" in text


def test_every_table_in_word_is_a_table(sample):
    with zipfile.ZipFile(sample.docx) as parts:
        text = parts.read("word/document.xml").decode()
    assert text.count("<w:tbl>") >= 3
    assert all(
        f'w:name="{name}"' in text for name in ("tbl-posts", "tbl-signs", "fig-line", "eq-did", "sec-data")
    )


def test_a_table_figure_may_break_and_an_image_figure_may_not(tmp_path):
    paper = executed(tmp_path / "p", MARKER + LONG)
    made = convert(paper, "typst", tmp_path / "paper.typ")
    source = made.path.read_bytes()
    pages = typst.query(
        source + b"\n#context [#metadata(counter(page).final()) <pages>]\n",
        "<pages>",
        field="value",
        one=True,
        root=str(paper.root),
        font_paths=[str(paper.root / "report/fonts")],
        ignore_system_fonts=True,
    )
    assert json.loads(pages)[0] >= 2


def test_no_file_tells_where_it_was_made(sample):
    folder = str(sample.html.parents[1]).encode()
    with zipfile.ZipFile(sample.docx) as parts:
        assert [name for name in parts.namelist() if folder in parts.read(name)] == []
    assert folder not in sample.html.read_bytes()
    assert folder not in sample.pdf.read_bytes()

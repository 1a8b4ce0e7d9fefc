import json

import pypandoc
import pytest

from analysis.findings import markdown
from analysis.findings.kinds import Column, Figure, Number, Table

HOSTILE = [
    "a|b",
    "*a*",
    "_a_",
    "$5 and $6",
    "@who",
    "<b>",
    "back\\slash",
    "`code`",
    "[a](b)",
    "乐陵市",
    "1. x",
    "a^b~c",
    "{#id}",
]


def plain_text(text: str) -> str:
    return pypandoc.convert_text(text, "plain", format="markdown", extra_args=["--wrap=none"]).strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_is_shown_as_it_is(text):
    assert plain_text(markdown.escape(text)) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_stays_one_cell(text):
    finding = Table("tbl-x", "Caption.", (Column("A", "left"), Column("B")), ((text, "1"),))
    tree = json.loads(pypandoc.convert_text(markdown.table(finding), "json", format="markdown"))
    (table,) = [block for block in tree["blocks"][0]["c"][1] if block["t"] == "Table"]
    (row,) = table["c"][4][0][3]
    assert len(row[1]) == 2
    cell = {**tree, "blocks": row[1][0][4]}
    shown = pypandoc.convert_text(json.dumps(cell), "plain", format="json", extra_args=["--wrap=none"])
    assert shown.strip() == text


def test_a_number_carries_its_id_and_passport():
    number = Number("posts.total", 1834.4, 'A "quoted" label', "yuan", maker="analysis/x.py:1")
    html = pypandoc.convert_text(markdown.inline(number), "html5", format="markdown")
    assert 'data-id="posts.total"' in html
    assert ">1,834</span>" in html
    assert "1,834 yuan · made in analysis/x.py:1" in html


def test_a_figure_has_caption_alt_text_and_id():
    figure = Figure("fig-x", "Shares in %, by *year*.", "Two lines rise", "analysis/x.py:1")
    html = pypandoc.convert_text(markdown.figure(figure, "f"), "html5", format="markdown+implicit_figures")
    assert 'id="fig-x"' in html
    assert "Shares in %, by *year*." in html
    assert 'src="f/fig-x.svg"' in html

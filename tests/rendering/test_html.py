"""The HTML page: numbers, references, exhibits and what a reader needs."""

import pytest
from lxml import html

from tests.rendering.conftest import Output


@pytest.fixture(scope="module")
def page(sample: Output) -> html.HtmlElement:
    return html.fromstring(sample.html.read_text(encoding="utf-8"))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\xa0", " ").split())


def reference_texts(page: html.HtmlElement, target: str) -> list[str]:
    return [words(link) for link in page.xpath(f"//a[@href='#{target}'][contains(@class, 'xref')]")]


def test_title_block_comes_from_the_marker(page):
    assert words(page.xpath("//h1[@class='title']")[0]) == "Posts in laoling"
    assert words(page.xpath("//title")[0]) == "Posts in laoling"
    assert words(page.xpath("//p[@class='subtitle']")[0]) == "A study"
    assert words(page.xpath("//p[@class='author']")[0]) == "A. Bee & C_d #1"
    assert words(page.xpath("//p[@class='date']")[0]) == "May 2026"


def test_the_marker_itself_is_gone(page):
    assert page.xpath("//*[@id='study']") == []


def test_abstract_stands_in_the_title_block_with_its_number(page):
    assert words(page.xpath("//header//section[@class='abstract']")[0]) == (
        "Abstract In brief: 1,834 households in 乐陵."
    )


def test_sections_are_numbered_and_unnumbered_ones_are_skipped(page):
    headings = [words(heading) for heading in page.xpath("//main//section/h1 | //main//section[@id]/h2")]
    assert headings == [
        "1 Introduction",
        "1.1 Data with 55",
        "2 Methods",
        "Before",
        "2.1 Design",
        "References",
    ]


def test_a_section_reference_gives_the_number_of_its_heading(page):
    assert reference_texts(page, "sec-data") == ["Section 1.1"]
    assert reference_texts(page, "sec-design") == ["Section 2.1"]


def test_figures_tables_and_equations_are_numbered_in_order_of_appearance(page):
    assert reference_texts(page, "fig-line") == ["Figure 1", "Figure 1"]
    assert reference_texts(page, "fig-second") == ["Figure 2"]
    assert set(reference_texts(page, "tbl-posts")) == {"Table 1"}
    assert reference_texts(page, "tbl-signs") == ["Table 2", "2"]
    assert reference_texts(page, "eq-did") == ["Equation 1"]
    assert words(page.xpath("//*[@id='eq-did']//*[@class='equation-number']")[0]) == "(1)"


def test_a_group_of_references_is_a_list(page):
    assert "in a group Figure 1, Table 2; bare 2." in words(page.xpath("//main")[0])


def test_every_reference_leads_to_an_element(page):
    targets = {link.get("href")[1:] for link in page.xpath("//main//a[starts-with(@href, '#')]")}
    assert targets - {element.get("id") for element in page.xpath("//*[@id]")} == set()


def test_captions_carry_their_number(page):
    captions = {figure.get("id"): words(figure.xpath("figcaption")[0]) for figure in page.xpath("//figure")}
    assert captions == {
        "fig-line": "Figure 1: A caption with code, by year.",
        "fig-second": "Figure 2: The second, see Table 1 and 88.",
        "tbl-posts": "Table 1: Effects on income.",
        "tbl-signs": "Table 2: Signs.",
        "tbl-long": "Table 3: A long one.",
    }


def test_alternative_text_is_that_of_the_figure(page):
    assert [image.get("alt") for image in page.xpath("//figure//img")] == ["A blue box", "Again"]


def test_signs_of_markdown_in_a_table_cell_come_out_literally(page):
    cell = page.xpath("//*[@id='tbl-signs']//tbody//td")[0]
    assert words(cell) == "a|b *c* _d_ $e$ @f <g> h\\i 汉字"


def test_header_cells_have_a_scope(page):
    assert {cell.get("scope") for cell in page.xpath("//thead//th")} == {"col"}


def test_a_wide_table_scrolls_in_a_region_that_the_keyboard_reaches(page):
    frame = page.xpath("//*[@id='tbl-posts']/div")[0]
    assert (frame.get("role"), frame.get("tabindex"), frame.get("aria-label")) == (
        "region",
        "0",
        "Table\xa01",
    )


def test_inline_values_stand_in_text_list_footnote_and_caption(page):
    text = words(page.xpath("//main")[0])
    for said in ("Poverty fell by 9,417", "The sum is 23.", "An item with 66.", "A footnote with 77."):
        assert said in text


def test_a_string_is_not_read_as_markdown(page):
    assert "A string: a_b*c|$d$<e>@f." in words(page.xpath("//main")[0])


def test_a_number_shows_its_passport_to_mouse_and_keyboard(page):
    number = page.xpath("//p/span[@class='number'][text()='9,417']")[0]
    assert number.get("tabindex") == "0"
    assert number.get("data-passport") == "n = 6,812\nmade by posts.py:41"
    assert number.get("aria-description") == "n = 6,812 · made by posts.py:41"


def test_a_number_in_a_heading_is_plain(page):
    assert page.xpath("//h1//*[@class='number'] | //h2//*[@class='number'] | //nav//*[@class='number']") == []


def test_what_the_region_has_not_is_left_out(page):
    text = words(page.xpath("//main")[0])
    assert "The posts are here." in text
    assert "Without projects." in text
    assert "Nothing of this" not in text


def test_callouts_have_the_given_title_or_their_heading(page):
    titles = [words(title) for title in page.xpath("//*[contains(@class, 'callout-title')]")]
    assert titles == ["What is a post?", "Read with care"]


def test_the_watermark_is_on_the_page(page):
    assert words(page.xpath("//div[@class='watermark']")[0]) == "Synthetic data"


def test_citations_are_set_by_author_and_date(page):
    assert words(page.xpath("//a[@href='#ref-sen1999']")[0]) == "Sen 1999"
    assert [entry.get("id") for entry in page.xpath("//*[@id='refs']/div")] == [
        "ref-ravallion2007",
        "ref-sen1999",
    ]


def test_the_page_asks_for_nothing_from_outside(page):
    fetched = page.xpath("//img/@src | //script/@src | //link/@href | //source/@src")
    assert [address[:60] for address in fetched if not address.startswith("data:")] == []


def test_mathematics_is_mathml(page):
    assert len(page.xpath("//*[@id='eq-did']//*[local-name()='math']")) == 1

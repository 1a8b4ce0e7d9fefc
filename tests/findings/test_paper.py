"""What the text of the paper gets where a finding has nothing to say."""

from analysis.findings.paper import Inline


def test_an_empty_text_is_an_empty_span_for_in_its_place_quarto_would_leave_the_expression():
    assert Inline("")._repr_markdown_() == "[]{}"
    assert Inline("one")._repr_markdown_() == "one"

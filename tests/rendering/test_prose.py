import pytest

from analysis.rendering.prose import typed_numbers


@pytest.fixture
def faults_of(tmp_path):
    def check(text: str) -> list[str]:
        (tmp_path / "_quarto.yml").write_text("project: {}\n", encoding="utf-8")
        paper = tmp_path / "paper.qmd"
        paper.write_text(f"---\ntitle: T\n---\n\n{text}\n", encoding="utf-8")
        return [f"{fault.where} {fault.found}" for fault in typed_numbers(paper)]

    return check


@pytest.mark.parametrize(
    "text",
    [
        '`{python} n("a.1")` yuan',
        "the document of 2022",
        "# Data {#sec-1}",
        "as @smith2010 says",
        "$x_1 = 2$ holds",
        "$$\nx_1 = 2\n$$ {#eq-a}",
        "1. first\n2. second",
        "```{python}\n#| output: asis\nx = 1\n```",
        "see [the page](https://example.org/12)",
    ],
)
def test_what_is_not_a_typed_number(faults_of, text):
    assert faults_of(text) == []


@pytest.mark.parametrize("text", ["rose by 12.5% a year", "6,772 households", "half of 16 townships"])
def test_a_typed_number_is_named_with_file_and_line(faults_of, text):
    (fault,) = faults_of(text)
    assert fault.startswith("paper.qmd:5 the number ")


def test_text_after_an_equation_is_prose_again(faults_of):
    assert faults_of("$$\nx = 1\n$$\n\nso 17 remain") == [
        "paper.qmd:9 the number '17' is typed into the text"
    ]

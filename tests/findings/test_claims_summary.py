"""All claims on one scale, those that nobody measured among them."""

import pytest
import yaml

from analysis.findings.claims_picture import PROBLEMS, on_scale
from analysis.findings.claims_summary import summary_findings
from analysis.findings.kinds import Number
from analysis.findings.style import house_style
from analysis.problems.claims import DECLARED, Declared, Measured

WORDS = {"not_found": "a", "weak": "b", "moderate": "c", "strong": "d"}


def declared(problem: str, name: str) -> dict:
    return {
        "problem": problem,
        "claim": name,
        "figure": "f",
        "unit": "u",
        "harmless": 2,
        "serious": 6,
        "because": "b",
        "words": WORDS,
    }


@pytest.fixture
def root(tmp_path):
    """A study with a claim on every problem."""
    claims = {problem: declared(problem, f"about {problem}") for problem in PROBLEMS}
    (tmp_path / DECLARED.parent).mkdir()
    (tmp_path / DECLARED).write_text(yaml.safe_dump({"claims": claims}, sort_keys=False), encoding="utf-8")
    return tmp_path


def number(problem: str, value: float, low: float, high: float) -> Number:
    return Number(f"claim.{problem}", value, "figure", "u", low=low, high=high, n_obs=16)


def test_harmless_is_0_and_serious_is_1():
    claim = Declared(**declared("exit", "c"))
    assert on_scale(Measured(4, 2, 8, 16), claim) == Measured(0.5, 0.0, 1.5, 16)


def test_the_table_has_every_claim_and_the_picture_those_that_are_measured(root):
    table, drawing = summary_findings(root, [number("path", 4, 2, 8)])
    grades = {row[0]: row[-1] for row in table.rows if row[-1]}
    assert grades.pop("about path") == "weak"
    assert set(grades.values()) == {"not measured"}
    assert [row[0] for row in table.rows if not row[-1]] == list(PROBLEMS.values())
    (row,) = drawing.data.to_dict("records")
    assert (row["claim"], row["low"], row["value"]) == ("about path", pytest.approx(0), pytest.approx(0.5))


def test_claims_of_all_problems_are_drawn_also_those_far_beyond_the_benchmarks(root):
    numbers = [
        number("inclusion", 60, 50, 70),
        number("exit", -40, -50, -30),
        number("path", 4, 2.5, 8),
        number("rigidity", 3, 1, 80),
        number("motivation", 1, 0, 2),
    ]
    _, drawing = summary_findings(root, numbers)
    assert drawing.data["grade"].tolist() == ["strong", "not found", "moderate", "weak", "not found"]
    with house_style():
        figure = drawing.draw(drawing.data)
    (legend,) = figure.legends
    shown = [text.get_text() for text in legend.get_texts()]
    assert shown == ["not found", "weak", "moderate", "strong"]


def test_without_a_measured_claim_there_is_nothing(root):
    assert list(summary_findings(root, [])) == []

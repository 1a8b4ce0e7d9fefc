"""All claims on one scale, those that nobody measured among them."""

from pathlib import Path

import pytest

from analysis.findings.claims import Declared, Measured
from analysis.findings.claims_summary import on_scale, summary_findings
from analysis.findings.kinds import Number

ROOT = Path(__file__).parents[2]
NUMBER = Number("claim.officials_differ", 0.15, "share", "share", low=0.05, high=0.45, n_obs=400)


def test_harmless_is_0_and_serious_is_1():
    words = {"not_found": "a", "weak": "b", "moderate": "c", "strong": "d"}
    claim = Declared(
        problem="exit", claim="c", figure="f", unit="u", harmless=2, serious=6, because="b", words=words
    )
    assert on_scale(Measured(4, 2, 8, 16), claim) == Measured(0.5, 0.0, 1.5, 16)


def test_the_table_has_every_claim_and_the_picture_those_that_are_measured():
    table, drawing = summary_findings(ROOT, [NUMBER])
    grades = {row[0]: row[-1] for row in table.rows if row[-1]}
    name = "Officials of some townships are more active than those of others"
    assert grades.pop(name) == "weak"
    assert set(grades.values()) == {"not measured"}
    (row,) = drawing.data.to_dict("records")
    assert (row["claim"], row["low"], row["value"]) == (name, pytest.approx(0), pytest.approx(0.5))


def test_without_a_measured_claim_there_is_nothing():
    assert list(summary_findings(ROOT, [])) == []

"""The grade of a claim follows from where its interval lies, and from nothing else."""

from pathlib import Path

import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.claims import claim_findings, claim_texts
from analysis.problems.claims import Declared, Measured, declared_claims, grade

WORDS = {"not_found": "none", "weak": "some", "moderate": "clear", "strong": "grave"}


def declared(harmless: float = 0.1, serious: float = 0.3) -> Declared:
    return Declared(
        problem="exit",
        claim="Exits differ",
        figure="spread",
        unit="share",
        harmless=harmless,
        serious=serious,
        because="a tenth is noise",
        words=WORDS,
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (0.5, 0.31, 0.7, "strong"),
        (0.5, 0.30, 0.7, "moderate"),
        (0.2, 0.11, 0.3, "moderate"),
        (0.2, 0.10, 0.3, "weak"),
        (0.1, -0.1, 0.3, "not found"),
    ],
)
def test_the_grade_is_where_the_interval_lies(value, low, high, expected):
    assert grade(Measured(value, low, high, 16), declared()) == expected


def test_what_cannot_be_measured_is_told_with_its_reason():
    gap = NotApplicable("exits", "nobody was asked")
    assert grade(gap, declared()) == "not measured"
    assert claim_texts({"exits": declared()}, {"exits": gap}) == {
        "claim_exits": "Exits differ: not measured, nobody was asked."
    }
    (table,) = claim_findings("exit", {"exits": declared()}, {"exits": gap})
    assert table.rows[0][2:] == ("nobody was asked", "10.00%", "30.00%", "not measured")


def test_a_measured_claim_is_a_number_with_its_interval():
    number, table = claim_findings("exit", {"exits": declared()}, {"exits": Measured(0.5, 0.4, 0.6, 16)})
    assert (number.id, number.low, number.high, number.n_obs) == ("claim.exits", 0.4, 0.6, 16)
    assert table.rows[0][-1] == "strong"


def test_benchmarks_out_of_order_are_refused():
    with pytest.raises(ValueError, match="must be below serious"):
        declared(harmless=0.3, serious=0.3)


def test_the_claims_of_the_study_are_declared_with_reasons():
    root = Path(__file__).parents[2]
    claims = declared_claims(root, "inclusion")
    assert claims
    assert all(claim.because for claim in claims.values())

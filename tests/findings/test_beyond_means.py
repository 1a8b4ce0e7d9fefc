"""The words about dynamics and distribution follow from tests, region by region."""

import pytest

from analysis.designs.distribution import TestedEffect
from analysis.designs.persistence import MomentEstimate, Persistence
from analysis.estimates.dynamics.nickell import NickellWarning
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.results import Inference, estimate_of
from analysis.findings.dynamics import persistence_reasons, return_reasons
from analysis.findings.persistence import moment_row, refusal_text
from analysis.findings.quantiles import effect_cell, spread_clause

SAMPLE = Inference(900, 100, 30, 29, "village_code", "none")
HANSEN = TestResult("Hansen J test", "no contradiction", 41.0, 20, 0.004, "chi2(20)")


def estimate(value: float, error: float):
    return estimate_of("posts", value, error, SAMPLE, outcome="income", estimator="by hand", engine="house")


def moments(refused: str) -> MomentEstimate:
    gap = NotApplicable("AR(2) test", "too short")
    return MomentEstimate("system", "Blundell-Bond, two steps", estimate(0.4, 0.1), 12, gap, HANSEN, refused)


def lasting(*found: MomentEstimate) -> Persistence:
    nickell = NickellWarning("income", "lag", 1, "fixed", 7, 0.1, 0.3, -0.2, "none")
    return Persistence(estimate(0.6, 0.01), estimate(0.1, 0.01), nickell, found, ())


def test_a_refuted_estimate_is_said_not_to_be_used_in_cell_and_text():
    refused = moments("Hansen J test rejects")
    row = moment_row(refused)
    assert row[-3:] == ("none", "0.004", "not to be used: Hansen J test rejects")
    assert refusal_text(lasting(refused)) == (
        "Blundell-Bond, two steps: not to be used, Hansen J test rejects."
    )


@pytest.mark.parametrize(("refused", "missing"), [("", False), ("AR(2) test rejects", True)])
def test_an_estimate_by_moments_is_quoted_only_where_no_test_refutes_it(refused, missing):
    reasons = persistence_reasons(lasting(moments(refused)))
    assert bool(reasons["persistence_moments"]) == missing
    assert bool(reasons["persistence_refused"]) != missing


def test_what_the_records_lack_becomes_a_sentence():
    gap = NotApplicable("returns", "the region has no line by year")
    assert return_reasons(gap)["survival"] == "The region has no line by year."


def test_an_effect_that_next_year_s_treatment_refutes_is_marked():
    refuted = TestedEffect(estimate(2.0, 0.5), estimate(-1.0, 0.1))
    untested = TestedEffect(estimate(2.0, 0.5), None)
    assert effect_cell(refuted, 1).startswith("2.0\N{DAGGER} [1.0,")
    assert effect_cell(untested, 1).startswith("2.0 [1.0,")
    assert spread_clause(refuted) == "the test of next year's treatment refutes a comparison (p <0.001)"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2.0, "the distance grows"),
        (-2.0, "the distance shrinks"),
        (0.2, "no change of the distance can be told"),
    ],
)
def test_the_clause_about_the_spread_follows_its_interval(value, words):
    assert spread_clause(TestedEffect(estimate(value, 0.5), estimate(0.0, 1.0))) == words

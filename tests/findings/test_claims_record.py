"""What many counties say of the claims, from a record made by hand."""

from dataclasses import fields
from pathlib import Path

import pytest

from analysis.findings.claims_record import claims_record_findings
from analysis.problems.claims import declared_claims
from analysis.simulation.measures import Performance
from analysis.simulation.record import SimulationRecord

ROOT = Path(__file__).parents[2]
NOTHING = float("nan")


def performance(scenario: str, design: str, **figures: float) -> Performance:
    values = {field.name: NOTHING for field in fields(Performance)}
    values |= {"scenario": scenario, "design": design, "counties": 20, "refused": 0}
    return Performance(**(values | figures))


@pytest.fixture(scope="module")
def findings():
    record = SimulationRecord(
        (
            performance(
                "problems",
                "lines_differ",
                truth=0.09,
                mean=0.1,
                coverage=0.95,
                coverage_mc=0.05,
                rejected=1.0,
                rejected_mc=0.0,
            ),
            performance("problems", "spells_differ", truth=3.0, mean=2.8, coverage=0.9, coverage_mc=0.07),
            performance("problems", "inclusion_between", mean=0.2, rejected=0.8, rejected_mc=0.01),
            performance(
                "no_problem",
                "lines_differ",
                truth=0.0,
                mean=0.001,
                rejected=0.02,
                rejected_mc=0.01,
                counties=38,
                refused=2,
            ),
            performance(
                "no_problem",
                "spells_differ",
                truth=0.0,
                mean=0.0,
                rejected=0.05,
                rejected_mc=0.03,
                counties=40,
            ),
        ),
        "hash",
        True,
    )
    return {found.id: found for found in claims_record_findings(record, declared_claims(ROOT))}


def test_counties_are_counted_with_those_that_refused(findings):
    assert findings["claims_record.counties"].value == 20 + 40
    assert findings["claims_record.without"].value == 40


def test_the_claim_that_errs_most_and_the_interval_that_holds_least_are_told(findings):
    wrong, least = findings["claims_record.wrong"], findings["claims_record.coverage"]
    assert (wrong.value, wrong.n_obs, "spells_differ" in wrong.label) == (0.05, 40, True)
    assert (least.value, least.n_obs, "spells_differ" in least.label) == (0.9, 20, True)


def test_a_claim_is_a_row_with_and_without_the_problem_and_gaps_are_empty(findings):
    rows = {row[0]: row[1:] for row in findings["tbl-claims-record"].rows}
    assert len(rows) == len(declared_claims(ROOT))
    assert rows["Townships include households by different lines"] == (
        "9.0%",
        "10.0%",
        "95.0% (5.0)",
        "100.0% (0.0)",
        "0.0%",
        "0.1%",
        "2.0% (1.0)",
    )
    between = rows["Whether a household is included depends on its township"]
    assert between == ("", "20.0%", "", "80.0% (1.0)", "", "", "")

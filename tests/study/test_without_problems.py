"""The paper of a county without any of the problems and without a band says so, from end to end."""

from analysis.findings.countermeasures.autonomy import WORDS as AUTONOMY
from analysis.findings.countermeasures.post_range import WORDS as POST_RANGE
from analysis.problems.claims import Measured, declared_claims, grade
from analysis.study import fresh_registry, render, silent


def test_no_claim_is_graded_above_weak_and_no_countermeasure_is_supported(project_without_problems):
    project = project_without_problems
    render(project, "laoling", ("html",), silent)
    registry = fresh_registry(project, "laoling", silent)
    page = (project / "output" / "laoling" / "paper.html").read_text(encoding="utf-8")
    grades = {}
    for key, claim in declared_claims(project).items():
        number = registry.numbers.get(f"claim.{key}")
        if number is not None:
            grades[key] = grade(Measured(number.value, number.low, number.high, number.n_obs), claim)
    assert set(grades.values()) <= {"not found", "weak"}, grades
    assert len(grades) >= 15
    for words in (AUTONOMY, POST_RANGE):
        assert words["not supported"] in page
        assert words["supported"] not in page

"""The chapter on inclusion, with the countermeasure that rests on it."""

from analysis.countermeasures.autonomy import NAME, Autonomy, autonomy
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.countermeasures.autonomy import (
    autonomy_findings,
    autonomy_reasons,
    autonomy_texts,
    true_fall,
    truth_number,
)
from analysis.findings.drawings import Finding
from analysis.findings.problems.inclusion import inclusion_chapter
from analysis.panel.screening import screening
from analysis.problems.claims import declared_claims, grade
from analysis.problems.inclusion import Inclusion, claims_of, measure_inclusion
from analysis.problems.lines_applied import GRID, NEAR
from analysis.problems.slope import Slope


def about_inclusion_and_autonomy(evidence: Evidence) -> Chapter:
    """Say by which rules townships include households, and what bounds on them would have changed."""
    region = evidence.region
    found = measure_inclusion(evidence.panel, evidence.tables, region)
    problem = inclusion_chapter(evidence, found)
    lines = NotApplicable(NAME, found.reason) if isinstance(found, NotApplicable) else found.lines
    findings: list[Finding] = []
    plan: Autonomy | NotApplicable
    truth = None
    if isinstance(lines, NotApplicable):
        plan = NotApplicable(NAME, lines.reason)
    else:
        rows = screening(evidence.panel.frame, region.line_by_year)
        plan = autonomy(rows, lines.spread, grid=GRID, near=NEAR)
        if isinstance(plan, Autonomy):
            findings += autonomy_findings(plan)
            truth = true_fall(rows, evidence.known, region)
    if truth is not None:
        findings.append(truth_number(truth))
    differ = declared_claims(region.root)["lines_differ"]
    graded = grade(claims_of(found)["lines_differ"], differ)
    return Chapter(
        (*problem.findings, *findings),
        {**problem.lacking, **autonomy_reasons(plan, truth)},
        {**problem.texts, **autonomy_texts(plan, graded, known_risks=known_risks(found))},
    )


def known_risks(found: Inclusion | NotApplicable) -> bool:
    """Say whether townships with higher lines surely have risks that income does not show."""
    if isinstance(found, NotApplicable) or isinstance(found.later, NotApplicable):
        return False
    return isinstance(found.later.risk, Slope) and found.later.risk.low > 0

"""The motivation of officials: claims, what the records support, and words that follow from intervals."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.rank_correlation import RankCorrelation
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims import claim_findings, claim_texts
from analysis.findings.drawings import Finding
from analysis.findings.formats import reason_of
from analysis.findings.problems.motivation_answers import answers_drawing
from analysis.findings.problems.motivation_numbers import cost_numbers, numbers
from analysis.findings.problems.motivation_outcomes import outcomes_table
from analysis.findings.problems.motivation_points import points_drawing
from analysis.findings.problems.motivation_tables import errors_table, items_table, townships_table
from analysis.findings.problems.motivation_words import texts
from analysis.problems.claims import declared_claims, grade
from analysis.problems.motivation import Motivation, measure_motivation
from analysis.problems.motivation_claims import claims_of
from analysis.problems.motivation_scale import Scale
from analysis.region import Region

SURE = ("moderate", "strong")


def about_motivation(evidence: Evidence) -> Chapter:
    """Measure the motivation of officials, as far as it was asked about and recorded."""
    region = evidence.region
    found = measure_motivation(evidence.panel, evidence.tables, region)
    declared, measured = declared_claims(region.root, "motivation"), claims_of(found)
    differ = grade(measured["measures_differ"], declared["measures_differ"]) in SURE
    findings: list[Finding] = [
        *numbers(found),
        *(cost_numbers(found) if differ else ()),
        *claim_findings("motivation", declared, measured),
        *exhibits(found, region),
    ]
    if not answers_reason(found):
        findings.append(answers_drawing(found, evidence.tables, region))
    cost = "" if differ else "That townships differ in how soon they help is not sure."
    lacking = reasons(found, findings) | {"motivation_cost": cost}
    return Chapter(tuple(findings), lacking, claim_texts(declared, measured) | texts(found))


def exhibits(found: Motivation, region: Region) -> Iterator[Finding]:
    """Yield the tables and the picture of townships, as far as the records give them."""
    if isinstance(found.scale, Scale) and not isinstance(found.scale.reliability, NotApplicable):
        yield items_table(found.scale.reliability, region)
    yield from townships_table(found, region)
    yield from errors_table(found, region)
    if any(
        isinstance(one, RankCorrelation) for pair in found.associations for one in (pair.view, pair.score)
    ):
        yield outcomes_table(found.associations)
    yield from points_drawing(found, region)


def reasons(found: Motivation, findings: list[Finding]) -> dict[str, str]:
    """Return for each feature of the section why it is not supported, empty where it is."""
    parts = {"scale": found.scale, "views": found.views, "delays": found.delays, "agreement": found.agreement}
    given = {f"motivation_{name}": reason_of(part) for name, part in parts.items()}
    reliability = found.scale if isinstance(found.scale, NotApplicable) else found.scale.reliability
    missing = [given[f"motivation_{name}"] for name in ("scale", "views", "delays")]
    made = {finding.id for finding in findings}
    exhibit = {
        "motivation_between": "claim.officials_differ",
        "motivation_spread": "claim.measures_differ",
        "motivation_late": "motivation.late",
        "motivation_townships": "tbl-motivation-townships",
        "motivation_errors": "tbl-motivation-errors",
        "motivation_outcomes": "tbl-motivation-outcomes",
        "motivation_points": "fig-motivation-points",
    }
    return given | {
        "motivation": " ".join(missing) if all(missing) else "",
        "motivation_reliability": reason_of(reliability),
        "motivation_answers": answers_reason(found),
        **{name: "" if key in made else "The records do not hold it." for name, key in exhibit.items()},
    }


def answers_reason(found: Motivation) -> str:
    """Return why no answers are drawn, empty where some are."""
    both = isinstance(found.views, NotApplicable) and isinstance(found.scale, NotApplicable)
    return reason_of(found.scale) if both else ""

"""The motivation of officials: claims, what the records support, and words that follow from intervals."""

from collections.abc import Iterator

from analysis.estimates.group_share import GroupShare
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.rank_correlation import RankCorrelation
from analysis.estimates.shares import Share
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims import Measured, claim_findings, claim_texts, declared_claims, grade
from analysis.findings.drawings import Finding
from analysis.findings.formats import sentence
from analysis.findings.problems.measured import measured_share, measured_spread
from analysis.findings.problems.motivation_answers import answers_drawing
from analysis.findings.problems.motivation_numbers import cost_numbers, numbers
from analysis.findings.problems.motivation_outcomes import outcomes_table
from analysis.findings.problems.motivation_points import points_drawing
from analysis.findings.problems.motivation_tables import errors_table, items_table, townships_table
from analysis.findings.problems.motivation_words import texts
from analysis.problems.motivation import Motivation, measure_motivation
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


def claims_of(found: Motivation) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim with its interval, or why there is none."""
    scale, views, delays = found.scale, found.views, found.delays
    return {
        "officials_inactive": views
        if isinstance(views, NotApplicable)
        else measured_part(views.dissatisfied),
        "officials_differ": views if isinstance(views, NotApplicable) else between_share(views.between),
        "officials_rate_low": scale
        if isinstance(scale, NotApplicable)
        else measured_part(scale.below_middle),
        "measures_differ": delays if isinstance(delays, NotApplicable) else between_spread(delays.between),
        "delay_follows_view": delay_follows(found),
    }


def measured_part(share: Share) -> Measured:
    """Return a share of some answers as the figure of a claim."""
    return Measured(share.value, share.low, share.high, share.n)


def between_share(between: GroupShare | NotApplicable) -> Measured | NotApplicable:
    """Return the share of variance between townships."""
    return between if isinstance(between, NotApplicable) else measured_share(between)


def between_spread(between: GroupShare | NotApplicable) -> Measured | NotApplicable:
    """Return the spread between townships."""
    return between if isinstance(between, NotApplicable) else measured_spread(between.spread)


def delay_follows(found: Motivation) -> Measured | NotApplicable:
    """Return how far the months to the first measure fall with the villages' judgement."""
    for part in (found.views, found.delays):
        if isinstance(part, NotApplicable):
            return part
    (ranks,) = (pair.view for pair in found.associations if pair.outcome == "months")
    if isinstance(ranks, NotApplicable):
        return ranks
    return Measured(-ranks.estimate, -ranks.conf_high, -ranks.conf_low, ranks.n_obs)


def reasons(found: Motivation, findings: list[Finding]) -> dict[str, str]:
    """Return for each feature of the section why it is not supported, empty where it is."""
    parts = {"scale": found.scale, "views": found.views, "delays": found.delays, "agreement": found.agreement}
    given = {f"motivation_{name}": reason_of(part) for name, part in parts.items()}
    reliability = found.scale if isinstance(found.scale, NotApplicable) else found.scale.reliability
    missing = [given[f"motivation_{name}"] for name in ("scale", "views", "delays")]
    made = {finding.id for finding in findings}
    exhibit = {
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


def reason_of(part: object) -> str:
    """Return a reason as a sentence, empty where the part is there."""
    return sentence(part.reason) if isinstance(part, NotApplicable) else ""


def answers_reason(found: Motivation) -> str:
    """Return why no answers are drawn, empty where some are."""
    both = isinstance(found.views, NotApplicable) and isinstance(found.scale, NotApplicable)
    return reason_of(found.scale) if both else ""

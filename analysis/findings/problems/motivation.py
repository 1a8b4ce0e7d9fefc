"""The motivation of officials: numbers, claims and what the records support."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims import Measured, claim_findings, claim_texts, declared_claims
from analysis.findings.drawings import Finding
from analysis.findings.kinds import Number
from analysis.findings.problems.motivation_pictures import answers_drawing, points_drawing
from analysis.findings.problems.motivation_tables import items_table, outcomes_table, townships_table
from analysis.problems.motivation import Motivation, measure_motivation
from analysis.problems.motivation_answers import Scale, Views
from analysis.problems.motivation_work import Delays

FEATURES = ("scale", "views", "delays", "agreement")


def about_motivation(evidence: Evidence) -> Chapter:
    """Measure the motivation of officials, as far as it was asked about and recorded."""
    region, tables = evidence.region, evidence.tables
    found = measure_motivation(evidence.panel, tables)
    declared, measured = declared_claims(region.root, "motivation"), measured_claims(found)
    findings: list[Finding] = [*numbers(found), *claim_findings("motivation", declared, measured)]
    if not isinstance(found.scale, NotApplicable):
        findings.append(items_table(found.scale, region))
    if not found.townships.empty:
        findings.append(townships_table(found.townships, region))
    if not outcomes_reason(found):
        findings.append(outcomes_table(found.associations))
        findings.append(points_drawing(found, region))
    if not answers_reason(found):
        findings.append(answers_drawing(found, tables, region))
    return Chapter(tuple(findings), reasons(found), claim_texts(declared, measured))


def measured_claims(found: Motivation) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim with its interval."""
    scale, views, delays = found.scale, found.views, found.delays
    claims: dict[str, Measured | NotApplicable] = {}
    if isinstance(views, NotApplicable):
        claims |= {"officials_inactive": views, "officials_differ": views}
    else:
        low, between = views.dissatisfied, views.between
        claims["officials_inactive"] = Measured(low.estimate, low.conf_low, low.conf_high, low.n_obs)
        claims["officials_differ"] = Measured(
            between.intraclass, between.intraclass_low, between.intraclass_high, between.n_obs
        )
    if isinstance(scale, NotApplicable):
        claims["officials_rate_low"] = scale
    else:
        own = scale.below_middle
        claims["officials_rate_low"] = Measured(own.estimate, own.conf_low, own.conf_high, own.n_obs)
    if isinstance(delays, NotApplicable):
        claims["measures_differ"] = delays
    else:
        months = delays.months
        claims["measures_differ"] = Measured(
            months.between_sd, months.between_low, months.between_high, months.n_obs
        )
    return claims | {"delay_follows_view": delay_follows(found)}


def delay_follows(found: Motivation) -> Measured | NotApplicable:
    """Return how far the months to the first measure fall with the villages' judgement."""
    for association in found.associations:
        if association.outcome == "months":
            ranks = association.view
            if isinstance(ranks, NotApplicable):
                return ranks
            return Measured(-ranks.estimate, -ranks.conf_high, -ranks.conf_low, ranks.n_obs)
    missing = found.delays if isinstance(found.delays, NotApplicable) else found.views
    assert isinstance(missing, NotApplicable)
    return missing


def reasons(found: Motivation) -> dict[str, str]:
    """Return for each feature of the section why it is not supported, empty where it is."""
    given = {f"motivation_{name}": reason_of(getattr(found, name)) for name in FEATURES}
    missing = [given[f"motivation_{name}"] for name in ("scale", "views", "delays")]
    return given | {
        "motivation": " ".join(missing) if all(missing) else "",
        "motivation_outcomes": outcomes_reason(found),
        "motivation_answers": answers_reason(found),
    }


def reason_of(part: object) -> str:
    """Return a reason as a sentence, empty where the part is there."""
    if not isinstance(part, NotApplicable):
        return ""
    return f"{part.reason[0].upper()}{part.reason[1:]}."


def outcomes_reason(found: Motivation) -> str:
    """Return why nothing is held against what villages say, empty where something is."""
    if any(not isinstance(association.view, NotApplicable) for association in found.associations):
        return ""
    return reason_of(found.views) or "Too few townships have an outcome that may be published."


def answers_reason(found: Motivation) -> str:
    """Return why no answers are drawn, empty where some are."""
    both = isinstance(found.views, NotApplicable) and isinstance(found.scale, NotApplicable)
    return reason_of(found.scale) if both else ""


def numbers(found: Motivation) -> Iterator[Number]:
    """Yield the numbers that the text asks for."""
    if not isinstance(found.scale, NotApplicable):
        yield from scale_numbers(found.scale)
    if not isinstance(found.views, NotApplicable):
        yield from view_numbers(found.views)
    if not isinstance(found.delays, NotApplicable):
        yield from delay_numbers(found.delays)
    if not isinstance(found.agreement, NotApplicable):
        ranks, gap = found.agreement.ranks, found.agreement.difference
        yield Number(
            "motivation.agreement",
            ranks.estimate,
            "Rank correlation of officials' own score with the mean answer of their villages",
            "correlation",
            2,
            low=ranks.conf_low,
            high=ranks.conf_high,
            n_obs=ranks.n_obs,
            estimator="Spearman, interval of Bonett and Wright",
        )
        yield Number(
            "motivation.difference",
            gap.estimate,
            "Officials' own score less the mean answer of their villages",
            "points of five",
            2,
            low=gap.conf_low,
            high=gap.conf_high,
            n_obs=gap.n_obs,
        )
    if "visits" in found.townships:
        visits = found.townships["visits"]
        for end, value in (("fewest", visits.min()), ("most", visits.max())):
            label = f"Visits to households a month as townships state them, {end}"
            yield Number(
                f"motivation.visits_{end}", value, label, "visits a month", 1, n_obs=int(visits.count())
            )


def scale_numbers(scale: Scale) -> Iterator[Number]:
    """Yield the reliability of the scale and its mean."""
    for name, made, estimator in (
        ("alpha", scale.alpha, "Cronbach's alpha, interval of Feldt"),
        ("omega", scale.omega, "McDonald's omega, bootstrap"),
    ):
        yield Number(
            f"motivation.{name}",
            made.estimate,
            "Reliability of the scale of motivation",
            "share of variance",
            2,
            low=made.conf_low,
            high=made.conf_high,
            n_obs=made.n_obs,
            estimator=estimator,
        )
    label = "Mean of the motivation items"
    yield Number("motivation.score", scale.scores.mean(), label, "points of five", 1, n_obs=len(scale.scores))


def view_numbers(views: Views) -> Iterator[Number]:
    """Yield what villages say, and what those that did not answer could change."""
    average = views.average
    yield Number(
        "motivation.view",
        average.estimate,
        "Mean answer of villages about township officials",
        "points of five",
        1,
        low=average.conf_low,
        high=average.conf_high,
        n_obs=average.n_obs,
    )
    yield Number("motivation.asked", views.asked, "Villages asked", "villages")
    yield Number("motivation.answered", views.answered, "Villages that answered", "villages")
    silent = views.asked - views.answered
    yield Number("motivation.silent", silent, "Villages that did not answer", "villages")
    for name, value, who in (("least", views.least, "satisfied"), ("most", views.most, "not satisfied")):
        label = f"Share of dissatisfied villages if all that did not answer were {who}"
        yield Number(f"motivation.{name}", value, label, "share", 0, n_obs=views.asked)


def delay_numbers(delays: Delays) -> Iterator[Number]:
    """Yield how long households wait, and who could not be followed."""
    average, late = delays.average, delays.late
    for name, found, label, unit, decimals in (
        ("months", average, "Months from alert to first measure", "months", 1),
        ("late", late, "Households without a measure a month after inclusion", "share", 0),
    ):
        yield Number(
            f"motivation.{name}",
            found.estimate,
            label,
            unit,
            decimals,
            low=found.conf_low,
            high=found.conf_high,
            n_obs=found.n_obs,
        )
    label = "Months that a household waits beyond the quickest quarter of townships"
    yield Number(
        "motivation.beyond_quickest", delays.beyond_quickest, label, "months", 1, n_obs=average.n_obs
    )
    by_township = delays.by_township["months"].dropna()
    if len(by_township):
        for end, value in (("shortest", by_township.min()), ("longest", by_township.max())):
            label = f"Mean months from alert to first measure, {end} of townships"
            yield Number(f"motivation.{end}", value, label, "months", 1, n_obs=len(by_township))
    for name, count, label in (
        ("followed", late.n_obs, "Households followed from alert to first measure"),
        ("recent", delays.recent, "Households with an alert of the last twelve months, not followed"),
        ("unhelped", delays.unhelped, "Households followed without a measure to this day"),
        ("lost", delays.lost, "Households that left the records without a measure"),
    ):
        yield Number(f"motivation.{name}", count, label, "households")

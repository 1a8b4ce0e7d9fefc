"""Findings about inconsistent inclusion: claims, numbers, and what cannot be measured."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims import claim_findings, claim_texts
from analysis.findings.disclosure import share_number
from analysis.findings.drawings import Finding
from analysis.findings.kinds import Number
from analysis.findings.problems.inclusion_picture import lines_drawing
from analysis.findings.problems.inclusion_tables import (
    audit_table,
    channels_table,
    inclusion_table,
    later_table,
)
from analysis.findings.problems.measured import named_reason, slope_number, told_p
from analysis.problems.audit import inclusion_audit
from analysis.problems.claims import declared_claims
from analysis.problems.inclusion import Inclusion, claims_of, measure_inclusion
from analysis.problems.inclusion_later import GROUPS
from analysis.problems.lines_applied import LinesApplied, Stated
from analysis.problems.slope import Slope
from analysis.problems.waiting import Waiting
from analysis.region import Region


def about_inclusion(evidence: Evidence) -> Chapter:
    """Say by which rules townships include households."""
    return inclusion_chapter(evidence, measure_inclusion(evidence.panel, evidence.tables, evidence.region))


def inclusion_chapter(evidence: Evidence, found: Inclusion | NotApplicable) -> Chapter:
    """Return the section from its measurements."""
    region = evidence.region
    declared = declared_claims(region.root, "inclusion")
    measured = claims_of(found)
    texts = claim_texts(declared, measured)
    if isinstance(found, NotApplicable):
        return Chapter((), reasons(found), texts)
    audit = tuple(inclusion_audit(evidence.panel.frame, evidence.tables))
    findings = (
        *claim_findings("inclusion", declared, measured),
        *inclusion_findings(found, region),
        audit_table(
            "tbl-audit", "Audit rules of inclusion and help, and how often records break them.", audit
        ),
    )
    return Chapter(findings, reasons(found), texts | inclusion_texts(found))


def reasons(found: Inclusion | NotApplicable) -> dict[str, str]:
    """Return the features of the section, each with what keeps the records from it."""

    if isinstance(found, NotApplicable):
        names = ("lines", "stated", "admitted", "between", "waiting", "later", "risk")
        return dict.fromkeys(("inclusion", *(f"inclusion_{name}" for name in names)), named_reason(found))
    lines, later = found.lines, found.later
    stated = lines if isinstance(lines, NotApplicable) else lines.stated
    return {
        "inclusion": "",
        "inclusion_lines": named_reason(lines),
        "inclusion_stated": named_reason(stated),
        "inclusion_admitted": named_reason(stated if isinstance(stated, NotApplicable) else stated.slope),
        "inclusion_between": named_reason(found.between),
        "inclusion_waiting": named_reason(found.waiting),
        "inclusion_later": named_reason(later if isinstance(later, NotApplicable) else later.extra),
        "inclusion_risk": named_reason(later if isinstance(later, NotApplicable) else later.risk),
    }


def inclusion_texts(found: Inclusion) -> dict[str, str]:
    """Return the p-value of the test that lines are equal, and what stated lines would have told."""
    lines = found.lines
    if isinstance(lines, NotApplicable):
        return {}
    texts = {"lines_equal_p": told_p(lines.spread.spread)}
    if isinstance(lines.stated, Stated) and isinstance(lines.stated.slope, Slope):
        texts["lines_admitted"] = admitted(lines.stated.slope)
    return texts


def admitted(slope: Slope) -> str:
    """Return what a questionnaire alone would have told of how far lines differ."""
    if slope.high < 1:
        return "A questionnaire alone would understate how far the lines differ."
    if slope.low > 1:
        return "A questionnaire alone would overstate how far the lines differ."
    return "That a questionnaire alone would have told how far the lines differ cannot be excluded."


def inclusion_findings(found: Inclusion, region: Region) -> Iterator[Finding]:
    """Yield numbers, tables and the picture, as far as the records give them."""
    errors = found.errors.county
    below = "household-years below the official line"
    yield share_number("inclusion.left_out", errors.left_out, "Below the official line and left out", below)
    yield share_number("inclusion.beyond", errors.beyond, "Included beyond the official line", "included")
    yield inclusion_table(found, region)
    if isinstance(found.lines, LinesApplied):
        yield from line_numbers(found.lines)
        yield lines_drawing(found.lines, region)
        if isinstance(found.lines.stated, Stated):
            yield from stated_numbers(found.lines.stated)
    if isinstance(found.waiting, Waiting):
        wait = found.waiting.county
        label = "Months from alert to inclusion, mean"
        yield Number(
            "inclusion.wait", wait.value, label, "months", 1, low=wait.low, high=wait.high, n_obs=wait.n
        )
        yield channels_table(found.waiting, region)
    if not isinstance(found.later, NotApplicable):
        yield later_table(found.later)
        told = () if isinstance(found.later.extra, NotApplicable) else (("taken", 0), ("left", 2))
        for name, position in told:
            group = GROUPS[position]
            label = f"Below the line a year after the decision: {group}"
            yield share_number(f"inclusion.later_{name}", found.later.below[group], label, "near the line", 1)
            yield from help_number(f"inclusion.help_{name}", found.later.help.get(group), group)
        extra = "Below the line a year later, taken in beyond the line less taken in below it"
        yield from slope_number("inclusion.extra", found.later.extra, extra, "share", 1)
        risk = "Rise of the share below the line a year later for a line a tenth higher, at equal income"
        yield from slope_number("inclusion.risk", found.later.risk, risk, "share", 1)


def help_number(name: str, received: IndexEstimate | None, group: str) -> Iterator[Number]:
    """Yield mean help a year after the decision, nothing where nobody is in the group."""
    if received is not None:
        label = f"Income from subsidies, projects and posts a year after the decision: {group}"
        yield Number(
            name,
            received.estimate,
            label,
            "yuan a person",
            low=received.conf_low,
            high=received.conf_high,
            n_obs=received.n_obs,
        )


def line_numbers(lines: LinesApplied) -> Iterator[Number]:
    """Yield the lowest and the highest line found."""
    found = sorted(line.line for line in lines.lines.lines)
    for name, value in (("lowest", found[0]), ("highest", found[-1])):
        label = f"{name.capitalize()} effective line, share of the official line"
        yield Number(f"inclusion.{name}", 1 + value, label, "share", 0, n_obs=len(found))


def stated_numbers(stated: Stated) -> Iterator[Number]:
    """Yield how words stand to deeds."""
    label = "Correlation of stated and effective lines"
    yield Number("inclusion.correlation", stated.correlation, label, "", 2, n_obs=len(stated.lines))
    admitted = "Part of its deviation from the official line that a township states"
    yield from slope_number("inclusion.admitted", stated.slope, admitted, "share", 0)

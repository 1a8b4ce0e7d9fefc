"""Findings about non-uniform exit: claims, numbers, and what cannot be measured."""

from collections.abc import Iterator

from analysis.estimates.dynamics.hazard import HazardFit
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims import claim_findings, claim_texts
from analysis.findings.disclosure import share_number
from analysis.findings.drawings import Finding
from analysis.findings.kinds import Number
from analysis.findings.problems.exit_picture import monitoring_drawing
from analysis.findings.problems.exit_tables import after_table, exit_hazard_table, exit_table
from analysis.findings.problems.inclusion_tables import audit_table
from analysis.findings.problems.measured import named_reason, slope_number, told_p
from analysis.findings.returns import ratio
from analysis.problems.after_exit import TERMS
from analysis.problems.claims import declared_claims
from analysis.problems.exit import Exit, claims_of, measure_exit
from analysis.region import Region


def about_exit(evidence: Evidence) -> Chapter:
    """Say by which rules townships let households go."""
    region = evidence.region
    found = measure_exit(evidence.panel, evidence.tables, region)
    declared = declared_claims(region.root, "exit")
    measured = claims_of(found)
    texts = claim_texts(declared, measured)
    if isinstance(found, NotApplicable):
        return Chapter((), reasons(found), texts)
    caption = "Audit rules of exit, and how often removals break them."
    findings = (
        *claim_findings("exit", declared, measured),
        *exit_findings(found, region),
        audit_table("tbl-exit-audit", caption, found.audit),
    )
    return Chapter(findings, reasons(found), texts | exit_texts(found))


def reasons(found: Exit | NotApplicable) -> dict[str, str]:
    """Return the features of the section, each with what keeps the records from it."""

    if isinstance(found, NotApplicable):
        names = ("exit", "exit_spells", "exit_multiples", "exit_hazard", "exit_after", "exit_stated")
        return dict.fromkeys(names, named_reason(found))
    asked = {"stated_min_spell", "stated_exit_multiple"}
    silent = found.stated is None or not set(found.stated) >= asked
    return {
        "exit": "",
        "exit_spells": named_reason(found.rules.spells),
        "exit_multiples": named_reason(found.rules.multiples),
        "exit_hazard": named_reason(found.hazard),
        "exit_after": named_reason(found.after),
        "exit_stated": "Stated rules: townships were not asked for theirs." if silent else "",
    }


def exit_texts(found: Exit) -> dict[str, str]:
    """Return the p-values of the tests that rules are equal."""
    rules = {"spells_equal_p": found.rules.spells, "multiples_equal_p": found.rules.multiples}
    return {name: told_p(part.spread) for name, part in rules.items() if not isinstance(part, NotApplicable)}


def exit_findings(found: Exit, region: Region) -> Iterator[Finding]:
    """Yield numbers, tables and the picture, as far as the records give them."""
    yield Number(
        "exit.monitored", found.months["household_id"].nunique(), "Households monitored", "households"
    )
    yield Number("exit.removed", int(found.months["left"].sum()), "Households removed", "households")
    rules = found.rules
    if not isinstance(rules.spells, NotApplicable):
        spells = rules.spells.spread.means
        for name, value in (("shortest", spells.min()), ("longest", spells.max())):
            label = f"Minimum spell of monitoring, {name} of a township"
            yield Number(f"exit.spell_{name}", float(value), label, "months", 0, n_obs=len(spells))
        yield monitoring_drawing(found, region)
    if not isinstance(rules.multiples, NotApplicable):
        multiples = 1 + rules.multiples.spread.means
        for name, value in (("lowest", multiples.min()), ("highest", multiples.max())):
            label = f"Income asked for at exit, {name} of a township, times the line"
            yield Number(f"exit.multiple_{name}", float(value), label, "lines", 2, n_obs=len(multiples))
    yield exit_table(found, region)
    yield from slope_number(
        "exit.december", rules.december, "Removals put at December beyond an even spread", "share", 0
    )
    if isinstance(found.hazard, HazardFit):
        yield from ratio_numbers(found.hazard)
        yield exit_hazard_table(found.hazard, region)
    if not isinstance(found.after, NotApplicable):
        back = "Below the line in the year after removal"
        yield share_number("exit.back", found.after.county, back, "households on record a year later", 1)
        yield after_table(found.after, region)


def ratio_numbers(hazard: HazardFit) -> Iterator[Number]:
    """Yield the hazard ratio of each covariate."""
    for estimate in hazard.estimates:
        value, low, high = ratio(estimate)
        yield Number(
            f"exit.hazard_{estimate.term}",
            value,
            f"Hazard of removal: {TERMS[estimate.term]}",
            "times the hazard without",
            1,
            low=low,
            high=high,
            n_obs=estimate.n_obs,
            n_clusters=estimate.n_clusters,
            estimator=f"{estimate.estimator}, {estimate.engine}",
        )

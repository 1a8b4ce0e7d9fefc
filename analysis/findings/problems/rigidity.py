"""Findings about inflexible subsidies."""

from collections.abc import Iterator
from dataclasses import replace

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.results import Estimate
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims import Measured, claim_findings, claim_texts, declared_claims
from analysis.findings.drawings import Finding
from analysis.findings.kinds import Number
from analysis.findings.problems.measures import measured, number_of
from analysis.findings.problems.path import sentence
from analysis.findings.problems.rigidity_pictures import need_drawing, shock_drawing
from analysis.findings.problems.rigidity_tables import kinds_table, overlap_table, shock_table, township_table
from analysis.findings.wording import label_in_text
from analysis.problems.rigidity import Rigidity, measure_rigidity
from analysis.problems.same_amount import SameAmount
from analysis.region import Region


def about_rigidity(evidence: Evidence) -> Chapter:
    """Hold what subsidies pay against what households need."""
    region = evidence.region
    found = measure_rigidity(evidence.panel, evidence.tables, region)
    if isinstance(found, NotApplicable):
        return Chapter((), {"rigidity": sentence(found)})
    declared, claims = declared_claims(region.root, "rigidity"), rigidity_claims(found)
    findings = (*rigidity_findings(found, region), *claim_findings("rigidity", declared, claims))
    words = {"main_subsidy": kind_labels(region)[found.main], **claim_texts(declared, claims)}
    return Chapter(findings, rigidity_reasons(found), words)


def kind_labels(region: Region) -> dict[str, str]:
    """Return what the text calls each kind of subsidy."""
    return {code: value.en for code, value in region.codebook.variable("subsidy_type").values.items()}


def rigidity_reasons(found: Rigidity) -> dict[str, str]:
    """Return why parts of the chapter are not there, empty where they are."""
    parts = {
        "rigidity_shocks": found.shocks,
        "rigidity_same": main_of(found).share,
        "rigidity_between": found.withdrawal.between,
        "rigidity_within": found.withdrawal.within,
        "rigidity_cliff": found.withdrawal.cliff,
        "rigidity_reach": found.targeting if isinstance(found.targeting, NotApplicable) else found.floor,
        "rigidity_take_up": found.take_up,
    }
    gaps = {name: sentence(gap) if isinstance(gap, NotApplicable) else "" for name, gap in parts.items()}
    townships = "" if found.townships else "The records name no township."
    return {"rigidity": "", "rigidity_townships": townships, **gaps}


def main_of(found: Rigidity) -> SameAmount:
    """Return how often amounts of the largest kind stay."""
    return next(of for of in found.same if of.kind == found.main)


def rigidity_claims(found: Rigidity) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim."""
    same = main_of(found)
    forgone = found.targeting if isinstance(found.targeting, NotApplicable) else found.targeting.forgone
    uncovered = found.shocks if isinstance(found.shocks, NotApplicable) else less(found.shocks.covered)
    return {
        "rigid_amounts": measured(same.share, same.n_moved),
        "loss_uncovered": measured(uncovered, 0 if isinstance(uncovered, NotApplicable) else uncovered.n_obs),
        "gap_forgone": measured(forgone, 0 if isinstance(forgone, NotApplicable) else forgone.n_obs),
    }


def less(covered: Estimate) -> Estimate:
    """Return the part of a loss that is not covered."""
    return replace(
        covered,
        estimate=1 - covered.estimate,
        conf_low=1 - covered.conf_high,
        conf_high=1 - covered.conf_low,
    )


def rigidity_findings(found: Rigidity, region: Region) -> Iterator[Finding]:
    """Yield numbers, tables and pictures."""
    labels = kind_labels(region)
    yield from response_numbers(found)
    yield from reach_numbers(found)
    yield kinds_table(found, labels)
    yield overlap_table(found.overlaps, labels)
    yield need_drawing(found.need)
    if not isinstance(found.shocks, NotApplicable):
        shocks = region.codebook.variable("shock").values
        yield shock_table(found.shocks, {**labels, **{code: value.en for code, value in shocks.items()}})
        yield shock_drawing(found.shocks)
    if found.townships:
        names = {code: label.en for code, label in region.settings.townships.items()}
        yield township_table(found, names, label_in_text("township_code", region))


def response_numbers(found: Rigidity) -> Iterator[Number]:
    """Yield how subsidies answer to shocks and to income."""
    if not isinstance(found.shocks, NotApplicable):
        shocks = found.shocks
        yield Number(
            "rigidity.struck", shocks.n_struck, "Household-years struck by a shock", "household-years"
        )
        yield from number_of("rigidity.covered", shocks.covered, "Loss made good in the year", "share", 0)
        yield from number_of(
            "rigidity.delay", shocks.delay, "Mean wait of what is paid after a shock", "years", 1
        )
        rows = found.need.rows
        scale = -float(rows["own"].mean() / rows["received"].mean())
        yield from number_of(
            "rigidity.elasticity",
            shocks.covered,
            "Elasticity of subsidies to other income",
            "elasticity",
            2,
            scale=scale,
        )
    same = main_of(found)
    yield from number_of(
        "rigidity.same", same.share, "Amounts that stay although need moved", "share", 0, n_obs=same.n_moved
    )
    out = found.withdrawal
    yield from number_of(
        "rigidity.tax_between",
        out.between,
        "Subsidy less for a yuan of income, between households",
        "share",
        0,
        scale=-1,
    )
    yield from number_of(
        "rigidity.tax_within",
        out.within,
        "Subsidy less for a yuan of income, within households",
        "share",
        0,
        scale=-1,
    )
    if not isinstance(out.cliff, NotApplicable):
        yield from number_of(
            "rigidity.cliff", out.cliff.robust, "Step of subsidies at the line", "yuan a year per capita"
        )


def reach_numbers(found: Rigidity) -> Iterator[Number]:
    """Yield where the money goes and how far it could reach."""
    if not isinstance(found.take_up, NotApplicable):
        for name, index in (
            ("in_need", found.take_up[0].in_need),
            ("not_in_need", found.take_up[0].not_in_need),
        ):
            yield from number_of(
                f"rigidity.take_up_{name}", index, "Household-years that receive a subsidy", "share", 0
            )
    if not isinstance(found.targeting, NotApplicable):
        labels = {
            "to_needy": "Money that goes to households short of the line",
            "useful": "Money that closes a gap",
            "closed": "Part of all gaps that is closed",
            "achievable": "Part of all gaps that the same money could close",
            "forgone": "Part of all gaps that is left open for want of targeting",
        }
        for name, label in labels.items():
            yield from number_of(f"rigidity.{name}", getattr(found.targeting, name), label, "share", 0)
    if not isinstance(found.floor, NotApplicable):
        rows = found.need.rows
        last = rows[rows["year"] == rows["year"].max()]
        unit = "yuan a year per capita"
        yield from number_of(
            "rigidity.floor", found.floor, "Income that the money could lift everybody to", unit
        )
        yield Number(
            "rigidity.line",
            float(last["line"].iloc[0]),
            "Line of the last year, prices of the base year",
            unit,
        )

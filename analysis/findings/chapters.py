"""The chapters of the paper: what each is made from, and what it gives."""

from collections.abc import Callable

from analysis.designs.distribution import estimate_distribution
from analysis.designs.dynamics import estimate_dynamics
from analysis.designs.net import estimate_net
from analysis.designs.secondary import estimate_secondary
from analysis.designs.sensitivity import estimate_sensitivity
from analysis.findings.achievements import achievement_findings
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims_record import claims_record_findings
from analysis.findings.countermeasures.autonomy_chapter import about_inclusion_and_autonomy
from analysis.findings.countermeasures.band_chapter import about_band
from analysis.findings.countermeasures.supervision import about_supervision
from analysis.findings.data import data_findings
from analysis.findings.designs import design_findings, design_reasons
from analysis.findings.distribution import distribution_findings, distribution_reasons, distribution_texts
from analysis.findings.dynamics import dynamic_findings, dynamic_reasons, dynamic_texts
from analysis.findings.effects import effect_findings
from analysis.findings.inference import inference_findings
from analysis.findings.net import net_findings, net_reasons
from analysis.findings.own_truth import own_truth_findings, own_truth_reasons, own_truths
from analysis.findings.problems.exit import about_exit
from analysis.findings.problems.motivation import about_motivation
from analysis.findings.problems.path import about_path
from analysis.findings.problems.rigidity import about_rigidity
from analysis.findings.recovery import recovery_findings
from analysis.findings.secondary import secondary_findings, secondary_reasons
from analysis.findings.sensitivity import sensitivity_findings, sensitivity_reasons
from analysis.findings.simulation import simulation_findings, simulation_reasons
from analysis.problems.claims import declared_claims


def about_data(evidence: Evidence) -> Chapter:
    """Describe the records and what was achieved."""
    panel, region = evidence.panel, evidence.region
    return Chapter(
        (
            *data_findings(panel, evidence.effects, evidence.tables, region),
            *achievement_findings(panel, region),
        )
    )


def about_effects(evidence: Evidence) -> Chapter:
    """Give the panel regressions, and where the truth is known hold them against it."""
    panel, effects, region = evidence.panel, evidence.effects, evidence.region
    findings = [*effect_findings(effects, panel, region), *inference_findings(effects, panel, region)]
    if evidence.known is not None:
        findings += recovery_findings(effects, evidence.known, region)
    return Chapter(tuple(findings))


def about_designs(evidence: Evidence) -> Chapter:
    """Give each instrument by the designs that its records allow, and net yuan by them."""
    region, designs = evidence.region, evidence.designs
    findings = [finding for found in designs for finding in design_findings(found, region)]
    net = estimate_net(evidence.panel, evidence.tables, designs, region)
    findings += net_findings(net, evidence.known, region)
    return Chapter(tuple(findings), design_reasons(designs) | net_reasons(findings))


def about_sensitivity(evidence: Evidence) -> Chapter:
    """Say what would overturn the effects."""
    region = evidence.region
    held = estimate_sensitivity(evidence.panel, evidence.tables, evidence.effects, evidence.designs, region)
    findings = tuple(finding for found in held for finding in sensitivity_findings(found, region))
    return Chapter(findings, sensitivity_reasons(held))


def about_own_truth(evidence: Evidence) -> Chapter:
    """Where the county was made by a process, hold the primary designs against what it planted."""
    region = evidence.region
    truths = {} if evidence.known is None else own_truths(evidence.designs, region)
    findings = tuple(own_truth_findings(truths, region)) if truths else ()
    return Chapter(findings, own_truth_reasons(truths))


def about_secondary(evidence: Evidence) -> Chapter:
    """Ask other designs, and whether more help does more."""
    secondary = estimate_secondary(evidence.panel, evidence.tables, evidence.region)
    findings = tuple(secondary_findings(secondary, evidence.known, evidence.region))
    return Chapter(findings, secondary_reasons(secondary, findings))


def about_dynamics(evidence: Evidence) -> Chapter:
    """Follow households over time."""
    panel, region = evidence.panel, evidence.region
    found = estimate_dynamics(panel, region)
    return Chapter(
        tuple(dynamic_findings(found, panel, region)), dynamic_reasons(found), dynamic_texts(found)
    )


def about_distribution(evidence: Evidence) -> Chapter:
    """Ask who gains."""
    panel, region = evidence.panel, evidence.region
    found = estimate_distribution(panel, region)
    return Chapter(
        tuple(distribution_findings(found, panel, region)),
        distribution_reasons(found, panel, region),
        distribution_texts(found, panel, region),
    )


def about_simulation(evidence: Evidence) -> Chapter:
    """Give the records of the designs and of the claims over many counties."""
    records = evidence.records
    effects, claims = records.get("effects"), records.get("claims")
    findings = [] if effects is None else list(simulation_findings(effects))
    if claims is not None:
        findings += claims_record_findings(claims, declared_claims(evidence.region.root))
    reasons = simulation_reasons("simulation", effects) | simulation_reasons("claims_record", claims)
    return Chapter(tuple(findings), reasons)


CHAPTERS: tuple[Callable[[Evidence], Chapter], ...] = (
    about_sensitivity,
    about_secondary,
    about_distribution,
    about_own_truth,
    about_band,
    about_dynamics,
    about_rigidity,
    about_path,
    about_designs,
    about_effects,
    about_data,
    about_inclusion_and_autonomy,
    about_exit,
    about_motivation,
    about_supervision,
    about_simulation,
)
"""Those that take longest first, so that all are done soonest."""

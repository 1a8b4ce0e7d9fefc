"""The claims about problems in one county of known truth: figures, planted figures, grades."""

from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.all_claims import measured_claims
from analysis.problems.claims import Declared, Measured, declared_claims, grade
from analysis.region import Region
from analysis.simulation.counties import known_county
from analysis.simulation.measures import NOTHING, Measure
from analysis.simulation.planted_claims import planted_claims
from analysis.simulation.scenarios import Scenario


def measure_claims(scenario: Scenario, number: int, region: Region) -> list[Measure]:
    """Return a measure of each claim of one county of a kind; claims that are not measured give none."""
    known = known_county(scenario.county(number), region)
    planted = planted_claims(known, region)
    declared = declared_claims(region.root)
    found = measured_claims(known.panel, known.tables, region)
    return [
        claim_measure(key, claim, declared[key], planted.get(key, NOTHING)).of(scenario.name, number)
        for key, claim in found.items()
        if not isinstance(claim, NotApplicable)
    ]


def claim_measure(key: str, found: Measured, declared: Declared, truth: float) -> Measure:
    """Return the measure of one claim, still without its county."""
    return Measure(
        scenario="",
        county=-1,
        design=key,
        estimate=found.value,
        std_error=NOTHING,
        conf_low=found.low,
        conf_high=found.high,
        rejects=float(grade(found, declared) in ("moderate", "strong")),
        truth=truth,
        average=truth,
    )

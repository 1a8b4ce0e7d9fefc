"""What is measured in many counties: the designs of the effects, and the claims about problems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.region import Region
from analysis.simulation import claims_battery, effects_battery
from analysis.simulation.claim_scenarios import CLAIMS
from analysis.simulation.measures import Measure
from analysis.simulation.scenarios import EFFECTS, Scenario


@dataclass(frozen=True, slots=True)
class Battery:
    """How one county is measured, and which kinds of county are."""

    measure: Callable[[Scenario, int, Region], list[Measure]]
    scenarios: Mapping[str, Scenario]


BATTERIES: Mapping[str, Battery] = {
    "effects": Battery(effects_battery.measure_county, EFFECTS),
    "claims": Battery(claims_battery.measure_claims, CLAIMS),
}

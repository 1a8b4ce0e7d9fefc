"""What is held against an effect: one figure a threat, in parts, or the reason why there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from analysis.designs.attempts import not_applicable
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import Specification
from analysis.estimates.results import Estimate
from analysis.estimates.sensitivity.specification_curve import SpecificationCurve
from analysis.faults import Faults
from analysis.region_file import Instrument

Measure = Literal["effect", "outcome", "slope", "multiple", "share", "p"]


@dataclass(frozen=True, slots=True)
class Threat:
    """One figure that shows how far an effect holds; `says` in one clause what it tells.

    `key` names it within its instrument. `measure` is `effect` (the unit of the instrument's effect),
    `outcome` (that of the outcome), `slope` (the outcome's, a year), `multiple`, `share` or `p`. `low` and
    `high` are an interval or, where the label says so, a range.
    """

    key: str
    label: str
    value: float
    measure: Measure
    says: str
    low: float | None = None
    high: float | None = None
    n_obs: int | None = None
    n_clusters: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Threats of one kind under a heading; those that the records do not allow stand with the reason."""

    title: str
    threats: tuple[Threat | NotApplicable, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """All that is held against the effect of one instrument; `primary` is what the text quotes.

    `headline` is the specification of the panel regression.
    """

    instrument: Instrument
    parts: tuple[Part, ...]
    curve: SpecificationCurve | NotApplicable
    primary: Estimate | None
    headline: Specification

    @property
    def found(self) -> tuple[Threat, ...]:
        """The threats that the records allow."""
        return tuple(threat for part in self.parts for threat in part.threats if isinstance(threat, Threat))

    @property
    def missing(self) -> tuple[NotApplicable, ...]:
        """What the records do not allow."""
        return tuple(gap for part in self.parts for gap in part.threats if isinstance(gap, NotApplicable))


Tried = tuple[Threat | NotApplicable, ...]


def tried(name: str, run: Callable[[], Tried]) -> Tried:
    """Return what `run` gives; a fault of the records becomes the reason for nothing."""
    try:
        return run()
    except Faults as faults:
        return (not_applicable(name, faults),)


def of_estimate(key: str, label: str, estimate: Estimate, measure: Measure, says: str) -> Threat:
    """Return an estimate with its interval as a threat."""
    return Threat(
        key,
        label,
        estimate.estimate,
        measure,
        says,
        low=estimate.conf_low,
        high=estimate.conf_high,
        n_obs=estimate.n_obs,
        n_clusters=estimate.n_clusters,
    )

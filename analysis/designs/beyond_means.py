"""What lies beyond average effects: the course of households over time, and the distribution."""

from dataclasses import dataclass

from analysis.designs.distribution import Distribution, estimate_distribution
from analysis.designs.dynamics import Dynamics, estimate_dynamics
from analysis.panel.build import Panel
from analysis.region import Region


@dataclass(frozen=True, slots=True)
class BeyondMeans:
    """Dynamics and distribution of one region."""

    dynamics: Dynamics
    distribution: Distribution


def estimate_beyond_means(panel: Panel, region: Region) -> BeyondMeans:
    """Return dynamics and distribution."""
    return BeyondMeans(estimate_dynamics(panel, region), estimate_distribution(panel, region))

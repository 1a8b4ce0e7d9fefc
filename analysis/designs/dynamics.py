"""Dynamics of a region: persistence of the outcome, and returns below the line."""

from dataclasses import dataclass

from analysis.designs.persistence import Persistence, persistence
from analysis.designs.returns import Returns, returns
from analysis.estimates.hypotheses import NotApplicable
from analysis.panel.build import Panel
from analysis.region import Region


@dataclass(frozen=True, slots=True)
class Dynamics:
    """What the records say about the course of a household, or why they do not."""

    persistence: Persistence | NotApplicable
    returns: Returns | NotApplicable


def estimate_dynamics(panel: Panel, region: Region) -> Dynamics:
    """Return persistence and returns."""
    return Dynamics(persistence(panel), returns(panel, region))

"""The effects that a synthetic region is known to have had, as its `truth.yaml` states them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.settings import read_yaml


@dataclass(frozen=True, slots=True)
class Known:
    """Realised effects by instrument and outcome, in the unit of the instrument's treatment."""

    effects: Mapping[str, Mapping[str, float]]

    def effect(self, instrument: str, outcome: str) -> float:
        """Return one effect; raises KeyError where the process has none of this name."""
        return self.effects[instrument][outcome]


def read_known(path: Path) -> Known:
    """Read the realised effects; raises Faults where the file is not YAML."""
    realised = read_yaml(path)["realised"]
    return Known({instrument: entry["outcomes"] for instrument, entry in realised.items()})

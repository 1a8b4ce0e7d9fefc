"""The effects that a synthetic region is known to have had, as its `truth.yaml` states them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.settings import read_yaml


@dataclass(frozen=True, slots=True)
class Known:
    """Realised effects by instrument and outcome, in the unit of the instrument's treatment.

    `post_thresholds` are the post funds at which the gain of a yuan of post pay steps, `post_gains` the gains
    below, between and above them; none where it does not step.
    """

    effects: Mapping[str, Mapping[str, float]]
    post_thresholds: tuple[float, ...] = ()
    post_gains: tuple[float, ...] = ()

    def effect(self, instrument: str, outcome: str) -> float:
        """Return one effect; raises KeyError where the process has none of this name."""
        return self.effects[instrument][outcome]


def read_known(path: Path) -> Known:
    """Read the realised effects and the planted steps; raises Faults where the file is not YAML."""
    truth = read_yaml(path)
    planted = {name: entry["value"] for name, entry in truth["planted"].items()}
    effects = {instrument: entry["outcomes"] for instrument, entry in truth["realised"].items()}
    if planted["post_band"] != "two_thresholds":
        return Known(effects)
    return Known(effects, tuple(planted["post_thresholds"]), tuple(planted["post_gains"]))

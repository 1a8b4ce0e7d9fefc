"""The effects that a synthetic region is known to have had, as its `truth.yaml` states them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.settings import read_yaml
from analysis.synthetic.truth import Truth


@dataclass(frozen=True, slots=True)
class Known:
    """Realised effects by instrument and outcome, in the unit of the instrument's treatment.

    `post_thresholds` are the post funds at which the gain of a yuan of post pay steps, `post_gains` the gains
    below, between and above them; none where it does not step. `pass_through` has net yuan per yuan of
    subsidy of households with labour (`able`, a range) and without (`unable`), `sector_gains` the factor on
    the effect of projects with one, two, three or more sectors in the village, `lines` each township's line
    over the official one.
    """

    effects: Mapping[str, Mapping[str, float]]
    post_thresholds: tuple[float, ...] = ()
    post_gains: tuple[float, ...] = ()
    pass_through: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    sector_gains: tuple[float, ...] = ()
    lines: Mapping[str, float] = field(default_factory=dict)

    def effect(self, instrument: str, outcome: str) -> float:
        """Return one effect; raises KeyError where the process has none of this name."""
        return self.effects[instrument][outcome]


def planted_truth(path: Path) -> Truth:
    """Read everything that was planted; raises Faults where the file is not YAML."""
    planted = {name: entry["value"] for name, entry in read_yaml(path)["planted"].items()}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in planted.items()
    }
    return Truth(**values)


def read_known(path: Path) -> Known:
    """Read the realised effects and the planted steps; raises Faults where the file is not YAML."""
    truth = read_yaml(path)
    planted = {name: entry["value"] for name, entry in truth["planted"].items()}
    steps = planted["post_band"] == "two_thresholds"
    return Known(
        effects={instrument: entry["outcomes"] for instrument, entry in truth["realised"].items()},
        pass_through={
            "able": tuple(planted["pass_through_able"]),
            "unable": (planted["pass_through_no_labour"],),
        },
        sector_gains=tuple(planted["diversity_gain"]),
        lines={code: rules["line_factor"] for code, rules in truth["townships"].items()},
        post_thresholds=tuple(planted["post_thresholds"]) if steps else (),
        post_gains=tuple(planted["post_gains"]) if steps else (),
    )

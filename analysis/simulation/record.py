"""Committed records of simulations: figures by scenario and design or claim, and the code they are of."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd
import yaml

from analysis.problems.claims import DECLARED
from analysis.settings import read_yaml
from analysis.simulation.code_hash import code_hash
from analysis.simulation.measures import Performance, performances

FOLDER = Path("data") / "simulation"
MEASURED: Mapping[str, tuple[str, tuple[Path, ...]]] = {
    "effects": ("analysis.simulation.effects_battery", ()),
    "claims": ("analysis.simulation.claims_battery", (DECLARED,)),
}
"""The module that measures one county and the files that it reads, by battery."""
HEAD = "# Made by `study simulate`; never edited.\n"


@dataclass(frozen=True, slots=True)
class SimulationRecord:
    """Performances in the order of the run; `fresh` says whether the code is still the one measured."""

    performances: tuple[Performance, ...]
    code: str
    fresh: bool

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The kinds of county, in order."""
        return tuple(dict.fromkeys(found.scenario for found in self.performances))

    def of(self, scenario: str, design: str) -> Performance:
        """Return one performance; raises KeyError where it was not measured."""
        for found in self.performances:
            if (found.scenario, found.design) == (scenario, design):
                return found
        raise KeyError(f"{design} was not measured in {scenario}")


def write_record(root: Path, battery: str, measures: pd.DataFrame, code: str) -> Path:
    """Write the record of a battery on many counties, of the code with this hash; return its folder."""
    folder = root / FOLDER / battery
    folder.mkdir(parents=True, exist_ok=True)
    frame = performances(measures)
    frame.to_csv(folder / "performance.csv", index=False, float_format="%.6g", lineterminator="\n")
    about = {"code": code, "counties": measures.groupby("scenario")["county"].nunique().to_dict()}
    text = HEAD + yaml.safe_dump(about, sort_keys=True)
    (folder / "about.yaml").write_text(text, encoding="utf-8", newline="\n")
    return folder


def read_record(root: Path, battery: str) -> SimulationRecord | None:
    """Return the record of a battery, or None where none was made."""
    folder = root / FOLDER / battery
    if not (folder / "about.yaml").is_file():
        return None
    code = str(read_yaml(folder / "about.yaml")["code"])
    frame = pd.read_csv(folder / "performance.csv")
    names = [field.name for field in fields(Performance)]
    found = tuple(
        Performance(**dict(zip(names, row, strict=True))) for row in frame[names].itertuples(index=False)
    )
    return SimulationRecord(found, code, code == measured_code(root, battery))


def measured_code(root: Path, battery: str) -> str:
    """Return the hash of all that a battery measures."""
    module, files = MEASURED[battery]
    return code_hash(root, module, *files)

"""The registry: all findings of one run by name, and the inputs they were computed from."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from analysis.faults import Fault, Faults, did_you_mean
from analysis.findings.kinds import Column, Figure, Number, Table

Kind = TypeVar("Kind", Number, Table, Figure)


@dataclass(frozen=True, slots=True)
class Registry:
    """Findings by id; `unsupported` gives the reason for each feature the region's data do not have."""

    numbers: Mapping[str, Number]
    tables: Mapping[str, Table]
    figures: Mapping[str, Figure]
    supported: tuple[str, ...]
    unsupported: Mapping[str, str]
    texts: Mapping[str, str]
    inputs: Mapping[str, str]
    stamp: str

    def number(self, name: str) -> Number:
        """Return a number; raises Faults with the nearest id."""
        return found(self.numbers, "number", name)

    def table(self, name: str) -> Table:
        """Return a table; raises Faults with the nearest id."""
        return found(self.tables, "table", name)

    def figure(self, name: str) -> Figure:
        """Return a figure; raises Faults with the nearest id."""
        return found(self.figures, "figure", name)


def found(kind: Mapping[str, Kind], word: str, name: str) -> Kind:
    """Return `kind[name]`; raises Faults where there is none."""
    if name not in kind:
        raise Faults(
            [Fault("registry", f"unknown {word} {name!r}", f"a {word} of this run", did_you_mean(name, kind))]
        )
    return kind[name]


def to_json(registry: Registry) -> str:
    """Return the registry as JSON, in the order of the findings."""
    return json.dumps(dataclasses.asdict(registry), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Registry:
    """Return the registry that `to_json` wrote."""
    content: dict[str, Any] = json.loads(text)
    return Registry(
        numbers={name: Number(**entry) for name, entry in content["numbers"].items()},
        tables={name: table_from(entry) for name, entry in content["tables"].items()},
        figures={name: Figure(**entry) for name, entry in content["figures"].items()},
        supported=tuple(content["supported"]),
        unsupported=content["unsupported"],
        texts=content["texts"],
        inputs=content["inputs"],
        stamp=content["stamp"],
    )


def table_from(entry: dict[str, Any]) -> Table:
    """Return the table of a JSON entry, its columns and rows as tuples again."""
    columns = tuple(Column(**column) for column in entry["columns"])
    rows = tuple(tuple(row) for row in entry["rows"])
    return Table(**(entry | {"columns": columns, "rows": rows}))

"""The registry: all findings of one run by name, and the inputs they were computed from."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from analysis.faults import Fault, Faults, did_you_mean
from analysis.findings.kinds import Column, Drawing, Figure, Finding, Number, Table

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


def registry_of(
    findings: Iterable[Finding],
    supported: tuple[str, ...],
    unsupported: Mapping[str, str],
    texts: Mapping[str, str],
    inputs: Mapping[str, str],
    stamp: str,
) -> Registry:
    """Return the registry of `findings`; raises Faults on an id given twice."""
    everything = list(findings)
    seen: dict[str, str] = {}
    twice = []
    for finding in everything:
        if finding.id in seen:
            where = f"{seen[finding.id]} and {finding.maker}"
            twice.append(
                Fault(where, f"the id {finding.id!r} is given twice", "one finding an id", "rename one")
            )
        seen[finding.id] = finding.maker
    if twice:
        raise Faults(twice)
    return Registry(
        numbers={finding.id: finding for finding in everything if isinstance(finding, Number)},
        tables={finding.id: finding for finding in everything if isinstance(finding, Table)},
        figures={finding.id: finding.drawn() for finding in everything if isinstance(finding, Drawing)},
        supported=supported,
        unsupported=unsupported,
        texts=texts,
        inputs=inputs,
        stamp=stamp,
    )


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

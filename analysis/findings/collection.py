"""Collect the findings of a run into its registry."""

from collections.abc import Iterable, Mapping

from analysis.faults import Fault, Faults
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.kinds import Number, Table
from analysis.findings.registry import Registry


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

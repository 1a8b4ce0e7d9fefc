"""The passport of one finding, or the list of all, as text for the terminal."""

from analysis.faults import Fault, Faults, did_you_mean
from analysis.findings.formats import passport
from analysis.findings.registry import Registry


def listed(registry: Registry) -> str:
    """Return every id with what it is."""
    numbers = [f"{number.id:44} {number.label}" for number in registry.numbers.values()]
    tables = [f"{table.id:44} {table.caption}" for table in registry.tables.values()]
    figures = [f"{figure.id:44} {figure.caption}" for figure in registry.figures.values()]
    return "\n".join([*numbers, *tables, *figures])


def explained(registry: Registry, name: str) -> str:
    """Return where a number, table or figure comes from; raises Faults with the nearest id."""
    if name in registry.numbers:
        lines = [name, *passport(registry.numbers[name]).split(" · ")]
    elif name in registry.tables or name in registry.figures:
        exhibit = registry.tables[name] if name in registry.tables else registry.figures[name]
        lines = [name, exhibit.caption, f"made in {exhibit.maker}"]
    else:
        known = [*registry.numbers, *registry.tables, *registry.figures]
        raise Faults([Fault("study explain", f"unknown id {name!r}", "an id", did_you_mean(name, known))])
    files = [f"{path} ({digest[:16]})" for path, digest in registry.inputs.items()]
    return "\n  ".join([*lines, "computed from", *files])

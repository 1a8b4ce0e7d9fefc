"""Which column of a sheet holds which variable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

import pandas as pd

from analysis.codebook import Variable
from analysis.faults import Fault
from analysis.region import Region
from analysis.region_file import File
from analysis.sources.header_row import misplaced_headers, normal
from analysis.sources.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one variable as text, with all that is needed to read and to name them.

    `unit` is 万元 where the region declares it; `codes` are the only values an identifier may have, where
    the region lists them.
    """

    name: str
    variable: Variable
    place: str
    header: str
    position: int
    cells: pd.Series
    unit: str | None = None
    codes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matching:
    """Columns found for a table's variables, headers that belong to none, and what is wrong."""

    columns: tuple[Column, ...]
    unused: tuple[str, ...]
    faults: tuple[Fault, ...]


def match_columns(sheet: Sheet, region: Region, table: str) -> Matching:
    """Find each variable's column: by the region's header, else the codebook's, a synonym, or the name."""
    entry = region.settings.tables[table]
    variables = region.variables_of(table)
    accepted = {name: accepted_headers(name, variable, entry) for name, variable in variables.items()}
    misplaced = misplaced_headers(sheet, table, accepted)
    if misplaced:
        return Matching((), (), tuple(misplaced))
    present = [normal(header) for header in sheet.headers]
    columns, faults = [], []
    for name, variable in variables.items():
        chosen = chosen_headers(accepted[name], present)
        if len(chosen) == 1 and present.count(normal(chosen[0])) == 1:
            position = present.index(normal(chosen[0]))
            columns.append(column_at(sheet, position, name, variable, entry, region))
        else:
            faults.append(unmatched(sheet, table, name, accepted[name], chosen))
    taken = {column.position for column in columns}
    unused = tuple(
        header for position, header in enumerate(sheet.headers) if header and position not in taken
    )
    return Matching(tuple(columns), unused, tuple(faults))


def accepted_headers(name: str, variable: Variable, entry: File) -> tuple[str, ...]:
    """Return the headers under which a variable may stand, the preferred one first."""
    if name in entry.columns:
        return (entry.columns[name],)
    return tuple(dict.fromkeys([variable.header or name, *variable.synonyms, name]))


def chosen_headers(accepted: tuple[str, ...], present: list[str]) -> tuple[str, ...]:
    """Return the preferred header where it is present, else every accepted one that is: two are a fault."""
    found = tuple(header for header in accepted if normal(header) in present)
    return found[:1] if found[:1] == accepted[:1] else found


def column_at(
    sheet: Sheet, position: int, name: str, variable: Variable, entry: File, region: Region
) -> Column:
    """Return the column of a variable; the study's years bound `year`, its townships their code."""
    years = region.settings.years
    bounds = {"minimum": years.first, "maximum": years.last} if name == "year" else {}
    unit = entry.units.get(name)
    return Column(
        name=name,
        variable=variable.model_copy(update=bounds),
        place=sheet.place,
        header=sheet.headers[position],
        position=position,
        cells=sheet.cells[position],
        unit=None if unit == "元" else unit,
        codes=tuple(region.settings.townships) if name == "township_code" else (),
        labels=sheet.labels.get(position, {}),
    )


def unmatched(
    sheet: Sheet, table: str, name: str, accepted: tuple[str, ...], chosen: tuple[str, ...]
) -> Fault:
    """Return the fault of a variable without a column, or with several."""
    where = f"{sheet.place}, row {sheet.header_row}" if sheet.header_row else sheet.place
    if not chosen:
        mend = nearest(accepted, sheet.headers, table, name)
        return Fault(where, f"no column for {name!r}", " or ".join(accepted), mend)
    if len(chosen) > 1:
        return Fault(
            where,
            f"several columns for {name!r}: {', '.join(chosen)}",
            "one of them",
            f"say which in region.yaml: {setting(table, name, chosen[0])}",
        )
    twice = f"the header {chosen[0]!r} occurs twice"
    return Fault(where, twice, "each header once", "rename or remove one of the columns")


def setting(table: str, name: str, header: str) -> str:
    """Return the lines of region.yaml that name the column of a variable."""
    return f"`tables: {{{table}: {{columns: {{{name}: {header}}}}}}}`"


def nearest(accepted: Iterable[str], present: Iterable[str], table: str, name: str) -> str:
    """Return the mend that names the header most like an accepted one."""
    headers = [header for header in present if header]
    near = [match for header in accepted for match in get_close_matches(header, headers, n=1, cutoff=0.6)]
    if not near:
        choose = f"say in region.yaml which one it is: {setting(table, name, '...')}"
        return f"add the column, {choose}, or list under `read` the variables that there are"
    return f"did you mean {near[0]!r}? then say so in region.yaml: {setting(table, name, near[0])}"

"""Read and check one table of a region."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.faults import Fault
from analysis.region import Region
from analysis.sources.accounting import accounting_faults
from analysis.sources.categories import read_category
from analysis.sources.files import Source, digest
from analysis.sources.headers import Column, Matching, match_columns
from analysis.sources.identifiers import read_identifier, read_text
from analysis.sources.keys import duplicate_faults
from analysis.sources.months import read_month
from analysis.sources.numbers import read_number
from analysis.sources.privacy import personal_faults
from analysis.sources.reading import read_sheet
from analysis.sources.sheet import Sheet
from analysis.sources.values import Typed

READERS = {
    "identifier": read_identifier,
    "integer": read_number,
    "number": read_number,
    "category": read_category,
    "month": read_month,
    "text": read_text,
}


@dataclass(frozen=True, slots=True)
class Record:
    """One table as read: `frame` holds the columns without fault, its index the row numbers of the file."""

    table: str
    place: str
    source: Source
    columns: tuple[Column, ...]
    unused: tuple[str, ...]
    frame: pd.DataFrame
    faults: tuple[Fault, ...]


def read_record(region: Region, table: str, path: Path) -> Record:
    """Read one table from `path`; raises Faults where the file cannot be read at all."""
    entry = region.settings.tables[table]
    sheet = read_sheet(path, entry)
    matching = match_columns(sheet, region, table)
    typed = {column.name: READERS[column.variable.type](column) for column in matching.columns}
    frame = pd.DataFrame(
        {name: column.values for name, column in typed.items() if not column.faults}, index=sheet.cells.index
    )
    return Record(
        table=table,
        place=sheet.place,
        source=Source(entry.file, digest(path), sheet.encoding),
        columns=matching.columns,
        unused=matching.unused,
        frame=frame,
        faults=tuple(record_faults(region, table, sheet, matching, typed, frame)),
    )


def record_faults(
    region: Region,
    table: str,
    sheet: Sheet,
    matching: Matching,
    typed: dict[str, Typed],
    frame: pd.DataFrame,
) -> list[Fault]:
    """Return all faults of a table, from headers to sums; without any header there is nothing else."""
    if not matching.columns:
        return list(matching.faults)
    accounting = accounting_faults(sheet.place, frame, matching.columns) if table == "households" else []
    return [
        *matching.faults,
        *sheet.ragged,
        *personal_columns(sheet, matching),
        *(fault for column in typed.values() for fault in column.faults),
        *duplicate_faults(sheet.place, frame, matching.columns, list(region.codebook.tables[table].key)),
        *accounting,
    ]


def personal_columns(sheet: Sheet, matching: Matching) -> list[Fault]:
    """Return the faults of columns with personal data, whether the study reads them or not."""
    identifiers = {column.position for column in matching.columns if column.variable.type == "identifier"}
    return [
        fault
        for position, header in enumerate(sheet.headers)
        for fault in personal_faults(sheet.place, header, sheet.cells[position], position in identifiers)
    ]

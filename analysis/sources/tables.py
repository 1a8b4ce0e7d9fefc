"""All tables of a region, or all that is wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.faults import Fault, Faults
from analysis.region import Region
from analysis.sources.files import Source, locate, not_found
from analysis.sources.record import Record, read_record
from analysis.sources.references import reference_faults


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a region, each value checked.

    `frames` have the codebook's variable names as columns and one row for each record, in the order of the
    file: identifiers and text as str, integers as int64 (Int64 where missing is allowed), numbers as float64
    in the unit of the codebook, categories as categoricals of the codebook's codes, months as datetime64[s]
    at the first of the month. `missing` says for each optional table that was not delivered where it was
    looked for. `unused` are the headers that no variable has.
    """

    frames: Mapping[str, pd.DataFrame]
    missing: Mapping[str, str]
    rows_read: Mapping[str, int]
    files: Mapping[str, Source]
    unused: Mapping[str, tuple[str, ...]]


def read_tables(region: Region, progress: Callable[[str], None]) -> Tables:
    """Read and check every table of the region; raises Faults with all faults of all files."""
    records: dict[str, Record] = {}
    missing: dict[str, str] = {}
    faults: list[Fault] = []
    for table, entry in region.settings.tables.items():
        path = locate(region, entry.file)
        if path is None and entry.optional:
            missing[table] = f"{entry.file} is not in {', '.join(region.raw_folders)}"
            continue
        progress(f"reading {table} from {entry.file}")
        try:
            if path is None:
                raise not_found(region, entry)
            records[table] = read_record(region, table, path)
        except Faults as unreadable:
            faults += unreadable.faults
    faults += [fault for record in records.values() for fault in record.faults]
    faults += reference_faults(records)
    if faults:
        raise Faults(faults)
    return Tables(
        frames={table: record.frame.reset_index(drop=True) for table, record in records.items()},
        missing=missing,
        rows_read={table: len(record.frame) for table, record in records.items()},
        files={table: record.source for table, record in records.items()},
        unused={table: record.unused for table, record in records.items()},
    )

"""Rows of a ledger that point at a household or a project that its own table does not hold."""

from collections.abc import Mapping

from analysis.faults import Fault
from analysis.sources.record import Record
from analysis.sources.values import report

HOME = {"household_id": "households", "project_id": "projects"}


def reference_faults(records: Mapping[str, Record]) -> list[Fault]:
    """Return the faults of all ledgers; a column that could not be read has its own faults already."""
    return [
        fault
        for name, home in HOME.items()
        if home in records and name in records[home].frame
        for table, record in records.items()
        if table != home and name in record.frame
        for fault in unknown_faults(record, name, records[home])
    ]


def unknown_faults(record: Record, name: str, home: Record) -> list[Fault]:
    """Return the faults of one ledger's identifiers that `home` does not hold."""
    column = next(column for column in record.columns if column.name == name)
    values = record.frame[name]
    unknown = column.cells[values.notna() & ~values.isin(set(home.frame[name].dropna()))]
    mend = f"correct the identifier, remove the row, or add the record to {home.place}"
    return report(column, unknown, f"an identifier that stands in {home.place}", lambda _: mend)

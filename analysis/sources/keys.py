"""Rows whose key stands in another row already."""

from collections.abc import Sequence

import pandas as pd

from analysis.faults import Fault
from analysis.sources.grouped import MOST
from analysis.sources.headers import Column
from analysis.sources.privacy import masked


def duplicate_faults(
    place: str, frame: pd.DataFrame, columns: Sequence[Column], key: Sequence[str]
) -> list[Fault]:
    """Return the faults of rows whose key stands in an earlier row, naming that row.

    Says nothing where a column of the key could not be read: its own faults come first.
    """
    if not set(key) <= set(frame.columns):
        return []
    shared = frame[frame.duplicated(list(key), keep=False)]
    rows = shared.index.to_series()
    first = rows.groupby([shared[name] for name in key], observed=True).transform("min")
    again = rows[rows != first]
    parts = [column for column in columns if column.name in key]
    headers = " + ".join(column.header for column in parts)
    faults = [
        Fault(
            f"{place}, row {row}, column {headers}",
            f"{key_text(parts, row)} stands in row {first[row]} already",
            "one row for each key",
            "remove one of the two rows, or mend its key",
        )
        for row in again.iloc[:MOST]
    ]
    if len(again) > MOST:
        faults.append(
            Fault(
                f"{place}, row {again.iloc[MOST]} and further, column {headers}",
                f"{len(again) - MOST:,} more rows repeat the key of an earlier row",
                "one row for each key",
                "remove the repeated rows, best where the file comes from",
            )
        )
    return faults


def key_text(parts: Sequence[Column], row: int) -> str:
    """Return the key of a row as it stands in the file, with personal numbers masked."""
    return " + ".join(masked(column.cells[row]) for column in parts)

"""A sheet: the cells of one table as text, before anything is known about what they mean."""

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.faults import Fault, Faults
from analysis.sources.grouped import MOST

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
TOP = 10
EXACT = 10**15
DELIVER = "deliver the records, or take the table out of region.yaml"

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as text.

    `cells` has one column per header, numbered from 0, without surrounding blanks; its index holds the row
    numbers that a spreadsheet shows (in a format without header row: the number of the record). `top` are
    the first rows as they stand. `labels` are the value labels of a column, code to label. `ragged` are the
    faults of rows that have more or fewer fields than there are headers; `cells` leaves these rows out.
    """

    place: str
    headers: tuple[str, ...]
    header_row: int
    cells: pd.DataFrame
    top: tuple[tuple[str, ...], ...] = ()
    encoding: str | None = None
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    ragged: tuple[Fault, ...] = ()


def sheet_of(place: str, rows: Sequence[Row], header_row: int, encoding: str | None = None) -> Sheet:
    """Return the sheet whose headers stand in row `header_row` (from 1); rows without text are no records.

    Raises Faults where there is nothing under the headers.
    """
    require_rows(place, rows, header_row)
    headers = tuple(text.strip() for text in rows[header_row - 1])
    numbered = [
        (number, row)
        for number, row in enumerate(rows[header_row:], header_row + 1)
        if any(map(str.strip, row))
    ]
    require_records(place, numbered)
    whole = [(number, row) for number, row in numbered if len(row) == len(headers)]
    return Sheet(
        place=place,
        headers=headers,
        header_row=header_row,
        cells=cells_of(whole, len(headers)),
        top=tuple(tuple(row) for row in rows[:TOP]),
        encoding=encoding,
        ragged=tuple(ragged(place, numbered, len(headers))),
    )


def require_rows(place: str, rows: Sequence[Row], header_row: int) -> None:
    """Raise Faults where it is empty or ends before its header row."""
    if not any(any(map(str.strip, row)) for row in rows):
        raise Faults([Fault(place, "it is empty", "a row of headers and a row for each record", DELIVER)])
    if len(rows) < header_row:
        raise Faults(
            [
                Fault(
                    place,
                    f"the file has {len(rows)} rows, and `header_row` is {header_row}",
                    "a header row within the file",
                    "correct `header_row` in region.yaml",
                )
            ]
        )


def require_records(place: str, records: Sized) -> None:
    """Raise Faults where there are headers and nothing else."""
    if not len(records):
        raise Faults([Fault(place, "there is no row under the headers", "a row for each record", DELIVER)])


def cells_of(numbered: Sequence[tuple[int, Row]], width: int) -> pd.DataFrame:
    """Return the texts of numbered rows of `width` fields, without surrounding blanks."""
    index = pd.Index([number for number, _ in numbered], name="row", dtype="int64")
    columns = {
        position: pd.Series([row[position] for _, row in numbered], index, dtype=TEXT).str.strip()
        for position in range(width)
    }
    return pd.DataFrame(columns, index=index)


def ragged(place: str, numbered: Sequence[tuple[int, Row]], width: int) -> list[Fault]:
    """Return a fault for the first rows whose number of fields differs from that of the headers."""
    wrong = [(number, len(row)) for number, row in numbered if len(row) != width]
    faults = [
        Fault(
            f"{place}, row {number}",
            f"{found} fields",
            f"{width} fields, as in the row of headers",
            "put a field that holds a comma between double quotes" if found > width else "complete the row",
        )
        for number, found in wrong[:MOST]
    ]
    if len(wrong) > MOST:
        faults.append(
            Fault(
                f"{place}, row {wrong[MOST][0]} and further",
                f"{len(wrong) - MOST:,} more rows with too many or too few fields",
                f"{width} fields, as in the row of headers",
                "export the file again",
            )
        )
    return faults

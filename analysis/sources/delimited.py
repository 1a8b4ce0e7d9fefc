"""Read a comma-separated file as text."""

import csv
import io
from pathlib import Path

from analysis.faults import Fault, Faults
from analysis.region_file import File
from analysis.sources.encodings import decode
from analysis.sources.sheet import Sheet, sheet_of


def read_delimited(path: Path, entry: File) -> Sheet:
    """Return the sheet of a .csv file; raises Faults on its encoding and on broken quotes."""
    decoded = decode(entry.file, path.read_bytes(), entry.encoding)
    rows = records(entry.file, decoded.text)
    return sheet_of(entry.file, rows, entry.header_row, decoded.encoding)


def records(place: str, text: str) -> list[list[str]]:
    """Return the fields of every record; a blank line is one without fields, and keeps its number."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise Faults(
            [
                Fault(
                    f"{place}, line {reader.line_num}",
                    f"broken quotes: {error}",
                    'fields between double quotes, a quote inside a field doubled ("")',
                    "correct the quotes on this line or in the record that ends here",
                )
            ]
        ) from None

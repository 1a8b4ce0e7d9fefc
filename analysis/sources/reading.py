"""Choose the reader by the name of the file."""

from pathlib import Path

from analysis.faults import Fault, Faults
from analysis.region_file import File
from analysis.sources.delimited import read_delimited
from analysis.sources.sheet import Sheet
from analysis.sources.typed_files import read_parquet, read_stata
from analysis.sources.workbook import read_workbook

SUFFIXES = (".csv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".dta")


def read_sheet(path: Path, entry: File) -> Sheet:
    """Return the table in a file as text; raises Faults where the file cannot be read as its name says."""
    match path.suffix.lower():
        case ".csv":
            return read_delimited(path, entry)
        case ".xlsx" | ".xlsm" | ".xls" | ".ods":
            return read_workbook(path, entry)
        case ".parquet":
            return read_parquet(path, entry)
        case ".dta":
            return read_stata(path, entry)
        case suffix:
            raise Faults(
                [
                    Fault(
                        entry.file,
                        f"a file of the kind {suffix!r}",
                        ", ".join(SUFFIXES),
                        "export it in one of these formats",
                    )
                ]
            )

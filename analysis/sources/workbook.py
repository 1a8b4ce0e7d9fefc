"""Read a sheet of a spreadsheet as text."""

import datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, WorksheetNotFound

from analysis.faults import Fault, Faults, did_you_mean
from analysis.region_file import File
from analysis.sources.sheet import EXACT, Sheet, sheet_of

Cell = str | float | int | bool | datetime.date | datetime.time | datetime.timedelta


def read_workbook(path: Path, entry: File) -> Sheet:
    """Return the declared sheet of a workbook, or its first; raises Faults where there is none such."""
    try:
        workbook = CalamineWorkbook.from_path(path)
    except PasswordError:
        raise Faults(
            [Fault(entry.file, "it is locked", "a workbook without password", "save it without one")]
        ) from None
    except CalamineError as error:
        raise Faults(
            [
                Fault(
                    entry.file,
                    f"it cannot be read as a workbook: {error}",
                    ".xlsx, .xlsm, .xls or .ods",
                    "open it in a spreadsheet program and save it as .xlsx",
                )
            ]
        ) from None
    with workbook:
        name = entry.sheet or workbook.sheet_names[0]
        place = f"{entry.file}, sheet {name}"
        try:
            sheet = workbook.get_sheet_by_name(name)
        except WorksheetNotFound:
            raise Faults([no_sheet(entry.file, name, workbook.sheet_names)]) from None
        cells = sheet.to_python(skip_empty_area=False)
    return sheet_of(place, [[text_of(cell) for cell in row] for row in cells], entry.header_row)


def no_sheet(file: str, name: str, present: list[str]) -> Fault:
    """Return the fault of a sheet that is not in the workbook."""
    return Fault(file, f"no sheet {name!r}", ", ".join(present), did_you_mean(name, present))


def text_of(cell: Cell) -> str:
    """Return a cell as it would be typed: 12 and not 12.0, dates as 2019-03-01.

    A whole number of more than 15 digits stays in exponent form: a spreadsheet has cut it, and no identifier
    may be made of it.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT else repr_exponent(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell)


def repr_exponent(number: float) -> str:
    """Return the shortest text that gives the number back, in exponent form from 1e15 on."""
    return repr(number) if abs(number) < EXACT else f"{number:.16e}"

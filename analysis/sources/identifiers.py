"""Text that identifies: kept as it stands, zeros in front and all."""

from analysis.faults import did_you_mean
from analysis.sources.headers import Column
from analysis.sources.values import Typed, empty_faults, filled, report

CUT = r"(?:[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+)"
AS_TEXT = "a spreadsheet has cut the number: format the column as text at its source, and export again"
TOTALS = ("合计", "总计", "小计", "共计")


def read_identifier(column: Column) -> Typed:
    """Return the column as text; a number that a spreadsheet has cut, and a row of totals, are faults."""
    cells = filled(column)
    cut = cells.str.fullmatch(CUT)
    totals = cells.isin(TOTALS)
    faults = empty_faults(column, "an identifier")
    faults += report(column, cells[cut], "all digits of the identifier", lambda _: AS_TEXT)
    faults += report(column, cells[totals], "a record in each row", lambda _: "remove the row of totals")
    if column.codes:
        unknown = ~cells.isin(column.codes) & ~cut & ~totals
        allowed = ", ".join(column.codes)
        faults += report(column, cells[unknown], allowed, lambda text: did_you_mean(text, column.codes))
    return Typed(column.cells.where(column.cells != ""), tuple(faults))


def read_text(column: Column) -> Typed:
    """Return the column as text."""
    return Typed(column.cells.where(column.cells != ""), tuple(empty_faults(column, "a text")))

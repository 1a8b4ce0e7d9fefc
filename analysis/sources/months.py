"""Text to months."""

import re

import pandas as pd

from analysis.sources.headers import Column
from analysis.sources.values import Typed, empty_faults, filled, if_nothing, report

ALLOWED = "a month such as 2019-03, 2019.03, 2019/3, 2019年3月 or 201903, with or without the day"
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
TIME = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
YEAR = r"((?:19|20)[0-9]{2})"
FORMS = (
    rf"^{YEAR}(?:[-/年])(1[0-2]|0?[1-9])(?:月|月{DAY}日|[-/]{DAY})?{TIME}$",
    rf"^{YEAR}\.(1[0-2]|0[1-9])(?:\.{DAY})?$",
    rf"^{YEAR}(1[0-2]|0[1-9])(?:0[1-9]|[12][0-9]|3[01])?$",
)
SERIAL = re.compile(r"[34][0-9]{4}")


def read_month(column: Column) -> Typed:
    """Return the column as datetime64[s], the first day of each month; a day in the cell is not kept.

    After a point the month has two digits: 2019.1 may be October whose zero a spreadsheet dropped.
    """
    cells = filled(column)
    parts = cells.str.extract(FORMS[0])
    for form in FORMS[1:]:
        parts = parts.where(parts[0].notna(), cells.str.extract(form))
    legible = parts[0].notna()
    faults = empty_faults(column, ALLOWED)
    faults += report(column, cells[~legible], ALLOWED, lambda text: mend_month(column, text))
    known = parts[legible]
    months = pd.to_datetime(known[0] + "-" + known[1].str.zfill(2) + "-01", format="%Y-%m-%d")
    return Typed(months.astype("datetime64[s]").reindex(column.cells.index), tuple(faults))


def mend_month(column: Column, text: str) -> str:
    """Return how to mend a text that is no month."""
    nothing = if_nothing(column, text)
    if nothing:
        return nothing
    if SERIAL.fullmatch(text):
        return "this is a spreadsheet's day number: format the cells as a date and export again"
    return "write year and month"

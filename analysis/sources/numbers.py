"""Text to numbers, whole or not, in the unit of the codebook."""

import re
import unicodedata

import numpy as np
import pandas as pd

from analysis.faults import Fault
from analysis.sources.headers import Column
from analysis.sources.money import in_yuan, unit_faults
from analysis.sources.values import Typed, empty_faults, filled, if_nothing, report

NUMBER = r"(?:-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)"
WHOLE = r"(?:-?[0-9]{1,15}(?:\.0*)?)"
DECORATION = re.compile(r"[,\s]|元|人|亩|个月|月|岁|%$")


def read_number(column: Column) -> Typed:
    """Return the column as float64, as int64 where it is whole and complete, as Int64 where it is whole."""
    whole = column.variable.type == "integer"
    cells = filled(column)
    legible = cells.str.fullmatch(WHOLE if whole else NUMBER)
    allowed = allowed_numbers(column)
    faults = empty_faults(column, allowed)
    faults += report(column, cells[~legible], allowed, lambda text: mend_number(column, text))
    numbers = in_yuan(column, parsed(cells[legible]))
    unlikely = unit_faults(column, numbers)
    faults += unlikely or range_faults(column, numbers, allowed)
    return Typed(placed(column, numbers, whole), tuple(faults))


def parsed(cells: pd.Series) -> pd.Series:
    """Return legible texts as float64, each rounded correctly."""
    return cells.astype("double[pyarrow]").astype("float64")


def placed(column: Column, numbers: pd.Series, whole: bool) -> pd.Series:
    """Return the numbers on the rows of the sheet."""
    values = numbers.reindex(column.cells.index)
    if not whole:
        return values
    return values.astype("Int64" if column.variable.missing or values.hasnans else "int64")


def range_faults(column: Column, numbers: pd.Series, allowed: str) -> list[Fault]:
    """Return the faults of numbers outside minimum and maximum."""
    low, high = column.variable.minimum, column.variable.maximum
    outside = ~numbers.between(-np.inf if low is None else low, np.inf if high is None else high)
    wrong = column.cells[numbers.index[outside]]
    return report(column, wrong, allowed, lambda _: "correct the number where the file comes from")


def allowed_numbers(column: Column) -> str:
    """Say which numbers a column may hold."""
    variable = column.variable
    kind = "a whole number" if variable.type == "integer" else "a number"
    plain = column.name == "year"
    low, high = (
        None if limit is None else shown(limit, plain) for limit in (variable.minimum, variable.maximum)
    )
    match low, high:
        case None, None:
            bounds = ""
        case _, None:
            bounds = f" of {low} or more"
        case None, _:
            bounds = f" of {high} or less"
        case _:
            bounds = f" from {low} to {high}"
    unit = f" ({variable.unit})" if variable.unit else ""
    converted = ", once 万元 are turned into yuan" if column.unit else ""
    return f"{kind}{bounds}{unit}{converted}"


def shown(limit: float, plain: bool) -> str:
    """Return a limit as text; a year has no separator."""
    return f"{limit:.0f}" if plain else f"{limit:,.10g}"


def mend_number(column: Column, text: str) -> str:
    """Return how to mend a text that is no number."""
    nothing = if_nothing(column, text)
    if nothing:
        return nothing
    plain = unicodedata.normalize("NFKC", text).replace("−", "-")
    bare = DECORATION.sub("", plain)
    if re.fullmatch(NUMBER, bare) and bare != text:
        return f"write {float(bare) / 100:.10g}" if plain.endswith("%") else f"write {bare}"
    if column.variable.type == "integer" and re.fullmatch(NUMBER, text):
        return "write a whole number"
    return "write digits only"

"""What the readers of single values share: empty cells, words for nothing, how a wrong cell is reported."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.faults import Fault
from analysis.sources.grouped import grouped
from analysis.sources.headers import Column

NOTHING = (
    "-",
    "--",
    "—",
    "——",
    "/",
    ".",
    "无",
    "没有",
    "暂无",
    "不详",
    "空",
    "na",
    "n/a",
    "nan",
    "none",
    "null",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """Values of a column on the rows of its sheet, and its faults; where there are any, it is not used."""

    values: pd.Series
    faults: tuple[Fault, ...]


def filled(column: Column) -> pd.Series:
    """Return the cells that hold something."""
    return column.cells[column.cells != ""]


def report(column: Column, wrong: pd.Series, allowed: str, mend: Callable[[str], str]) -> list[Fault]:
    """Return the faults of the wrong cells of a column."""
    return grouped(column.place, column.header, wrong, allowed, mend)


def empty_faults(column: Column, allowed: str) -> list[Fault]:
    """Return the fault of empty cells in a column that must be complete."""
    if column.variable.missing:
        return []
    return report(column, column.cells[column.cells == ""], allowed, lambda _: "fill in the cell")


def if_nothing(column: Column, text: str) -> str | None:
    """Return the mend of a text that says there is no value, None where it says something else."""
    if text.lower() not in NOTHING:
        return None
    return "leave the cell empty" if column.variable.missing else "fill in the cell: none may be empty here"

"""What the paper can ask for by name: a number, a table, a figure."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]


def maker() -> str:
    """Return file and line of the code that is making a finding, relative to the project."""
    frame = sys._getframe(2)
    return f"{Path(frame.f_code.co_filename).relative_to(ROOT).as_posix()}:{frame.f_lineno}"


@dataclass(frozen=True, slots=True)
class Number:
    """One number: its value at full precision, what it is, and where it comes from."""

    id: str
    value: float
    label: str
    unit: str
    decimals: int = 0
    std_error: float | None = None
    low: float | None = None
    high: float | None = None
    n_obs: int | None = None
    n_clusters: int | None = None
    estimator: str | None = None
    sample: str | None = None
    maker: str = field(default_factory=maker)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `width` is its share of the line relative to the others."""

    header: str
    align: Literal["left", "right", "center"] = "right"
    width: int = 10


@dataclass(frozen=True, slots=True)
class Table:
    """A table of formatted cells; a row with text in its first cell only is a heading of the rows below."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: str = ""
    maker: str = field(default_factory=maker)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that has been drawn into `figures/<region>/<id>.svg` and `.png`, its data beside it."""

    id: str
    caption: str
    alt: str
    maker: str

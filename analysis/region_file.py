"""The content of a `region.yaml`: names, years, files, units, instruments, policy lines with their source."""

from typing import Literal

from pydantic import Field, model_validator

from analysis.codebook import Label, Variable
from analysis.settings import Settings

Instrument = Literal["subsidies", "projects", "posts"]
INSTRUMENTS: tuple[Instrument, ...] = ("subsidies", "projects", "posts")
LEDGERS = {"subsidies": "subsidies", "projects": "beneficiaries", "posts": "posts"}


class Years(Settings):
    """First and last period of the study."""

    first: int
    last: int


class File(Settings):
    """One file as received, and how its columns are called, where they differ from the codebook."""

    file: str
    sheet: str | None = None
    header_row: int = 1
    encoding: Literal["utf-8", "gb18030"] | None = None
    read: tuple[str, ...] | None = None
    columns: dict[str, str] = {}
    units: dict[str, Literal["元", "万元"]] = {}
    optional: bool = False


class Ledger(Settings):
    """An instrument whose treatment is built from the region's ledger of it."""

    ledger: Literal[True]


class Column(Settings):
    """An instrument that is a column of the household table, in force from a period on."""

    variable: str
    starts: int | None = None


class Outcome(Settings):
    """What the effects are on: income composed of its sources, or a variable of the household table."""

    variable: str = "income_total"
    decimals: int = 0
    unit: Label = Label(en="yuan a year per capita", zh="元/人·年")


class Line(Settings):
    """The line of one year, per capita, at current prices."""

    year: int
    amount: float
    source: str


class Prices(Settings):
    """Annual price changes in percent; money is put into prices of the base year."""

    base: int
    change: dict[int, float]
    source: str


class Fact(Settings):
    """A published figure about the region."""

    value: float | str
    unit: str | None = None
    label: Label
    source: str


class PublicCost(Settings):
    """What a yuan of pay from posts costs the public beyond the worth of the work that it buys."""

    per_yuan: float = Field(gt=0)
    source: str


class RegionFile(Settings):
    """The content of `region.yaml`."""

    name: Label
    place: Label
    title: Label
    setting: Label
    synthetic: bool = False
    years: Years
    raw: tuple[str, ...] = ()
    townships: dict[str, Label] = {}
    tables: dict[str, File]
    keep: dict[str, tuple[str | int | float, ...]] = {}
    study_sample: dict[str, tuple[str | int | float, ...]] = {}
    outcome: Outcome = Outcome()
    controls: tuple[str, ...] = ()
    instruments: dict[Instrument, Ledger | Column]
    lines: tuple[Line, ...] = ()
    prices: Prices | None = None
    public_cost: PublicCost | None = None
    facts: dict[str, Fact] = {}
    variables: dict[str, Variable] = {}

    @model_validator(mode="after")
    def years_in_order(self) -> "RegionFile":
        """The study has at least two periods, and lines and prices belong to them once each."""
        if self.years.first >= self.years.last:
            raise ValueError(f"years: first ({self.years.first}) must come before last ({self.years.last})")
        dated = [line.year for line in self.lines]
        if len(dated) != len(set(dated)):
            raise ValueError("lines: a year is given twice")
        return self

"""What is particular to a region: names, years, files, units, instruments, policy lines with their source."""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from analysis.codebook import CODEBOOK, Codebook, Label, Language, Variable, read_codebook
from analysis.faults import Fault, Faults, did_you_mean
from analysis.settings import Settings, read_settings

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


class Region(Settings):
    """A region: its file, where its folder is, and the codebook with its own variables."""

    slug: str
    folder: Path
    settings: RegionFile
    codebook: Codebook

    @property
    def raw(self) -> Path:
        """Folder of the files as received."""
        return self.folder / "raw"

    @property
    def root(self) -> Path:
        """Folder of the project, which holds `data/<slug>/`."""
        return self.folder.parent.parent

    @property
    def raw_folders(self) -> tuple[str, ...]:
        """Folders where the files as received may be, relative to the project, in the order of search."""
        return self.settings.raw or (self.raw.relative_to(self.root).as_posix(),)

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """Instruments that the region's records hold, in the order of the study."""
        return tuple(name for name in INSTRUMENTS if name in self.settings.instruments)

    @cached_property
    def line_by_year(self) -> dict[int, float]:
        """Policy line of each year, yuan a year per capita at current prices."""
        return {line.year: line.amount for line in self.settings.lines}

    @cached_property
    def price_index(self) -> dict[int, float]:
        """Price level of each year, 1 in the base year; all ones where the region gives no prices."""
        years = range(self.settings.years.first, self.settings.years.last + 1)
        prices = self.settings.prices
        if prices is None:
            return dict.fromkeys(years, 1.0)
        level = {min(years): 1.0}
        for year in years[1:]:
            level[year] = level[year - 1] * (1 + prices.change[year] / 100)
        return {year: level[year] / level[prices.base] for year in years}

    def treatment(self, instrument: Instrument) -> Variable:
        """Return the variable of an instrument's treatment: the region's own column, or the panel's."""
        entry = self.settings.instruments[instrument]
        return self.codebook.variable(entry.variable if isinstance(entry, Column) else instrument)

    def label(self, name: str, language: Language = "en") -> str:
        """Return the label of a variable of the panel, an instrument under its own column's name."""
        if name in self.settings.instruments:
            return str(getattr(self.treatment(name).label, language))
        return self.codebook.label(name, language)

    def variables_of(self, table: str) -> dict[str, Variable]:
        """Return the variables that the region's file of `table` must hold."""
        chosen = self.settings.tables[table].read
        every = self.codebook.by_table[table]
        return every if chosen is None else {name: self.codebook.variable(name) for name in chosen}


def read_region(slug: str, root: Path = Path()) -> Region:
    """Read `data/<slug>/region.yaml`; raises Faults with every fault of the file."""
    folder = root / "data" / slug
    path = folder / "region.yaml"
    if not path.is_file():
        known = sorted(found.parent.name for found in (root / "data").glob("*/region.yaml"))
        raise Faults(
            [Fault(str(path), f"unknown region {slug!r}", ", ".join(known), did_you_mean(slug, known))]
        )
    settings = read_settings(path, RegionFile)
    codebook = read_codebook(root / CODEBOOK).extended(str(path), settings.variables)
    faults = list(contradictions(str(path), settings, codebook))
    if faults:
        raise Faults(faults)
    return Region(slug=slug, folder=folder, settings=settings, codebook=codebook)


def contradictions(path: str, settings: RegionFile, codebook: Codebook) -> list[Fault]:
    """Return what the file says that the codebook or another part of the file contradicts."""
    return [
        *unknown_names(path, settings, codebook),
        *missing_keys(path, settings, codebook),
        *wrong_units(path, settings, codebook),
        *unknown_values(path, settings, codebook),
        *missing_ledgers(path, settings),
        *missing_prices(path, settings),
    ]


def unknown_names(path: str, settings: RegionFile, codebook: Codebook) -> list[Fault]:
    """Return a fault for each table or variable that is not in the codebook."""
    faults = []
    tables = [name for name, table in codebook.tables.items() if not table.computed]
    for table, entry in settings.tables.items():
        where = f"{path}: tables.{table}"
        if table not in tables:
            faults.append(
                Fault(where, f"unknown table {table!r}", ", ".join(tables), did_you_mean(table, tables))
            )
            continue
        known = codebook.by_table[table]
        faults += [
            Fault(where, f"unknown variable {name!r}", ", ".join(known), did_you_mean(name, known))
            for name in [*(entry.read or ()), *entry.columns, *entry.units]
            if name not in known
        ]
    everywhere = codebook.variables
    named = [*settings.keep, *settings.study_sample, *settings.controls, settings.outcome.variable]
    named += [entry.variable for entry in settings.instruments.values() if isinstance(entry, Column)]
    faults += [
        Fault(
            path, f"unknown variable {name!r}", "a variable of the codebook", did_you_mean(name, everywhere)
        )
        for name in named
        if name not in everywhere
    ]
    return faults


def missing_keys(path: str, settings: RegionFile, codebook: Codebook) -> list[Fault]:
    """Return a fault for each variable that identifies a row and that `read` leaves out."""
    return [
        Fault(
            f"{path}: tables.{table}.read",
            f"{name!r} is missing",
            f"all of the table's key: {', '.join(codebook.tables[table].key)}",
            f"add {name!r} to `read`",
        )
        for table, entry in settings.tables.items()
        if table in codebook.tables and entry.read is not None
        for name in codebook.tables[table].key
        if name not in entry.read
    ]


def wrong_units(path: str, settings: RegionFile, codebook: Codebook) -> list[Fault]:
    """Return a fault for each unit of money given to a variable that is none."""
    return [
        Fault(
            f"{path}: tables.{table}.units.{name}",
            f"{unit!r} for a variable in {codebook.variables[name].unit or 'no unit'}",
            "variables in yuan",
            f"take {name!r} out of `units`",
        )
        for table, entry in settings.tables.items()
        for name, unit in entry.units.items()
        if name in codebook.variables and not (codebook.variables[name].unit or "").startswith("yuan")
    ]


def unknown_values(path: str, settings: RegionFile, codebook: Codebook) -> list[Fault]:
    """Return a fault for each value of `keep` and `study_sample` that its category does not have."""
    return [
        Fault(
            f"{path}: {key}.{name}",
            f"unknown value {value!r}",
            ", ".join(codebook.variables[name].values),
            did_you_mean(str(value), codebook.variables[name].values),
        )
        for key, selected in (("keep", settings.keep), ("study_sample", settings.study_sample))
        for name, allowed in selected.items()
        if name in codebook.variables and codebook.variables[name].values
        for value in allowed
        if value not in codebook.variables[name].values
    ]


def missing_ledgers(path: str, settings: RegionFile) -> list[Fault]:
    """Return a fault for each instrument whose ledger the region does not list."""
    return [
        Fault(
            f"{path}: instruments.{name}",
            f"the ledger {LEDGERS[name]!r} is not among the tables",
            "a ledger that `tables` lists, or a column of the household table",
            f"add `tables: {LEDGERS[name]}`, or name a `variable`, or leave the instrument out",
        )
        for name, entry in settings.instruments.items()
        if isinstance(entry, Ledger) and LEDGERS[name] not in settings.tables
    ]


def missing_prices(path: str, settings: RegionFile) -> list[Fault]:
    """Return a fault for each year of the study without a price change."""
    if settings.prices is None:
        return []
    needed = range(settings.years.first + 1, settings.years.last + 1)
    faults = [
        Fault(
            f"{path}: prices.change",
            f"the year {year} is missing",
            "each year after the first",
            f"add {year}",
        )
        for year in needed
        if year not in settings.prices.change
    ]
    if not settings.years.first <= settings.prices.base <= settings.years.last:
        faults.append(
            Fault(f"{path}: prices.base", f"found {settings.prices.base}", "a year of the study", "change it")
        )
    return faults

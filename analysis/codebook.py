"""Every variable once: header, labels, unit, type, allowed values, table, disclosure class."""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from analysis.faults import Fault, Faults, did_you_mean
from analysis.settings import Settings, read_settings

Language = Literal["en", "zh"]
Disclosure = Literal["identifier", "personal", "sensitive", "public"]
Kind = Literal["identifier", "integer", "number", "category", "month", "text"]

CODEBOOK = Path("data") / "codebook.yaml"
SMALLEST = 8
"""Personal and sensitive variables are published as aggregates of this many persons or households or more."""


class Label(Settings):
    """A name in each language of the paper."""

    en: str
    zh: str


class Value(Label):
    """One allowed value of a category: its labels, and for a subsidy whether it counts as income."""

    note: str | None = None
    countable: bool | None = None


class Variable(Settings):
    """One variable: where it stands, how it is called, what it may hold, who may see it."""

    tables: tuple[str, ...]
    header: str | None = None
    synonyms: tuple[str, ...] = ()
    label: Label
    unit: str | None = None
    type: Kind
    values: dict[str, Value] = {}
    minimum: float | None = None
    maximum: float | None = None
    missing: bool = False
    formula: str | None = None
    disclosure: Disclosure

    @model_validator(mode="after")
    def category_lists_values(self) -> "Variable":
        """A category names its values, and nothing else does."""
        if (self.type == "category") != bool(self.values):
            raise ValueError("a category, and only a category, lists its values")
        return self


class Table(Settings):
    """One table: its label and the variables that identify a row."""

    label: Label
    key: tuple[str, ...]
    computed: bool = False


class Codebook(Settings):
    """All tables and variables of a study."""

    tables: dict[str, Table]
    variables: dict[str, Variable]

    @cached_property
    def by_table(self) -> dict[str, dict[str, Variable]]:
        """Variables of each table, in the order of the codebook."""
        return {
            table: {name: variable for name, variable in self.variables.items() if table in variable.tables}
            for table in self.tables
        }

    def variable(self, name: str) -> Variable:
        """Return the variable called `name`; raises Faults with the nearest name."""
        if name not in self.variables:
            raise Faults(
                [
                    Fault(
                        "codebook",
                        f"unknown variable {name!r}",
                        "a variable of the codebook",
                        did_you_mean(name, self.variables),
                    )
                ]
            )
        return self.variables[name]

    def label(self, name: str, language: Language = "en") -> str:
        """Return the label of a variable in one language."""
        return str(getattr(self.variable(name).label, language))

    def extended(self, where: str, extra: dict[str, Variable]) -> "Codebook":
        """Return the codebook with a region's own variables; a name that exists already is a fault."""
        twice = [
            Fault(
                f"{where}: variables.{name}",
                f"{name!r} is in the codebook already",
                "new names",
                "choose another name",
            )
            for name in extra
            if name in self.variables
        ]
        if twice:
            raise Faults(twice)
        return Codebook(tables=self.tables, variables=self.variables | extra)

    @model_validator(mode="after")
    def tables_exist(self) -> "Codebook":
        """Each variable stands in known tables, and each key is made of the table's variables."""
        for name, variable in self.variables.items():
            for table in variable.tables:
                if table not in self.tables:
                    raise ValueError(f"{name}: unknown table {table!r}, {did_you_mean(table, self.tables)}")
        for table, entry in self.tables.items():
            for key in entry.key:
                if key not in self.by_table[table]:
                    raise ValueError(f"{table}: the key {key!r} is no variable of the table")
        return self


def read_codebook(path: Path) -> Codebook:
    """Read the codebook; raises Faults with every fault of the file."""
    return read_settings(path, Codebook)

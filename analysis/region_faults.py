"""What a `region.yaml` says that the codebook or another part of the file contradicts."""

from analysis.codebook import Codebook
from analysis.faults import Fault, did_you_mean
from analysis.region_file import LEDGERS, Column, Ledger, RegionFile


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

"""What must hold of the columns of a table before they are estimated on: every fault with its mend."""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionDtype

from analysis.faults import Fault, did_you_mean


def where(column: str) -> str:
    """Return the place of a fault in one column."""
    return f"panel, column {column!r}"


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows numbered from 0, named levels of the index as columns, numbers as numpy has them."""
    levels = [name for name in frame.index.names if name is not None and name not in frame.columns]
    rows = frame.reset_index(level=levels).reset_index(drop=True)
    for position, dtype in enumerate(rows.dtypes):
        if isinstance(dtype, ExtensionDtype) and pd.api.types.is_numeric_dtype(dtype):
            values = rows.iloc[:, position]
            held = values.to_numpy(dtype=float, na_value=np.nan) if values.hasnans else values.to_numpy()
            rows.isetitem(position, held if held.dtype != object else held.astype(float))
    return rows


def unknown_columns(frame: pd.DataFrame, columns: Iterable[str]) -> list[Fault]:
    """Return one fault for each column that the table does not have, or has more than once."""
    known = [str(column) for column in frame.columns]
    faults = []
    for column in dict.fromkeys(columns):
        times = known.count(str(column))
        if times == 0:
            mend = did_you_mean(str(column), known)
            faults.append(Fault(where(column), "there is no such column", "a column of the table", mend))
        elif times > 1:
            faults.append(
                Fault(where(column), f"{times} columns of this name", "one", "rename or drop the others")
            )
    return faults


def repeated_faults(columns: Iterable[str]) -> Iterator[Fault]:
    """Yield one fault for each column that plays several parts at once."""
    for column, times in Counter(columns).items():
        if times > 1:
            yield Fault(
                where(column),
                f"named {times} times among entity, outcome, treatments and controls",
                "one part for each column",
                "leave it out of the controls",
            )


def column_faults(
    frame: pd.DataFrame,
    numbers: Iterable[str],
    keys: Iterable[str],
    *,
    outcomes: Iterable[str] = (),
    once: tuple[str, str] | None = None,
    clusters: str | None = None,
) -> list[Fault]:
    """Return what is wrong with the columns of a plain table, nothing if they can be estimated on.

    `numbers` play one part each, `outcomes` among them differ between rows, `keys` have a value in every
    row, `once` are entity and period.
    """
    numbers, keys = tuple(numbers), tuple(dict.fromkeys(keys))
    faults = unknown_columns(frame, (*numbers, *keys))
    if not faults and frame.empty:
        faults = [Fault("panel", "no rows", "one row or more", "look at how the table was selected")]
    if faults:
        return faults
    return [
        *repeated_faults(numbers if once is None else (once[0], *numbers)),
        *number_faults(frame, numbers),
        *outcome_faults(frame, outcomes),
        *mixed_faults(frame, keys),
        *missing_faults(frame, keys),
        *(() if once is None else duplicate_faults(frame, *once)),
        *cluster_faults(frame, clusters),
    ]


def number_faults(frame: pd.DataFrame, columns: Iterable[str]) -> Iterator[Fault]:
    """Yield one fault for each column that is not numeric or holds infinite values."""
    for column in dict.fromkeys(columns):
        values = frame[column]
        if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_complex_dtype(values):
            yield Fault(
                where(column), f"type {values.dtype}", "numbers", "convert it before it is estimated on"
            )
            continue
        infinite = int(np.isinf(values.to_numpy(dtype=float, na_value=np.nan)).sum())
        if infinite:
            yield Fault(
                where(column),
                f"{infinite} infinite value(s)",
                "finite numbers, or empty",
                "look for a division by zero or the logarithm of zero",
            )


def outcome_faults(frame: pd.DataFrame, outcomes: Iterable[str]) -> Iterator[Fault]:
    """Yield one fault for each outcome that is the same in every row."""
    for column in outcomes:
        known = frame[column].dropna().to_numpy()
        if len(known) and (known == known[0]).all():
            yield Fault(
                where(column),
                f"no variation: {known[0]} in every row",
                "an outcome that differs between rows",
                "choose another outcome, or widen the sample",
            )


def mixed_faults(frame: pd.DataFrame, columns: Iterable[str]) -> Iterator[Fault]:
    """Yield one fault for each identifying column in which numbers stand beside text."""
    for column in columns:
        if pd.api.types.infer_dtype(frame[column], skipna=True).startswith("mixed"):
            mend = "convert it with astype(str)"
            yield Fault(where(column), "values of several types", "numbers, or text", mend)


def missing_faults(frame: pd.DataFrame, columns: Iterable[str]) -> Iterator[Fault]:
    """Yield one fault for each identifying column with rows that have no value."""
    for column in columns:
        missing = int(frame[column].isna().sum())
        if missing:
            yield Fault(
                where(column),
                f"{missing} row(s) without a value",
                "a value in every row",
                "fill it or drop them",
            )


def duplicate_faults(frame: pd.DataFrame, entity: str, period: str) -> Iterator[Fault]:
    """Yield a fault if an entity has several rows in one period."""
    twice = frame.duplicated([entity, period])
    if twice.any():
        first = frame.loc[twice, [entity, period]].iloc[0].tolist()
        yield Fault(
            f"panel, columns {entity!r} and {period!r}",
            f"{int(twice.sum())} duplicated row(s), first {first[0]} in {first[1]}",
            "one row an entity and period",
            "aggregate or remove them",
        )


def cluster_faults(frame: pd.DataFrame, clusters: str | None) -> Iterator[Fault]:
    """Yield a fault if errors are to be clustered and there is a single cluster."""
    if clusters is not None and frame[clusters].nunique() < 2:
        yield Fault(
            where(clusters),
            "a single cluster",
            "two clusters or more, better forty",
            "cluster by a smaller unit, or set clusters to None for classical errors",
        )

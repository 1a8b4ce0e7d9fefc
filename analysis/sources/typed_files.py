"""Read the formats that keep types, Stata and Parquet, as the same text that a .csv file would hold."""

import struct
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.faults import Fault, Faults
from analysis.region_file import File
from analysis.sources.sheet import EXACT, TEXT, Sheet, require_records


def read_parquet(path: Path, entry: File) -> Sheet:
    """Return the sheet of a .parquet file; raises Faults where it is none."""
    try:
        frame = pd.read_parquet(path)
    except ValueError:
        raise Faults([unreadable(entry.file, "it is no Parquet file", "a Parquet file")]) from None
    return sheet_of_frame(entry.file, frame, {})


def read_stata(path: Path, entry: File) -> Sheet:
    """Return the sheet of a .dta file: codes as they are stored, their value labels beside them.

    Raises Faults where it is none or cut off, and where it gives one label to two codes.
    """
    try:
        coded = pd.read_stata(path, convert_categoricals=False)
    except (ValueError, struct.error):
        raise Faults([unreadable(entry.file, "it is no Stata file, or cut off", "a Stata file")]) from None
    try:
        labelled = pd.read_stata(path, convert_categoricals=True)
    except ValueError as error:
        reason = str(error).strip().partition(".")[0]
        raise Faults([unreadable(entry.file, reason, "each value label given to one code")]) from None
    labels = {
        position: value_labels(as_text(coded[name]), labelled[name])
        for position, name in enumerate(coded)
        if isinstance(labelled[name].dtype, pd.CategoricalDtype)
    }
    return sheet_of_frame(entry.file, coded, labels)


def unreadable(place: str, found: str, allowed: str) -> Fault:
    """Return the fault of a file that is not in the format of its name."""
    return Fault(place, found, allowed, "export the file again, or as CSV UTF-8")


def value_labels(codes: pd.Series, labels: pd.Series) -> dict[str, str]:
    """Return the label of each code that occurs."""
    pairs = pd.DataFrame({"code": codes, "label": labels.astype(TEXT)}).dropna().drop_duplicates()
    return dict(zip(pairs["code"], pairs["label"], strict=True))


def sheet_of_frame(place: str, frame: pd.DataFrame, labels: dict[int, dict[str, str]]) -> Sheet:
    """Return a data frame as a sheet of text; its rows are numbered from 1, there being no row of headers."""
    require_records(place, frame.index)
    headers = tuple(str(name) for name in frame.columns)
    cells = pd.DataFrame({position: as_text(frame[name]) for position, name in enumerate(frame)})
    cells.index = pd.RangeIndex(1, len(frame) + 1, name="row")
    return Sheet(place=place, headers=headers, header_row=0, cells=cells, labels=labels)


def as_text(column: pd.Series) -> pd.Series:
    """Return a column as text: whole numbers without point, dates as 2019-03-01, missing as an empty text."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        text = column.dt.strftime("%Y-%m-%d")
    elif pd.api.types.is_float_dtype(column.dtype):
        text = number_text(column.astype("float64"))
    else:
        text = column.astype(TEXT)
    known = column.notna()
    return text.astype(TEXT).where(known, "").str.strip()


def number_text(column: pd.Series) -> pd.Series:
    """Return each number as the shortest text that gives it back, whole ones below 1e15 without point."""
    shortest = column.astype("double[pyarrow]").astype("string[pyarrow]").astype(TEXT)
    whole = column.notna() & (column.abs() < EXACT) & (np.floor(column) == column)
    digits = column.where(whole, 0).astype("int64").astype(TEXT)
    return shortest.where(~whole, digits)

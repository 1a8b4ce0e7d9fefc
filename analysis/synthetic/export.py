"""Tables as a bureau exports them: Chinese headers and categories, several files and encodings."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

from analysis.codebook import Codebook, Variable
from analysis.region import Region
from analysis.region_file import File

CREATED = datetime(2024, 3, 1)
EXCEL_CSV = ("township_questionnaire",)
TITLE = "产业帮扶项目台账（模拟数据）"
UNIT = {"元": 1, "万元": 10_000}


def bureau_form(table: str, frame: pd.DataFrame, file: File, codebook: Codebook) -> pd.DataFrame:
    """Return the table with Chinese headers and labels, in the units of the file."""
    columns = {}
    for name, variable in codebook.by_table[table].items():
        values = frame[name]
        if variable.type == "category":
            values = in_chinese(values, variable)
        if name in file.units:
            values = values / UNIT[file.units[name]]
        columns[file.columns.get(name) or variable.header] = values
    return pd.DataFrame(columns)


def in_chinese(values: pd.Series, variable: Variable) -> pd.Series:
    """Return the Chinese label of each category; raises KeyError for a category that the codebook lacks."""
    labels = {key: value.zh for key, value in variable.values.items()}
    missing = values.isna()
    if missing.any() and not variable.missing:
        raise KeyError(f"{variable.header}: empty in row {int(missing.argmax())}")
    known = [labels[value] for value in values[~missing]]
    return pd.Series(known, index=values.index[~missing], dtype=object).reindex(values.index)


def write_raw(
    tables: dict[str, pd.DataFrame], folder: Path, codebook: Codebook, region: Region
) -> tuple[Path, ...]:
    """Write every table into the file that the region names; return the files written."""
    workbooks: dict[Path, list[tuple[File, pd.DataFrame]]] = {}
    written = []
    for table, file in region.settings.tables.items():
        form = bureau_form(table, tables[table], file, codebook)
        path = folder / file.file
        if path.suffix == ".xlsx":
            workbooks.setdefault(path, []).append((file, form))
        else:
            form.to_csv(path, index=False, encoding=encoding_of(table, file), lineterminator="\r\n")
            written.append(path)
    for path, sheets in workbooks.items():
        write_workbook(path, sheets)
        written.append(path)
    return tuple(written)


def encoding_of(table: str, file: File) -> str:
    """Return the encoding; one file carries the byte-order mark that Excel writes."""
    return file.encoding or ("utf-8-sig" if table in EXCEL_CSV else "utf-8")


def write_workbook(path: Path, sheets: Iterable[tuple[File, pd.DataFrame]]) -> None:
    """Write the sheets of a workbook, with a merged title above a header that is not in the first row."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED, "title": TITLE})
        title = book.add_format({"bold": True, "align": "center"})
        for file, frame in sheets:
            sheet = book.add_worksheet(file.sheet)
            top = file.header_row - 1
            if top:
                sheet.merge_range(0, 0, 0, len(frame.columns) - 1, TITLE, title)
            sheet.write_row(top, 0, list(frame.columns))
            for row, values in enumerate(frame.itertuples(index=False), start=top + 1):
                sheet.write_row(row, 0, values)

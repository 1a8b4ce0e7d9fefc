"""The same rows give the same frame from each format; a file that is not what its name says is refused."""

import datetime
import decimal

import pandas as pd
import pytest

from analysis.sources.sheet import TEXT

from .office import Office, household

RECORDS = [
    household(identified_month="2019-03", risk_removed="否", household_id="0012"),
    household(household_id="371481100201", year="2020", arable_land="0.1", risk="", migrant_months="0"),
]
NUMBERS = ("integer", "number")


@pytest.fixture
def typed(office: Office) -> pd.DataFrame:
    """The records with numbers as numbers and months as dates, under the codebook's headers."""
    variables = office.region.codebook.by_table["households"]
    frame = pd.DataFrame(RECORDS, dtype=TEXT)
    for name, variable in variables.items():
        if variable.type in NUMBERS:
            frame[name] = pd.to_numeric(frame[name])
        if variable.type == "month":
            frame[name] = pd.to_datetime(frame[name].replace("", pd.NA), format="%Y-%m")
    return frame.rename(columns=office.headers("households"))


@pytest.fixture
def from_csv(office: Office) -> pd.DataFrame:
    office.write_csv("households", RECORDS)
    return office.read().frames["households"]


def test_parquet_gives_the_frame_of_the_csv(
    office: Office, typed: pd.DataFrame, from_csv: pd.DataFrame
) -> None:
    typed.to_parquet(office.raw / "a.parquet")
    office.settle(tables={"households": {"file": "a.parquet"}})
    pd.testing.assert_frame_equal(office.read().frames["households"], from_csv)


def test_a_workbook_gives_the_frame_of_the_csv(
    office: Office, typed: pd.DataFrame, from_csv: pd.DataFrame
) -> None:
    rows = [
        [
            None if pd.isna(cell) else cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell
            for cell in row
        ]
        for row in typed.astype(object).to_numpy()
    ]
    office.write_xlsx("a.xlsx", {"别的": [["无"]], "农户": [list(typed), *rows]})
    office.settle(tables={"households": {"file": "a.xlsx", "sheet": "农户"}})
    pd.testing.assert_frame_equal(office.read().frames["households"], from_csv)


def test_stata_gives_the_frame_of_the_csv_with_and_without_value_labels(
    office: Office, typed: pd.DataFrame, from_csv: pd.DataFrame
) -> None:
    labelled = typed.astype({"户类型": "category", "是否危房": "category"})
    names = {header: name for name, header in office.headers("households").items()}
    office.settle(tables={"households": {"file": "a.dta"}})
    for frame in (typed, labelled):
        frame.rename(columns=names).to_stata(office.raw / "a.dta", write_index=False, version=118)
        pd.testing.assert_frame_equal(office.read().frames["households"], from_csv)


def test_a_single_precision_number_keeps_its_exact_value(office: Office, typed: pd.DataFrame) -> None:
    typed.astype({"耕地面积": "float32"}).to_parquet(office.raw / "a.parquet")
    office.settle(tables={"households": {"file": "a.parquet"}})
    assert office.read().frames["households"]["arable_land"].tolist() == [3.5, 0.10000000149011612]


def test_a_stored_code_without_a_label_is_an_unknown_category(office: Office, typed: pd.DataFrame) -> None:
    typed.assign(户类型=[1, 2]).to_parquet(office.raw / "a.parquet")
    office.settle(tables={"households": {"file": "a.parquet"}})
    assert [fault.splitlines()[0] for fault in office.faults()] == [
        "a.parquet, row 1, column 户类型: found '1'",
        "a.parquet, row 2, column 户类型: found '2'",
    ]


def test_a_workbook_with_a_merged_title_names_the_row_of_the_headers(office: Office) -> None:
    office.write_xlsx("a.xlsx", {"农户": office.rows("households", RECORDS)}, title="农户年度信息")
    office.settle(tables={"households": {"file": "a.xlsx"}})
    assert office.faults() == [
        "a.xlsx, sheet 农户, row 1: the headers are in row 2\n"
        "    allowed: headers in the row that region.yaml declares, the first unless it says otherwise\n"
        "    mend: say so in region.yaml: `tables: {households: {header_row: 2}}`"
    ]


def test_under_a_declared_title_rows_are_numbered_as_the_spreadsheet_numbers_them(office: Office) -> None:
    rows = office.rows("households", [RECORDS[0], RECORDS[1] | {"workers": "多"}])
    office.write_xlsx("a.xlsx", {"农户": rows}, title="农户年度信息")
    office.settle(tables={"households": {"file": "a.xlsx", "header_row": 2}})
    assert office.faults() == [
        "a.xlsx, sheet 农户, row 4, column 劳动力人数: found '多'\n"
        "    allowed: a whole number from 0 to 20 (persons)\n"
        "    mend: write digits only"
    ]


def test_an_identifier_kept_as_a_long_number_in_a_workbook_is_not_trusted(office: Office) -> None:
    rows = office.rows("households", [RECORDS[0]])
    rows[1][0] = 371481100201000012
    office.write_xlsx("a.xlsx", {"农户": rows})
    office.settle(tables={"households": {"file": "a.xlsx"}})
    assert office.faults() == [
        "a.xlsx, sheet 农户, row 2, column 户编号: found '3.7148110020100000e+17'\n"
        "    allowed: all digits of the identifier\n"
        "    mend: a spreadsheet has cut the number: format the column as text at its source, "
        "and export again"
    ]


def test_a_sheet_that_is_not_there_is_named_beside_those_that_are(office: Office) -> None:
    office.write_xlsx("a.xlsx", {"农户信息": [["无"]], "说明": [["无"]]})
    office.settle(tables={"households": {"file": "a.xlsx", "sheet": "农户"}})
    assert office.faults() == [
        "a.xlsx: no sheet '农户'\n    allowed: 农户信息, 说明\n    mend: did you mean '农户信息'?"
    ]


@pytest.mark.parametrize(
    ("file", "found", "allowed", "mend"),
    [
        (
            "a.xlsx",
            "it cannot be read as a workbook: invalid Zip archive: Could not find EOCD",
            ".xlsx, .xlsm, .xls or .ods",
            "open it in a spreadsheet program and save it as .xlsx",
        ),
        ("a.parquet", "it is no Parquet file", "a Parquet file", "export the file again, or as CSV UTF-8"),
        (
            "a.dta",
            "it is no Stata file, or cut off",
            "a Stata file",
            "export the file again, or as CSV UTF-8",
        ),
        (
            "a.doc",
            "a file of the kind '.doc'",
            ".csv, .xlsx, .xlsm, .xls, .ods, .parquet, .dta",
            "export it in one of these formats",
        ),
    ],
)
def test_a_page_saved_under_another_name_is_refused(
    office: Office, file: str, found: str, allowed: str, mend: str
) -> None:
    (office.raw / file).write_text("<table><tr><td>户编号</td></tr></table>", encoding="utf-8")
    office.settle(tables={"households": {"file": file}})
    assert office.faults() == [f"{file}: {found}\n    allowed: {allowed}\n    mend: {mend}"]


def test_a_date_in_a_workbook_is_its_month(office: Office) -> None:
    rows = office.rows("households", [RECORDS[0]])
    rows[1][rows[0].index("风险识别时间")] = datetime.date(2019, 11, 30)
    office.write_xlsx("a.xlsx", {"农户": rows})
    office.settle(tables={"households": {"file": "a.xlsx"}})
    assert office.read().frames["households"]["identified_month"].tolist() == [pd.Timestamp("2019-11-01")]


def test_one_label_for_two_codes_is_a_fault_that_names_the_column(
    office: Office, typed: pd.DataFrame
) -> None:
    names = {header: name for name, header in office.headers("households").items()}
    frame = typed.assign(户类型=[1, 2]).rename(columns=names)
    labels = {"household_type": {1: "脱贫户", 2: "脱贫户"}}
    frame.to_stata(office.raw / "a.dta", write_index=False, version=118, value_labels=labels)
    office.settle(tables={"households": {"file": "a.dta"}})
    assert office.faults() == [
        "a.dta: Value labels for column household_type are not unique\n"
        "    allowed: each value label given to one code\n"
        "    mend: export the file again, or as CSV UTF-8"
    ]


def test_a_stata_file_that_was_cut_off_is_refused(office: Office, typed: pd.DataFrame) -> None:
    names = {header: name for name, header in office.headers("households").items()}
    typed.rename(columns=names).to_stata(office.raw / "a.dta", write_index=False, version=118)
    whole = (office.raw / "a.dta").read_bytes()
    (office.raw / "a.dta").write_bytes(whole[: len(whole) // 2])
    office.settle(tables={"households": {"file": "a.dta"}})
    assert [fault.splitlines()[0] for fault in office.faults()] == ["a.dta: it is no Stata file, or cut off"]


def test_types_that_only_parquet_has_are_read_by_what_they_say(office: Office, typed: pd.DataFrame) -> None:
    frame = typed.head(1).assign(
        户编号=371481100201000012,
        纯收入=decimal.Decimal("19400.50"),
        风险识别时间=datetime.date(2019, 3, 5),
        家庭人口数=pd.array([2], dtype="Int8"),
    )
    frame.astype({"户类型": "category"}).to_parquet(office.raw / "a.parquet")
    office.settle(tables={"households": {"file": "a.parquet"}})
    row = office.read().frames["households"].iloc[0]
    assert row["household_id"] == "371481100201000012"
    assert row["net_income"] == 19400.5
    assert row["identified_month"] == pd.Timestamp("2019-03-01")
    assert row["household_size"] == 2
    assert row["household_type"] == "alleviated"

"""Every value is read as its type or named with its row, what is allowed, and how to mend it."""

import pandas as pd
import pytest

from analysis.sources.headers import Column
from analysis.sources.record import READERS
from analysis.sources.sheet import TEXT

from .office import HOUSEHOLD, Office, codebook, household, households

WHOLE = "a whole number from 0 to 20 (persons)"
YUAN = "a number from 0 to 2,000,000 (yuan a year)"
MONTH = "a month such as 2019-03, 2019.03, 2019/3, 2019年3月 or 201903, with or without the day"
SERIAL = "this is a spreadsheet's day number: format the cells as a date and export again"
CUT = "a spreadsheet has cut the number: format the column as text at its source, and export again"


def column_of(name: str, *cells: str) -> Column:
    """A column of a.csv with these cells under its header."""
    variable = codebook().variable(name)
    index = pd.RangeIndex(2, 2 + len(cells))
    texts = pd.Series(cells, index, dtype=TEXT)
    return Column(name, variable, place="a.csv", header=str(variable.header), position=0, cells=texts)


@pytest.mark.parametrize(
    ("name", "text", "allowed", "mend"),
    [
        ("workers", "两人", WHOLE, "write digits only"),
        ("workers", "1人", WHOLE, "write 1"),
        ("workers", "１", WHOLE, "write 1"),
        ("workers", "1.5", WHOLE, "write a whole number"),
        ("workers", "21", WHOLE, "correct the number where the file comes from"),
        ("workers", "—", WHOLE, "fill in the cell: none may be empty here"),
        ("other_wage_income", "9,000", YUAN, "write 9000"),
        ("other_wage_income", "9000元", YUAN, "write 9000"),
        ("other_wage_income", "无", YUAN, "fill in the cell: none may be empty here"),
        ("other_wage_income", "-1", YUAN, "correct the number where the file comes from"),
        ("arable_land", "8%", "a number from 0 to 500 (mu)", "write 0.08"),
        ("household_type", "脱贫戶", "一般农户, 脱贫户, 监测户", "did you mean '脱贫户'?"),
        ("household_type", "五保", "一般农户, 脱贫户, 监测户", "use one of: 一般农户, 监测户, 脱贫户"),
        ("risk_removed", "/", "是, 否", "leave the cell empty"),
        ("identified_month", "2019年春", MONTH, "write year and month"),
        ("identified_month", "2019-13", MONTH, "write year and month"),
        ("identified_month", "2019.1", MONTH, "write year and month"),
        ("identified_month", "43525", MONTH, SERIAL),
        ("identified_month", "暂无", MONTH, "leave the cell empty"),
        ("household_id", "3.71481E+17", "all digits of the identifier", CUT),
        ("household_id", "合计", "a record in each row", "remove the row of totals"),
    ],
)
def test_a_value_that_is_not_allowed_is_named(name: str, text: str, allowed: str, mend: str) -> None:
    column = column_of(name, text)
    (fault,) = READERS[column.variable.type](column).faults
    assert str(fault) == (
        f"a.csv, row 2, column {column.header}: found {text!r}\n    allowed: {allowed}\n    mend: {mend}"
    )


def test_years_and_townships_are_those_of_the_region(office: Office) -> None:
    office.write_csv("households", [household(year="2031", township_code="371481109")])
    assert office.faults() == [
        "households.csv, row 2, column 年度: found '2031'\n"
        "    allowed: a whole number from 2018 to 2020\n"
        "    mend: correct the number where the file comes from",
        "households.csv, row 2, column 乡镇代码: found '371481109'\n"
        "    allowed: 371481100, 371481101\n"
        "    mend: did you mean '371481101'?",
    ]


def test_an_empty_cell_is_a_fault_where_the_codebook_wants_a_value(office: Office) -> None:
    office.write_csv("households", households(3, unsafe_house=""))
    assert office.faults() == [
        "households.csv, row 2, column 是否危房: the cell is empty, also in 2 more rows\n"
        "    allowed: 是, 否\n"
        "    mend: fill in the cell"
    ]


def test_values_have_the_types_of_the_codebook(office: Office) -> None:
    office.write_csv("households", [household(risk="", identified_month="2019年3月", risk_removed="否")])
    frame = office.read().frames["households"]
    row = frame.iloc[0]
    assert row["household_id"] == "0001"
    assert row["other_transfer_income"] == 400.5
    assert row["identified_month"] == pd.Timestamp("2019-03-01")
    assert pd.isna(row["removed_month"])
    assert row["risk_removed"] == "no"
    assert pd.isna(row["risk"])
    assert frame["household_type"].cat.categories.tolist() == ["ordinary", "alleviated", "monitored"]
    assert {
        name: str(frame[name].dtype) for name in ("household_id", "year", "net_income", "identified_month")
    } == {
        "household_id": "str",
        "year": "int64",
        "net_income": "float64",
        "identified_month": "datetime64[s]",
    }


@pytest.mark.parametrize(
    "text",
    [
        "2019-03",
        "2019-3",
        "2019.03",
        "2019/3",
        "2019年3月",
        "201903",
        "2019-03-31",
        "2019/3/1",
        "2019年3月15日",
        "20190315",
        "2019-03-01 00:00:00",
    ],
)
def test_a_month_is_read_in_each_of_its_spellings(text: str) -> None:
    typed = READERS["month"](column_of("identified_month", text))
    assert typed.values.tolist() == [pd.Timestamp("2019-03-01")]
    assert typed.faults == ()


@pytest.mark.parametrize("text", ["因务工就业不稳", "loss of work", "job_loss"])
def test_a_category_is_read_from_its_code_and_from_its_label_in_either_language(text: str) -> None:
    assert READERS["category"](column_of("risk", text)).values.tolist() == ["job_loss"]


def test_a_month_that_is_missing_is_allowed_and_an_integer_then_is_nullable(office: Office) -> None:
    office.settle(tables={"members": {"file": "members.csv"}})
    member = {
        "household_id": "0001",
        "person_id": "0001-1",
        "relation": "户主",
        "sex": "女",
        "birth_year": "1950",
        "education": "小学",
        "health": "健康",
        "labour_capacity": "普通劳动力",
        "joined_year": "2016",
        "left_year": "",
        "left_reason": "",
    }
    office.write_csv(
        "members", [member, member | {"person_id": "0001-2", "left_year": "2019", "left_reason": "死亡"}]
    )
    left = office.read().frames["members"]["left_year"]
    assert str(left.dtype) == "Int64"
    assert left.tolist() == [pd.NA, 2019]


def test_the_same_value_is_reported_once_with_the_number_of_rows(office: Office) -> None:
    office.write_csv("households", households(213, household_type="脱贫戶"))
    assert office.faults() == [
        "households.csv, row 2, column 户类型: found '脱贫戶', also in 212 more rows\n"
        "    allowed: 一般农户, 脱贫户, 监测户\n"
        "    mend: did you mean '脱贫户'?"
    ]


def test_values_beyond_the_fifth_are_counted(office: Office) -> None:
    records = [household(household_id=f"{number:04d}", workers=f"甲{number % 9}") for number in range(200)]
    office.write_csv("households", records)
    faults = office.faults()
    assert len(faults) == 6
    assert faults[-1] == (
        "households.csv, row 7 and further, column 劳动力人数: 4 more values of this kind in 88 rows\n"
        "    allowed: a whole number from 0 to 20 (persons)\n"
        "    mend: as above, best where the file comes from"
    )


def test_all_faults_of_all_files_come_at_once(office: Office) -> None:
    office.settle(
        tables={
            "households": {"file": "households.csv"},
            "subsidies": {"file": "subsidies.csv"},
            "posts": {"file": "posts.csv"},
        }
    )
    office.write_csv("households", [household(workers="多", unsafe_house="")])
    office.write_rows("subsidies", [["户编号", "年度", "补贴类型"], ["0009", "2019", "低保"]])
    found = [fault.splitlines()[0] for fault in office.faults()]
    assert found == [
        "posts.csv: no such file",
        "households.csv, row 2, column 劳动力人数: found '多'",
        "households.csv, row 2, column 是否危房: the cell is empty",
        "subsidies.csv, row 1: no column for 'subsidy_amount'",
        "subsidies.csv, row 2, column 补贴类型: found '低保'",
        "subsidies.csv, row 2, column 户编号: found '0009'",
    ]


def test_the_default_record_holds_every_variable_of_the_table() -> None:
    assert list(HOUSEHOLD) == list(codebook().by_table["households"])

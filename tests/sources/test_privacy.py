"""What identifies a person is refused in any column, and no message shows it."""

import pandas as pd
import pytest

from analysis.sources.privacy import masked, passes_identity_check, passes_luhn, personal_faults
from analysis.sources.sheet import TEXT

from .office import Office, household

# The examples of GB 11643-1999, and numbers that fail its check by one digit.
VALID, WRONG = ("11010519491231002X", "440524188001010014"), ("110105194912310021", "440524188001010015")
MEND = (
    "    allowed: nothing that identifies a person\n"
    "    mend: remove the column from the file, or put pseudonyms in its place"
)


def column_of(cells: list[str]) -> pd.Series:
    """Cells under a header, in the rows from the second on."""
    return pd.Series(cells, pd.RangeIndex(2, 2 + len(cells)), dtype=TEXT)


@pytest.mark.parametrize("number", VALID)
def test_the_standard_s_own_examples_pass_its_check(number: str) -> None:
    assert passes_identity_check(number)


@pytest.mark.parametrize("number", WRONG)
def test_a_wrong_last_character_fails_the_check(number: str) -> None:
    assert not passes_identity_check(number)


def test_luhn_s_formula_knows_the_textbook_number() -> None:
    assert passes_luhn("79927398713")
    assert not passes_luhn("79927398710")


@pytest.mark.parametrize(
    ("header", "cells", "found"),
    [
        ("户主姓名", ["甲", "", "乙"], "personal data, by its header, in 2 rows, the first row 2"),
        ("联系电话", ["", "0534-1", ""], "personal data, by its header, in 1 row, the first row 3"),
        ("备注", ["", "证号11010519491231002X", "无"], "identity-card numbers in 1 row, the first row 3"),
        ("备注", ["打13800138000", "", ""], "mobile numbers in 1 row, the first row 2"),
        (
            "一卡通",
            ["6222020000000000000", "6222020000000000018", ""],
            "bank-card numbers in 2 rows, the first row 2",
        ),
    ],
)
def test_personal_data_is_refused(header: str, cells: list[str], found: str) -> None:
    (fault,) = personal_faults("a.csv", header, column_of(cells), identifier=False)
    assert str(fault) == f"a.csv, column {header}: {found}\n{MEND}"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("户主姓名", ["", "", ""]),
        ("是否有手机", ["是", "否", ""]),
        ("备注", ["16.13812345678", "110105194912310021", "138001380001"]),
        ("合同号", ["6222020000000000001", "6222020000000000018", "6222020000000000003"]),
    ],
)
def test_what_only_looks_like_personal_data_is_let_pass(header: str, cells: list[str]) -> None:
    assert personal_faults("a.csv", header, column_of(cells), identifier=False) == []


def test_a_household_number_that_happens_to_pass_luhn_is_let_pass() -> None:
    assert personal_faults("a.csv", "户编号", column_of(["6222020000000000000"]), identifier=True) == []


def test_personal_data_in_a_column_that_the_study_does_not_read_is_refused(office: Office) -> None:
    headers, row = office.rows("households", [household()])
    office.write_rows("households", [[*headers, "备注"], [*row, "打13800138000"]])
    assert office.faults() == [
        f"households.csv, column 备注: mobile numbers in 1 row, the first row 2\n{MEND}"
    ]


def test_identity_cards_used_as_household_numbers_are_refused_and_masked(office: Office) -> None:
    office.write_csv("households", [household(household_id=VALID[0])] * 2)
    assert office.faults() == [
        f"households.csv, column 户编号: identity-card numbers in 2 rows, the first row 2\n{MEND}",
        "households.csv, row 3, column 户编号 + 年度: 110*************** + 2019 stands in row 2 already\n"
        "    allowed: one row for each key\n"
        "    mend: remove one of the two rows, or mend its key",
    ]


def test_no_message_shows_a_personal_number_in_a_column_of_another_kind(office: Office) -> None:
    office.write_csv("households", [household(workers="13800138000", household_type=f"户主{VALID[0]}")])
    text = "\n".join(office.faults())
    assert "found '户主110***************'" in text
    assert "found '138********'" in text
    assert VALID[0] not in text
    assert "13800138000" not in text


def test_a_code_of_eighteen_digits_stays_legible() -> None:
    assert masked("371481100201000012") == "371481100201000012"


def test_a_file_without_headers_does_not_show_the_numbers_of_its_first_person(office: Office) -> None:
    office.write_rows("households", [["甲", VALID[0]], ["乙", VALID[1]]])
    assert office.faults() == [
        "households.csv: none of the 31 expected columns; the row of headers, read as utf-8, "
        "begins '甲', '110***************'\n"
        "    allowed: the columns of this table\n"
        "    mend: look whether this is the right file and sheet, and whether the text above is legible"
    ]

"""Every value that is written is one the codebook allows, in files as the region describes them."""

import re

import pandas as pd
import pytest

from analysis.synthetic.export import bureau_form, write_raw

TABLES = (
    "households",
    "members",
    "subsidies",
    "projects",
    "beneficiaries",
    "posts",
    "township_questionnaire",
    "village_questionnaire",
)
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
ID_CARD = re.compile(r"(?<!\d)\d{15}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_of_the_codebook_in_its_order(table, bundled, laoling):
    assert list(bundled.tables[table]) == list(laoling.codebook.by_table[table])


@pytest.mark.parametrize("table", TABLES)
def test_every_value_is_allowed(table, bundled, laoling):
    for name, variable in laoling.codebook.by_table[table].items():
        values = bundled.tables[table][name]
        known = values.dropna()
        assert variable.missing or len(known) == len(values), name
        if variable.values:
            assert set(known) <= set(variable.values), name
        if variable.minimum is not None:
            assert known.min() >= variable.minimum, name
        if variable.maximum is not None:
            assert known.max() <= variable.maximum, name
        if variable.type == "month":
            assert known.map(MONTH.fullmatch).all(), name


@pytest.mark.parametrize("table", TABLES)
def test_the_key_identifies_a_row(table, bundled, laoling):
    key = list(laoling.codebook.tables[table].key)
    assert not bundled.tables[table].duplicated(key).any()


def test_identifiers_refer_to_each_other(bundled):
    tables = bundled.tables
    home_years = set(zip(tables["households"].household_id, tables["households"].year, strict=True))
    for ledger in ("subsidies", "posts"):
        rows = tables[ledger]
        assert set(zip(rows.household_id, rows.year, strict=True)) <= home_years
    assert set(tables["posts"].person_id) <= set(tables["members"].person_id)
    assert set(tables["beneficiaries"].project_id) <= set(tables["projects"].project_id)
    assert set(tables["beneficiaries"].household_id) <= set(tables["households"].household_id)
    assert set(tables["members"].household_id) == set(tables["households"].household_id)
    assert (tables["households"].village_code.str[:9] == tables["households"].township_code).all()


def test_nothing_looks_like_an_identity_card_number(bundled):
    for frame in bundled.tables.values():
        for column in frame.select_dtypes(["object", "string"]):
            assert not [value for value in frame[column].dropna().unique() if ID_CARD.search(value)]


def test_files_carry_chinese_headers_and_labels_in_their_encoding(tmp_path, bundled, laoling):
    write_raw(bundled.tables, tmp_path, laoling.codebook, laoling)
    text = (tmp_path / "农户年度信息.csv").read_bytes().decode("gb18030")
    assert text.startswith("户编号,年度,")
    assert "脱贫户" in text
    assert (tmp_path / "乡镇问卷.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not (tmp_path / "村级问卷.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_projects_have_a_title_row_and_investment_in_ten_thousands(tmp_path, bundled, laoling):
    write_raw(bundled.tables, tmp_path, laoling.codebook, laoling)
    sheet = pd.read_excel(tmp_path / "产业项目台账.xlsx", sheet_name="项目", header=None, engine="calamine")
    assert sheet.iloc[0, 1:].isna().all()
    investment = list(sheet.iloc[1]).index("投资金额")
    assert float(sheet.iloc[2, investment]) * 10_000 == bundled.tables["projects"].investment.iloc[0]


def test_a_category_that_the_codebook_lacks_is_refused(bundled, laoling):
    wrong = bundled.tables["posts"].assign(post_type="lifeguard")
    with pytest.raises(KeyError, match="lifeguard"):
        bureau_form("posts", wrong, laoling.settings.tables["posts"], laoling.codebook)

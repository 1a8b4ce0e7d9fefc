"""A region says what is particular to it, and nothing that contradicts the codebook or itself."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis.codebook import CODEBOOK
from analysis.faults import Faults
from analysis.region import Region, read_region

PROJECT = Path(__file__).parents[1]
REGIONS = sorted(path.parent.name for path in (PROJECT / "data").glob("*/region.yaml"))
SMALL = {
    "name": {"en": "Demo", "zh": "示例县"},
    "place": {"en": "Nowhere", "zh": "无"},
    "title": {"en": "A demonstration", "zh": "示例"},
    "setting": {"en": "A county.", "zh": "一个县。"},
    "years": {"first": 2018, "last": 2020},
    "tables": {"households": {"file": "a.csv"}},
    "instruments": {},
}


def region(root: Path, **settings: Any) -> Region:
    """Write and read a region `demo` with the project's codebook."""
    folder = root / "data" / "demo"
    folder.mkdir(parents=True)
    shutil.copy(PROJECT / CODEBOOK, root / CODEBOOK)
    (folder / "region.yaml").write_text(
        yaml.safe_dump(SMALL | settings, allow_unicode=True), encoding="utf-8"
    )
    return read_region("demo", root)


def faults(root: Path, **settings: Any) -> list[str]:
    """Messages of a region that must be refused, without the folder it is in."""
    with pytest.raises(Faults) as raised:
        region(root, **settings)
    return [str(fault).replace(f"{root / 'data' / 'demo'}/", "") for fault in raised.value.faults]


@pytest.mark.parametrize("slug", REGIONS)
def test_every_region_of_the_project_is_read(slug: str) -> None:
    assert read_region(slug, PROJECT).slug == slug


def test_a_region_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(Faults) as raised:
        read_region("laolin", PROJECT)
    assert str(raised.value) == (
        f"{PROJECT / 'data' / 'laolin' / 'region.yaml'}: unknown region 'laolin'\n"
        f"    allowed: {', '.join(REGIONS)}\n"
        "    mend: did you mean 'laoling'?"
    )


def test_an_unknown_key_is_answered_with_the_nearest(tmp_path: Path) -> None:
    tables = {"households": {"file": "a.csv", "headerrow": 2}}
    assert faults(tmp_path, tables=tables) == [
        "region.yaml: tables.households.headerrow: unknown key 'headerrow'\n"
        "    allowed: columns, encoding, file, header_row, optional, read, sheet, units\n"
        "    mend: did you mean 'header_row'?"
    ]


def test_unknown_tables_and_variables_come_at_once(tmp_path: Path) -> None:
    tables = {
        "household": {"file": "a.csv"},
        "subsidies": {"file": "b.csv", "columns": {"subsidy_kind": "补贴"}, "units": {"amount": "万元"}},
    }
    found = faults(tmp_path, tables=tables, controls=["worker"])
    assert [fault.splitlines()[0] for fault in found] == [
        "region.yaml: tables.household: unknown table 'household'",
        "region.yaml: tables.subsidies: unknown variable 'subsidy_kind'",
        "region.yaml: tables.subsidies: unknown variable 'amount'",
        "region.yaml: unknown variable 'worker'",
    ]
    assert found[0].endswith("mend: did you mean 'households'?")
    assert found[-1].endswith("mend: did you mean 'workers'?")


def test_a_selection_of_variables_keeps_the_key_of_the_table(tmp_path: Path) -> None:
    tables = {"households": {"file": "a.csv", "read": ["household_id", "workers"]}}
    assert faults(tmp_path, tables=tables) == [
        "region.yaml: tables.households.read: 'year' is missing\n"
        "    allowed: all of the table's key: household_id, year\n"
        "    mend: add 'year' to `read`"
    ]


def test_an_instrument_needs_its_ledger(tmp_path: Path) -> None:
    assert faults(tmp_path, instruments={"projects": {"ledger": True}}) == [
        "region.yaml: instruments.projects: the ledger 'beneficiaries' is not among the tables\n"
        "    allowed: a ledger that `tables` lists, or a column of the household table\n"
        "    mend: add `tables: beneficiaries`, or name a `variable`, or leave the instrument out"
    ]


def test_prices_cover_every_year_after_the_first(tmp_path: Path) -> None:
    prices = {"base": 2021, "change": {2019: 2.9}, "source": "none"}
    assert faults(tmp_path, prices=prices) == [
        "region.yaml: prices.change: the year 2020 is missing\n"
        "    allowed: each year after the first\n"
        "    mend: add 2020",
        "region.yaml: prices.base: found 2021\n    allowed: a year of the study\n    mend: change it",
    ]


def test_the_price_index_is_one_in_the_base_year(tmp_path: Path) -> None:
    prices = {"base": 2019, "change": {2019: 25, 2020: 10}, "source": "none"}
    # 2018 is 1 / 1.25 of 2019, 2020 is 1.10 of it.
    assert region(tmp_path, prices=prices).price_index == pytest.approx({2018: 0.8, 2019: 1.0, 2020: 1.1})


def test_without_prices_the_index_is_one(tmp_path: Path) -> None:
    assert region(tmp_path).price_index == {2018: 1.0, 2019: 1.0, 2020: 1.0}


def test_files_are_looked_for_in_raw_unless_the_region_names_folders(tmp_path: Path) -> None:
    assert region(tmp_path / "a").raw_folders == ("data/demo/raw",)
    assert region(tmp_path / "b", raw=["x", "../y"]).raw_folders == ("x", "../y")


def test_variables_of_a_table_are_all_of_the_codebook_or_those_selected(tmp_path: Path) -> None:
    tables = {
        "households": {"file": "a.csv", "read": ["household_id", "year"]},
        "subsidies": {"file": "b.csv"},
    }
    read = region(tmp_path, tables=tables)
    assert list(read.variables_of("households")) == ["household_id", "year"]
    assert list(read.variables_of("subsidies")) == ["household_id", "year", "subsidy_type", "subsidy_amount"]


def test_only_money_can_be_in_ten_thousands(tmp_path: Path) -> None:
    tables = {"households": {"file": "a.csv", "units": {"workers": "万元", "net_income": "万元"}}}
    assert faults(tmp_path, tables=tables) == [
        "region.yaml: tables.households.units.workers: '万元' for a variable in persons\n"
        "    allowed: variables in yuan\n"
        "    mend: take 'workers' out of `units`"
    ]


def test_a_sample_is_made_of_values_that_the_category_has(tmp_path: Path) -> None:
    sample = {"household_type": ["alleviated", "monitord"]}
    assert faults(tmp_path, study_sample=sample) == [
        "region.yaml: study_sample.household_type: unknown value 'monitord'\n"
        "    allowed: ordinary, alleviated, monitored\n"
        "    mend: did you mean 'monitored'?"
    ]

"""A small county whose files a test writes and spoils."""

import csv
import io
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

from analysis.codebook import CODEBOOK, Codebook, read_codebook
from analysis.faults import Faults
from analysis.region import Region
from analysis.region_file import RegionFile
from analysis.settings import parse_settings
from analysis.sources.tables import Tables, read_tables

PROJECT = Path(__file__).parents[2]

HOUSEHOLD = {
    "household_id": "0001",
    "year": "2019",
    "township_code": "371481100",
    "village_code": "371481100201",
    "household_type": "脱贫户",
    "monitored_type": "",
    "alert_month": "",
    "identified_month": "",
    "detection_channel": "",
    "first_measure_month": "",
    "risk": "因病",
    "risk_removed": "",
    "removal_means": "",
    "removed_month": "",
    "shock": "",
    "household_size": "2",
    "workers": "1",
    "migrant_months": "6",
    "arable_land": "3.5",
    "unsafe_house": "否",
    "other_wage_income": "9000",
    "post_income": "6000",
    "business_income": "4000",
    "business_costs": "1500",
    "other_property_income": "0",
    "dividend_income": "300",
    "subsidy_income": "1200",
    "pension_income": "0",
    "other_transfer_income": "400.5",
    "net_income": "19400.5",
    "net_income_per_capita": "9700.25",
}
SUBSIDY = {"household_id": "0001", "year": "2019", "subsidy_type": "低保金", "subsidy_amount": "1200"}
PROJECT_ROW = {
    "project_id": "P1",
    "project_year": "2018",
    "project_sector": "光伏发电",
    "fund_source": "中央衔接资金",
    "township_code": "371481100",
    "village_code": "371481100201",
    "investment": "600000",
    "guaranteed_yield": "0.08",
    "paid_yield": "0.075",
    "asset_idle": "否",
}
BENEFICIARY = {"project_id": "P1", "household_id": "0001", "benefit_from_year": "2019"}

Record = Mapping[str, str]


class Office:
    """A project folder with one region, `demo`, and its raw files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.raw.mkdir(parents=True)
        self.settle()

    @property
    def raw(self) -> Path:
        return self.root / "data" / "demo" / "raw"

    def headers(self, table: str) -> dict[str, str]:
        return {name: str(variable.header) for name, variable in codebook().by_table[table].items()}

    def rows(self, table: str, records: Iterable[Record]) -> list[list[str]]:
        """Headers and records of a table as an export has them."""
        headers = self.headers(table)
        return [list(headers.values()), *([record[name] for name in headers] for record in records)]

    def write_csv(self, table: str, records: Iterable[Record], encoding: str = "utf-8") -> None:
        self.write_rows(table, self.rows(table, records), encoding)

    def write_rows(self, table: str, rows: Iterable[Iterable[str]], encoding: str = "utf-8") -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        (self.raw / f"{table}.csv").write_bytes(text.getvalue().encode(encoding))

    def write_xlsx(self, file: str, sheets: Mapping[str, Iterable[Iterable[Any]]], title: str = "") -> None:
        """Write a workbook; a title takes the first row, merged over ten columns."""
        with xlsxwriter.Workbook(self.raw / file, {"default_date_format": "yyyy-mm-dd"}) as workbook:
            for name, rows in sheets.items():
                sheet = workbook.add_worksheet(name)
                if title:
                    sheet.merge_range(0, 0, 0, 9, title)
                for number, row in enumerate(rows, start=1 if title else 0):
                    sheet.write_row(number, 0, row)

    def settle(self, **settings: Any) -> None:
        """Set what region.yaml says; without `tables`, the households alone, as households.csv."""
        content = {
            "name": {"en": "Demo", "zh": "示例县"},
            "place": {"en": "Nowhere", "zh": "无"},
            "title": {"en": "A demonstration", "zh": "示例"},
            "setting": {"en": "A county.", "zh": "一个县。"},
            "years": {"first": 2018, "last": 2020},
            "townships": {
                "371481100": {"en": "Yang'an", "zh": "杨安镇"},
                "371481101": {"en": "Zhuji", "zh": "朱集镇"},
            },
            "tables": {"households": {"file": "households.csv"}},
            "instruments": {},
        }
        read = parse_settings("region.yaml", content | settings, RegionFile)
        self.region = Region(
            slug="demo", folder=self.root / "data" / "demo", settings=read, codebook=codebook()
        )

    def read(self) -> Tables:
        return read_tables(self.region, progress=lambda _: None)

    def faults(self) -> list[str]:
        """Every message of a reading that must fail."""
        try:
            self.read()
        except Faults as faults:
            return [str(fault) for fault in faults.faults]
        raise AssertionError("the files were read without a fault")


@cache
def codebook() -> Codebook:
    """The project's codebook, read once."""
    return read_codebook(PROJECT / CODEBOOK)


def household(**changes: str) -> dict[str, str]:
    return HOUSEHOLD | changes


def households(count: int, **changes: str) -> list[dict[str, str]]:
    """Households 0001 to `count`."""
    return [household(household_id=f"{number:04d}", **changes) for number in range(1, count + 1)]

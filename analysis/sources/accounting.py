"""Whether the incomes of a household add up.

Net income = wages + post pay + business income - costs + property income + dividends + subsidies + pensions
+ other transfers, within 2 yuan or half a percent of it. Income per capita is what an office wrote down and
rounded as it saw fit: it must be within a factor of two of net income by size, give or take 500 yuan.
"""

from collections.abc import Sequence

import pandas as pd

from analysis.faults import Fault
from analysis.sources.grouped import MOST
from analysis.sources.headers import Column

ADDED = (
    "other_wage_income",
    "post_income",
    "business_income",
    "other_property_income",
    "dividend_income",
    "subsidy_income",
    "pension_income",
    "other_transfer_income",
)
TAKEN = "business_costs"
TOLERANCE_YUAN, TOLERANCE_SHARE = 2.0, 0.005
FACTOR, SLACK = 2.0, 500.0


def accounting_faults(place: str, frame: pd.DataFrame, columns: Sequence[Column]) -> list[Fault]:
    """Return the faults of household rows that do not add up, as far as their columns could be read."""
    headers = {column.name: column.header for column in columns}
    faults = []
    if {*ADDED, TAKEN, "net_income"} <= set(frame.columns):
        faults += sum_faults(place, frame, headers)
    if {"net_income", "net_income_per_capita", "household_size"} <= set(frame.columns):
        faults += per_capita_faults(place, frame, headers)
    return faults


def sum_faults(place: str, frame: pd.DataFrame, headers: dict[str, str]) -> list[Fault]:
    """Return the faults of rows whose net income is not the sum of its parts."""
    parts = frame[list(ADDED)].sum(axis="columns", skipna=False) - frame[TAKEN]
    tolerance = (frame["net_income"].abs() * TOLERANCE_SHARE).clip(lower=TOLERANCE_YUAN)
    wrong = (frame["net_income"] - parts).abs() > tolerance
    rule = f"{' + '.join(headers[name] for name in ADDED)} - {headers[TAKEN]}, within 2 yuan or 0.5 percent"
    return row_faults(
        place, headers["net_income"], frame["net_income"][wrong], parts[wrong], "the parts give", rule
    )


def per_capita_faults(place: str, frame: pd.DataFrame, headers: dict[str, str]) -> list[Fault]:
    """Return the faults of rows whose income per capita is of another order than net income by size."""
    stated, computed = frame["net_income_per_capita"], frame["net_income"] / frame["household_size"]
    ends = pd.concat([computed / FACTOR, computed * FACTOR], axis="columns")
    wrong = (stated < ends.min(axis="columns") - SLACK) | (stated > ends.max(axis="columns") + SLACK)
    rule = f"{headers['net_income']} / {headers['household_size']}, within a factor of two and 500 yuan"
    return row_faults(
        place, headers["net_income_per_capita"], stated[wrong], computed[wrong], "the row gives", rule
    )


def row_faults(
    place: str, header: str, stated: pd.Series, computed: pd.Series, gives: str, rule: str
) -> list[Fault]:
    """Return a fault for the first rows in which the stated amount is not the computed one."""
    faults = [
        Fault(
            f"{place}, row {row}, column {header}",
            f"found {amount:,.2f}, and {gives} {other:,.2f} (yuan)",
            rule,
            "correct the amounts where the file comes from",
        )
        for row, amount, other in zip(stated.index[:MOST], stated, computed, strict=False)
    ]
    if len(stated) > MOST:
        faults.append(
            Fault(
                f"{place}, row {stated.index[MOST]} and further, column {header}",
                f"{len(stated) - MOST:,} more rows that do not add up",
                rule,
                "correct them like those above; where all rows are wrong, look for a column in another unit",
            )
        )
    return faults

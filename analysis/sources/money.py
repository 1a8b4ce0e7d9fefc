"""Money in the unit of the codebook: 万元 are turned into yuan where the region says so, never by guess.

A column whose unit is yuan is refused where its size says that the declaration is wrong: the median of its
positive amounts is below 10 yuan for an amount of a year and below 1,000 yuan for an investment (a median in
万元 reads as that, a median in yuan never does), or, where 万元 are declared, above the variable's maximum
once converted. Whether amounts agree with one another is the accounting's business.
"""

import pandas as pd

from analysis.faults import Fault
from analysis.sources.headers import Column

FACTOR = 10_000
LEAST_MEDIAN = {"yuan": 1_000.0}
LEAST_MEDIAN_OF_A_YEAR = 10.0
MILLIONTHS = 6


def in_yuan(column: Column, numbers: pd.Series) -> pd.Series:
    """Return the numbers in yuan; rounding to millionths takes away what binary fractions add."""
    return numbers if column.unit is None else (numbers * FACTOR).round(MILLIONTHS)


def unit_faults(column: Column, numbers: pd.Series) -> list[Fault]:
    """Return the fault of a money column whose median says that its unit is not the declared one."""
    unit = column.variable.unit or ""
    positive = numbers[numbers > 0]
    if not unit.startswith("yuan") or positive.empty:
        return []
    median = float(positive.median())
    least = LEAST_MEDIAN.get(unit, LEAST_MEDIAN_OF_A_YEAR)
    where = f"{column.place}, column {column.header}"
    if column.unit is None and median < least:
        return [
            Fault(
                where,
                f"amounts look like 万元: the median of the positive ones is {median:,.10g}",
                f"yuan, with a median of {least:,.0f} or more",
                f"say `units: {{{column.name}: 万元}}` for this table in region.yaml",
            )
        ]
    highest = column.variable.maximum
    if column.unit is not None and highest is not None and median > highest:
        return [
            Fault(
                where,
                f"amounts look like yuan already: read as 万元 their median is {median:,.10g} yuan",
                f"at most {highest:,.10g} yuan",
                f"take `{column.name}: 万元` out of `units` in region.yaml",
            )
        ]
    return []

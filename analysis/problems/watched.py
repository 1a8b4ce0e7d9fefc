"""Households under monitoring: one row a household, and one row a household and month."""

import numpy as np
import pandas as pd

DECEMBER = 11


def month_number(months: pd.Series) -> pd.Series:
    """Return months counted from year 0, missing where the date is."""
    return months.dt.year * 12 + months.dt.month - 1


def watched_households(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the last record of each household that was ever included, with month numbers.

    `identified` and `removed` are month numbers, `removed` missing for those still monitored; `last` is the
    last month in which the household is on record as monitored.
    """
    last = panel[panel["identified_month"].notna()].drop_duplicates("household_id", keep="last")
    removed = month_number(last["removed_month"])
    seen = last["year"] * 12 + DECEMBER
    return last.assign(
        identified=month_number(last["identified_month"]),
        removed=removed,
        last=removed.where(removed.notna(), seen),
    )


def watched_months(households: pd.DataFrame) -> pd.DataFrame:
    """Return one row a household and month from inclusion to removal or the end of the records.

    `elapsed` counts months since inclusion from 0; `left` is 1 in the month of removal, `december` says
    whether the month is a December.
    """
    length = (households["last"] - households["identified"] + 1).astype("int64")
    rows = households.loc[households.index.repeat(length), ["household_id", "township_code"]]
    elapsed = np.concatenate([np.arange(n) for n in length]) if len(length) else np.array([], dtype=int)
    month = np.repeat(households["identified"].to_numpy(), length) + elapsed
    removed = np.repeat(households["removed"].to_numpy(), length)
    return rows.assign(
        elapsed=elapsed, left=(month == removed).astype("int64"), december=month % 12 == DECEMBER
    ).reset_index(drop=True)

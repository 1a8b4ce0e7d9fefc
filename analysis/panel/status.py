"""Status of a household-year: below the dated line, under monitoring."""

from collections.abc import Mapping

import pandas as pd


def below_line(income_nominal: pd.Series, year: pd.Series, line: Mapping[int, float]) -> pd.Series:
    """Return 1 where income at current prices is below the line of its year, 0 elsewhere."""
    return (income_nominal < year.map(line)).astype("int64")


def under_monitoring(households: pd.DataFrame) -> pd.Series:
    """Return 1 where the household was identified by the year and its risk not removed before it."""
    year = households["year"]
    identified = households["identified_month"].dt.year
    removed = households["removed_month"].dt.year
    since = identified.notna() & (identified <= year)
    ended = removed.notna() & (removed < year)
    return (since & ~ended).astype("int64")

"""The yearly screening for monitoring: who could be included, what was known of them, who was."""

from collections.abc import Mapping

import pandas as pd

KEY = ["household_id", "year"]


def screening(panel: pd.DataFrame, line: Mapping[int, float]) -> pd.DataFrame:
    """Return the panel's household-years that could be included, with `distance` and `included`.

    `distance` is last year's reported income at current prices over last year's line, less 1: what officials
    know when they decide. Rows without a report of last year, and of households included before, are out.
    Years before the first inclusion of the region are left out.
    """
    identified = panel["identified_month"].dt.year
    first = int(identified.min())
    before = panel[[*KEY, "income_nominal"]].assign(year=panel["year"] + 1)
    known = before.rename(columns={"income_nominal": "known_income"})
    open_ = panel[(panel["year"] >= first) & ~(identified < panel["year"])]
    rows = open_.merge(known, on=KEY, how="inner", validate="one_to_one")
    distance = rows["known_income"] / (rows["year"] - 1).map(line) - 1
    included = (rows["identified_month"].dt.year == rows["year"]).astype("int64")
    return rows.assign(distance=distance, included=included)

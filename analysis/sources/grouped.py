"""Faults of many rows, told so that a report stays readable: once per value, and at most five values."""

from collections.abc import Callable

import pandas as pd

from analysis.faults import Fault
from analysis.sources.privacy import masked, shortened

MOST = 5


def grouped(
    place: str, header: str, offending: pd.Series, allowed: str, mend: Callable[[str], str]
) -> list[Fault]:
    """Return the faults of the offending cells of one column, for one reason.

    `offending` holds the texts, its index the row numbers. Each fault names the first row of a value and the
    number of further rows; values beyond the fifth are counted in a last fault. `mend` gets the text.
    """
    if offending.empty:
        return []
    firsts = offending.drop_duplicates()
    counts = offending.value_counts()
    faults = [
        Fault(
            f"{place}, row {row}, column {header}",
            found(text) + further(int(counts[text]) - 1),
            allowed,
            masked(mend(text)),
        )
        for row, text in firsts.iloc[:MOST].items()
    ]
    if len(firsts) > MOST:
        rest = offending[~offending.isin(firsts.iloc[:MOST])]
        faults.append(
            Fault(
                f"{place}, row {rest.index[0]} and further, column {header}",
                f"{len(firsts) - MOST:,} more values of this kind in {len(rest):,} rows",
                allowed,
                "as above, best where the file comes from",
            )
        )
    return faults


def found(text: str) -> str:
    """Show an offending text."""
    return f"found {shortened(text)!r}" if text else "the cell is empty"


def further(rows: int) -> str:
    """Say in how many more rows the same value stands."""
    if rows == 0:
        return ""
    return f", also in {rows:,} more row{'s' if rows > 1 else ''}"

"""Answers to the items of one scale, checked and counted."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.estimates.weighted_rows import weighted_rows
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Answers n by k of those who answered every item, k items of one scale that point the same way.

    Rows are in the order of their values, so that draws do not depend on who stands first in the table.
    """

    items: tuple[str, ...]
    values: Floats
    dropped: tuple[Dropped, ...]


def answers_of(frame: pd.DataFrame, items: tuple[str, ...], fewest: int) -> Answers:
    """Return complete answers.

    Raises `Faults` as `mean` does, for fewer items than `fewest`, fewer than three answers, and items that
    everybody answers alike.
    """
    if len(items) < fewest:
        found = f"{len(items)} item(s)"
        raise Faults([Fault("items", found, f"{fewest} or more", "name all items of the scale")])
    rows = weighted_rows(frame, items, weights=None, clusters=None)
    values = rows.values[list(items)].to_numpy(dtype=float)
    faults = [
        Fault(
            f"table, column {item!r}", "the same answer in every row", "answers that differ", "leave it out"
        )
        for item, column in zip(items, values.T, strict=True)
        if (column == column[0]).all()
    ]
    if len(values) < 3:
        faults = [Fault("table", f"{len(values)} complete answer(s)", "three or more", "ask more people")]
    if faults:
        raise Faults(faults)
    return Answers(items, values[np.lexsort(values.T)], rows.dropped)

"""Rows of a weighted, clustered sample, checked and counted."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, mixed_faults, plain, unknown_columns, where
from analysis.estimates.panel_sample import codes, complete_rows, refuse_empty
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class WeightedRows:
    """Columns n by k with positive weights (n, persons or 1) and cluster codes (n)."""

    values: pd.DataFrame
    weights: Floats
    clusters: Codes
    cluster_column: str | None
    dropped: tuple[Dropped, ...]

    def column(self, name: str) -> Floats:
        """Return one column as floats."""
        return self.values[name].to_numpy(dtype=float)

    def mean(self, values: Floats) -> float:
        """Return the weighted mean of n values."""
        return float(self.weights @ values / self.weights.sum())

    def only(self, keep: pd.Series, reason: str) -> "WeightedRows":
        """Return the rows to keep, the others counted under a reason; raises `Faults` if none is left."""
        lost = int((~keep).sum())
        if lost == 0:
            return self
        if lost == len(keep):
            raise Faults([Fault("table", f"no row is left: {reason}", "at least one row", "see the column")])
        mask = keep.to_numpy()
        return WeightedRows(
            values=self.values[mask],
            weights=self.weights[mask],
            clusters=np.unique(self.clusters[mask], return_inverse=True)[1],
            cluster_column=self.cluster_column,
            dropped=(*self.dropped, Dropped(reason, lost)),
        )


def weighted_rows(
    frame: pd.DataFrame, columns: tuple[str, ...], *, weights: str | None, clusters: str | None
) -> WeightedRows:
    """Return complete rows of positive weight; without clusters each row is its own.

    Raises `Faults` for unknown, non-numeric, infinite or negative-weight columns and empty samples.
    """
    numbers = columns if weights is None else (*columns, weights)
    used = numbers if clusters is None else (*numbers, clusters)
    frame = plain(frame)
    faults = unknown_columns(frame, used) or column_faults(frame, dict.fromkeys(numbers), ())
    faults += mixed_faults(frame, used) if not faults else []
    if not faults and weights is not None and (frame[weights] < 0).any():
        faults.append(Fault(where(weights), "negative weights", "persons, zero or more", "mend the column"))
    if faults:
        raise Faults(faults)
    rows, dropped = complete_rows(frame[list(dict.fromkeys(used))], used)
    if weights is not None and (rows[weights] == 0).any():
        dropped.append(Dropped(f"{weights} is zero", int((rows[weights] == 0).sum())))
        rows = rows[rows[weights] > 0]
    refuse_empty(rows, dropped)
    return WeightedRows(
        values=rows,
        weights=np.ones(len(rows)) if weights is None else rows[weights].to_numpy(dtype=float),
        clusters=np.arange(len(rows)) if clusters is None else codes(rows[clusters]),
        cluster_column=clusters,
        dropped=tuple(dropped),
    )

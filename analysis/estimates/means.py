"""The weighted mean of a column, with its clustered error."""

import pandas as pd

from analysis.estimates.index_estimate import IndexEstimate, linearised
from analysis.estimates.weighted_rows import weighted_rows


def mean(
    frame: pd.DataFrame, column: str, *, weights: str | None = None, clusters: str | None = None
) -> IndexEstimate:
    """Return `mu = sum_i w_i y_i / sum_i w_i`, in the unit of the column; linearised `y_i - mu`."""
    rows = weighted_rows(frame, (column,), weights=weights, clusters=clusters)
    values = rows.column(column)
    mu = rows.mean(values)
    return linearised(rows, column, mu, values - mu)

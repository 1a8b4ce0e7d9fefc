"""Shares of income by source."""

import pandas as pd

from analysis.estimates.index_estimate import IndexEstimate, linearised
from analysis.estimates.weighted_rows import weighted_rows
from analysis.faults import Fault, Faults


def composition(
    frame: pd.DataFrame,
    sources: tuple[str, ...],
    *,
    weights: str | None = None,
    clusters: str | None = None,
) -> tuple[IndexEstimate, ...]:
    """Return `s_k = sum_i w_i y_ik / sum_i w_i y_i` with `y_i = sum_k y_ik`, one a source, adding to 1.

    Linearised: `(y_ik - s_k y_i) / mu`. Raises `Faults` if the total is not positive.
    """
    rows = weighted_rows(frame, sources, weights=weights, clusters=clusters)
    total = rows.values[list(sources)].sum(axis=1).to_numpy(dtype=float)
    mu = rows.mean(total)
    if mu <= 0:
        where = f"table, columns {', '.join(sources)}"
        raise Faults([Fault(where, f"a mean of {mu:g}", "a positive total", "shares have no meaning here")])
    shares = []
    for source in sources:
        share = rows.mean(rows.column(source)) / mu
        shares.append(linearised(rows, source, share, (rows.column(source) - share * total) / mu))
    return tuple(shares)

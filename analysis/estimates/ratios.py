"""The ratio of two weighted sums, with its clustered error."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.column_checks import where
from analysis.estimates.index_estimate import IndexEstimate, linearised
from analysis.estimates.regressors import Floats
from analysis.estimates.weighted_rows import WeightedRows, weighted_rows
from analysis.faults import Fault, Faults


def ratio(
    frame: pd.DataFrame, part: str, whole: str, *, weights: str | None = None, clusters: str | None = None
) -> IndexEstimate:
    """Return `R = sum_i w_i part_i / sum_i w_i whole_i`; raises `Faults` where the whole sums to zero."""
    rows = weighted_rows(frame, (part, whole), weights=weights, clusters=clusters)
    if rows.mean(rows.column(whole)) == 0:
        raise Faults([Fault(where(whole), "a sum of zero", "a whole to take a share of", "see the column")])
    return ratio_of(rows, f"{part} / {whole}", rows.column(part), rows.column(whole))


def ratio_of(rows: WeightedRows, name: str, part: Floats, whole: Floats) -> IndexEstimate:
    """Return the ratio of two sums over rows, linearised: `(part - R whole) / mean(whole)`."""
    mean = rows.mean(whole)
    found = rows.mean(part) / mean
    return linearised(rows, name, found, (part - found * whole) / mean)


def quotient(name: str, first: IndexEstimate, second: IndexEstimate) -> IndexEstimate:
    """Return `first / second` of two independent positive indices, its interval symmetric in logarithms.

    `var(log Q) = (se_1 / first)^2 + (se_2 / second)^2`, t with the smaller degrees of freedom.
    """
    value = first.estimate / second.estimate
    log_error = float(np.hypot(first.std_error / first.estimate, second.std_error / second.estimate))
    degrees = min(first.df_resid, second.df_resid)
    reach = float(np.exp(stats.t.ppf(0.5 + first.level / 2, degrees) * log_error))
    return replace(
        first,
        name=name,
        estimate=value,
        std_error=value * log_error,
        conf_low=value / reach,
        conf_high=value * reach,
        n_obs=first.n_obs + second.n_obs,
        n_clusters=first.n_clusters + second.n_clusters,
        df_resid=degrees,
        dropped=(*first.dropped, *second.dropped),
    )

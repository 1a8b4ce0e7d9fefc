"""The ratio of two weighted sums, and how two such ratios compare, with clustered errors."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.column_checks import where
from analysis.estimates.index_estimate import IndexEstimate, linearised
from analysis.estimates.regressors import Floats
from analysis.estimates.weighted_rows import WeightedRows, weighted_rows
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Quotient:
    """One ratio over another; the interval is symmetric in logarithms."""

    estimate: float
    conf_low: float
    conf_high: float
    n_obs: int
    n_clusters: int


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


def quotient(
    frame: pd.DataFrame,
    part: str,
    whole: str,
    first: str,
    *,
    clusters: str | None = None,
    level: float = 0.95,
) -> Quotient:
    """Return `Q = R_1 / R_0` of rows with `first` 1 and 0, R the sum of `part` over that of `whole`.

    `log Q` is linearised over all rows together, `1[first] (part - R_1 whole) / sum part` less the same of
    the others, so that clusters with rows of both count once; t with one degree less than clusters that
    the smaller group has. Raises `Faults` where a group has no rows, or a sum is not above zero.
    """
    rows = weighted_rows(frame, (part, whole, first), weights=None, clusters=clusters)
    of = rows.column(first) == 1
    logs, influence = [], np.zeros(len(of))
    for inside, sign in ((of, 1.0), (~of, -1.0)):
        own, all_ = rows.column(part) * inside, rows.column(whole) * inside
        for column, total in ((part, own.sum()), (whole, all_.sum())):
            if not total > 0:
                found = f"a sum of {total:g} where {first} is {1 if sign > 0 else 0}"
                raise Faults([Fault(where(column), found, "a sum above zero", "compare other groups")])
        logs.append(np.log(own.sum() / all_.sum()))
        influence += sign * (own / own.sum() - all_ / all_.sum()) * len(of)
    found_log = linearised(rows, first, float(logs[0] - logs[1]), influence, level)
    fewer = min(len(np.unique(rows.clusters[inside])) for inside in (of, ~of))
    reach = float(stats.t.ppf(0.5 + level / 2, max(fewer - 1, 1))) * found_log.std_error
    value = float(np.exp(found_log.estimate))
    return Quotient(value, value * np.exp(-reach), value * np.exp(reach), len(of), found_log.n_clusters)

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

    The error is that of the jackknife of log Q over clusters, of which those with rows of both count once;
    t with one degree less than `1 / sum_g s_g^2`, s_g the shares of clusters in the whole, of the group where
    this is smaller: few large clusters are few. Raises `Faults` where a sum is not above zero, of all
    clusters or without one of them.
    """
    rows = weighted_rows(frame, (part, whole, first), weights=None, clusters=clusters)
    of = rows.column(first) == 1
    logs, effective = np.zeros(int(rows.clusters.max()) + 2), []
    for inside, sign in ((of, 1.0), (~of, -1.0)):
        sums = {name: np.bincount(rows.clusters, rows.column(name) * inside) for name in (part, whole)}
        for name, by_cluster in sums.items():
            without = np.append(by_cluster.sum() - by_cluster, by_cluster.sum())
            if not without.min() > 1e-9 * without[-1]:
                found = f"a sum of zero where {first} is {1 if sign > 0 else 0}, or of one cluster only"
                raise Faults([Fault(where(name), found, "sums above zero", "compare other groups")])
            logs += sign * (1.0 if name == part else -1.0) * np.log(without)
        effective.append(float(sums[whole].sum() ** 2 / (sums[whole] ** 2).sum()))
    value, without_one, n = float(np.exp(logs[-1])), logs[:-1], len(logs) - 1
    error = float(np.sqrt((n - 1) / n * ((without_one - without_one.mean()) ** 2).sum()))
    reach = float(np.exp(stats.t.ppf(0.5 + level / 2, max(min(effective) - 1, 1.0)) * error))
    return Quotient(value, value / reach, value * reach, len(of), n)

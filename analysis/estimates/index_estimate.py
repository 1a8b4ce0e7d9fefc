"""A descriptive index (a headcount, a Gini, a share) with its linearised error."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import pandas as pd
from scipy import stats

from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import influence_error
from analysis.estimates.weighted_rows import WeightedRows


@dataclass(frozen=True, slots=True)
class IndexEstimate:
    """One index; errors and bounds are not a number where there is one cluster only."""

    name: str
    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    n_obs: int
    n_clusters: int
    df_resid: int
    clusters: str | None
    level: float
    dropped: tuple[Dropped, ...]


Measure = Callable[[pd.DataFrame], tuple[IndexEstimate, ...]]


def linearised(
    rows: WeightedRows, name: str, estimate: float, influence: Floats, level: float = 0.95
) -> IndexEstimate:
    """Return an index with the error of its linearisation (Deville 1999).

    `influence` (n) is the derivative of the index in the mass of each row, with weighted mean zero;
    `V = G/(G-1) sum_g (sum_i w_i influence_i / W)^2` over G clusters, and t with G - 1 degrees.
    """
    shares = rows.weights * influence / rows.weights.sum()
    std_error, n_clusters = influence_error(shares, rows.clusters)
    reach = float(stats.t.ppf(0.5 + level / 2, max(n_clusters - 1, 1))) * std_error
    return IndexEstimate(
        name=name,
        estimate=float(estimate),
        std_error=std_error,
        conf_low=float(estimate - reach),
        conf_high=float(estimate + reach),
        n_obs=len(shares),
        n_clusters=n_clusters,
        df_resid=n_clusters - 1,
        clusters=rows.cluster_column,
        level=level,
        dropped=rows.dropped,
    )


def tidy(indices: tuple[IndexEstimate, ...]) -> pd.DataFrame:
    """Return one row an index, `n_dropped` in place of the reasons."""
    return pd.DataFrame(
        [
            {name: value for name, value in asdict(index).items() if name != "dropped"}
            | {"n_dropped": sum(drop.n_obs for drop in index.dropped)}
            for index in indices
        ]
    )


def by_period(frame: pd.DataFrame, period: str, measure: Measure) -> pd.DataFrame:
    """Return the indices of each period, tidy, the period's column first."""
    parts = [
        tidy(measure(rows)).assign(**{period: label}) for label, rows in frame.groupby(period, observed=True)
    ]
    table = pd.concat(parts, ignore_index=True)
    return table[[period, *table.columns.drop(period)]]

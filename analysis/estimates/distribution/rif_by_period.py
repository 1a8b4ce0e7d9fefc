"""Recentred influence functions of each period's own distribution."""

import numpy as np
import pandas as pd

from analysis.estimates.distribution.rif import Statistic, distribution_of, rif


def rif_by_period(frame: pd.DataFrame, outcome: str, period: str, statistic: Statistic) -> pd.Series:
    """Return the recentred influence function of a statistic of the row's period, missing as the outcome.

    Its mean over a period is the statistic of that period. Where outcomes grow, low quantiles of all periods
    together are the early periods; those of each period are its poor.
    """
    values = pd.Series(np.nan, index=frame.index)
    for _, rows in frame.dropna(subset=[outcome]).groupby(period, observed=True):
        distribution = distribution_of(rows[outcome].to_numpy(dtype=float))
        values.loc[rows.index] = rif(distribution, statistic)
    return values

"""The mean outcome of rows of the panel, over persons where their number is known."""

import pandas as pd

from analysis.estimates.index_estimate import IndexEstimate, by_period
from analysis.estimates.means import mean
from analysis.panel.build import Panel


def mean_outcome(rows: pd.DataFrame, panel: Panel) -> IndexEstimate:
    """Return the mean outcome, over persons where household size is known."""
    weights = "household_size" if "household_size" in rows else None
    return mean(rows, panel.outcome, weights=weights, clusters=panel.fine_cluster)


def mean_by_year(rows: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Return the mean outcome of each year, tidy."""
    return by_period(rows, "year", lambda part: (mean_outcome(part, panel),))

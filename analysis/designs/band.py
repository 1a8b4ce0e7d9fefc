"""The band of post funds: whether a yuan of pay leaves more in villages with more or less of them."""

import pandas as pd

from analysis.estimates.threshold.threshold_regression import ThresholdRegression, threshold_regression
from analysis.panel.build import Panel

MOST = 2
PAY, FUNDS = "income_posts", "post_funds"


def fit_band(
    frame: pd.DataFrame, panel: Panel, *, seed: int, draws: int = 299, grid: int = 300, thresholds: int = MOST
) -> ThresholdRegression:
    """Return income on post pay, both per capita, with thresholds in the funds of the village."""
    return threshold_regression(
        frame,
        outcome=panel.outcome,
        regressor=PAY,
        threshold=FUNDS,
        entity="household_id",
        period="year",
        clusters=str(panel.fine_cluster),
        controls=panel.controls,
        thresholds=thresholds,
        draws=draws,
        grid=grid,
        seed=seed,
    )

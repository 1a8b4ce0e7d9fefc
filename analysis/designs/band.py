"""The band of post funds: whether a yuan of pay leaves more in villages with more or less of them."""

import pandas as pd

from analysis.estimates.threshold.band import Band, find_band
from analysis.panel.build import Panel

PAY, FUNDS = "income_posts", "post_funds"


def fit_band(frame: pd.DataFrame, panel: Panel, cost: float, *, seed: int, draws: int) -> Band:
    """Return income on post pay, per capita, by the funds of the village, and where that exceeds `cost`.

    Household and year effects, the controls of the panel and the other instruments are given.
    """
    return find_band(
        frame,
        outcome=panel.outcome,
        regressor=PAY,
        threshold=FUNDS,
        entity="household_id",
        period="year",
        cost=cost,
        clusters=str(panel.fine_cluster),
        controls=(*panel.controls, *(name for name in panel.instruments if name != "posts")),
        draws=draws,
        seed=seed,
    )

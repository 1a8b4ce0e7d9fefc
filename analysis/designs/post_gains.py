"""What a yuan of post pay leaves in each regime of post funds, by the schedule of first terms."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.designs.attempts import attempted
from analysis.designs.band import FUNDS, PAY
from analysis.designs.posts import with_schedule
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.switching.gains_by_regime import RegimeGains, gains_by_regime
from analysis.estimates.threshold.band import Band
from analysis.panel.build import Panel

NAME = "gain of a yuan by the schedule of terms"
REGIME = "regime"


def regime_of(funds: pd.Series, thresholds: tuple[float, ...]) -> np.ndarray:
    """Return the regime of each value, counted from 0; a value at a threshold is below it."""
    return np.searchsorted(np.array(thresholds), funds.to_numpy(dtype=float), side="left")


def schedule_gains(
    panel: Panel, tables: Mapping[str, pd.DataFrame], thresholds: tuple[float, ...]
) -> RegimeGains | NotApplicable:
    """Return the gains between thresholds, lowest first, from those whose first term the ledger shows.

    Households that began their first term in the same year are compared by how long it was to run, as in
    the primary design of posts; funds are those of the village in the same year.
    """

    def fitted() -> RegimeGains:
        rows = with_schedule(panel.study, tables["posts"])
        return gains_by_regime(
            rows.assign(**{REGIME: regime_of(rows[FUNDS], thresholds)}),
            outcome=panel.outcome,
            dose=PAY,
            instrument="scheduled",
            regime=REGIME,
            effects=(("household_id",), ("start_year", "year")),
            clusters=str(panel.fine_cluster),
            entity="household_id",
            controls=panel.controls,
        )

    if "posts" not in tables:
        return NotApplicable(NAME, "the records hold no ledger of posts")
    return attempted(NAME, fitted)


def gains_in_band(
    panel: Panel, tables: Mapping[str, pd.DataFrame], band: Band | NotApplicable
) -> RegimeGains | NotApplicable:
    """Return the gains between the thresholds of a band, if it has any."""
    if isinstance(band, NotApplicable):
        return NotApplicable(NAME, band.reason)
    if band.selection.regression is None:
        return NotApplicable(NAME, "the tests support no threshold of post funds")
    return schedule_gains(panel, tables, tuple(end.value for end in band.selection.regression.thresholds))

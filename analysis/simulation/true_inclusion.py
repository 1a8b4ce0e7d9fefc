"""Whom townships would truly have included under bounds on their lines."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.simulation.counties import KnownCounty
from analysis.synthetic.monitoring import chances_of, hits
from analysis.synthetic.records import household_ids
from analysis.synthetic.streams import Bools, Streams


def true_inclusion(known: KnownCounty, width: float) -> tuple[float, float, float]:
    """Return household-years included, the share of the needy left out, and of the included beyond the line.

    Each year of the screening is lived again, with the same luck, under township lines no farther than
    `width` from the official one; everything before it is as it was.
    """
    setting, history, truth = known.county.setting, known.county.history, known.county.truth
    factor = 1 + np.clip(setting.townships.line_factor - 1, -width, width)
    bounded = replace(setting, townships=replace(setting.townships, line_factor=factor))
    chances = chances_of(setting, Streams(truth.seed))
    included, reached, needy = 0, 0, 0
    for t in range(truth.monitoring_from - setting.calendar.first, setting.calendar.length):
        before = history.report.per_capita[:, t - 1].astype(float)
        struck = setting.shock[:, t - 1] != np.array(None)
        asked = (history.watch.identified >= 12 * t) & recorded(known, t) & recorded(known, t - 1)
        taken = hits(t, before, struck, bounded, chances, truth) & asked
        short = asked & (before < setting.calendar.lines[t - 1])
        included, reached = included + int(taken.sum()), reached + int(taken[short].sum())
        needy += int(short.sum())
    return float(included), 1 - reached / needy, 1 - reached / included


def recorded(known: KnownCounty, t: int) -> Bools:
    """Return which households have a record of year number `t`."""
    setting, frame = known.county.setting, known.panel.frame
    here = frame.loc[frame["year"] == setting.calendar.first + t, "household_id"]
    return np.asarray(pd.Index(household_ids(setting)).isin(here))

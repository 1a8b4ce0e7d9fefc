"""Post funds within a range: where villages stand, and what moving funds into the range would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.countermeasures.drawn import Drawn, drawn, draws_of
from analysis.countermeasures.funds_plan import within_range
from analysis.designs.band import FUNDS, PAY
from analysis.designs.post_gains import regime_of
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.regressors import Floats
from analysis.estimates.switching.gains_by_regime import RegimeGains
from analysis.estimates.threshold.band import Band
from analysis.estimates.threshold.worthwhile import NoRange, WorthwhileRange
from analysis.panel.build import Panel
from analysis.region import Region

NAME = "post funds within a range"


@dataclass(frozen=True, slots=True, eq=False)
class PostRange:
    """The range that is aimed at, where villages stand in the last year, and the change by moving funds.

    `villages` has `village, township, households, funds, new_funds` in yuan of the base year a year per
    registered household. `budget` is all post pay of the last year, `moved` what changes the village.
    `now` and `then` are net yuan of income per yuan of pay, `change` net yuan a year of all households,
    `lifted` households that come above the line less those that fall below, `gap` yuan of the poverty gap
    that are closed.
    """

    low: float
    high: float
    villages: pd.DataFrame = field(repr=False)
    budget: float
    moved: float
    now: Drawn
    then: Drawn
    change: Drawn
    lifted: Drawn
    gap: Drawn


def post_range(
    panel: Panel, region: Region, band: Band | NotApplicable, gains: RegimeGains | NotApplicable
) -> PostRange | NotApplicable:
    """Return what moving funds into the range would change in the last year, or why that is not known.

    The range aimed at lies within the intervals of its ends, so that funds at an end are surely inside. A
    yuan of pay leaves what its village's regime leaves, before and after; holders' pay moves with the funds
    of their village.
    """
    if isinstance(band, NotApplicable):
        return NotApplicable(NAME, band.reason)
    if isinstance(band.range, NoRange):
        return NotApplicable(NAME, band.range.reason)
    if isinstance(gains, NotApplicable):
        return NotApplicable(NAME, gains.reason)
    low, high = aimed(band.range)
    villages = standing(panel, low, high)
    rows = holders(panel, region, villages)
    assert band.selection.regression is not None
    thresholds = tuple(threshold.value for threshold in band.selection.regression.thresholds)
    return simulated(rows, villages, (low, high), thresholds, gains)


def aimed(found: WorthwhileRange) -> tuple[float, float]:
    """Return the part of the range that is inside whatever ends their intervals allow."""
    low = 0.0 if found.low_interval is None else found.low_interval[1]
    high = np.inf if found.high_interval is None else found.high_interval[0]
    return float(low), float(high)


def standing(panel: Panel, low: float, high: float) -> pd.DataFrame:
    """Return the villages of the last year with their funds now and under the plan."""
    last = panel.frame[panel.frame["year"] == panel.frame["year"].max()]
    registered = last[last["household_type"] != "ordinary"]
    columns: Mapping[str, tuple[str, str]] = {
        "township": (str(panel.coarse_cluster), "first"),
        "households": ("household_id", "size"),
        "funds": (FUNDS, "first"),
    }
    villages = (
        registered.groupby(panel.fine_cluster, observed=True).agg(**columns).reset_index(names="village")
    )
    now = villages["funds"].to_numpy(dtype=float)
    return villages.assign(
        new_funds=within_range(now, villages["households"].to_numpy(dtype=float), low, high)
    )


def holders(panel: Panel, region: Region, villages: pd.DataFrame) -> pd.DataFrame:
    """Return households with pay in the last year: `size, income, line, pay, funds, new_funds`."""
    year = int(panel.frame["year"].max())
    last = panel.frame[(panel.frame["year"] == year) & (panel.frame[PAY] > 0)]
    planned = villages[["village", "new_funds"]].rename(columns={"village": str(panel.fine_cluster)})
    rows = last.merge(planned, on=str(panel.fine_cluster), how="inner", validate="many_to_one")
    return pd.DataFrame(
        {
            "size": rows["household_size"].astype("float64"),
            "income": rows["income_total"],
            "line": region.line_by_year[year] / region.price_index[year],
            "pay": rows[PAY],
            "funds": rows[FUNDS],
            "new_funds": rows["new_funds"],
        }
    )


def simulated(
    rows: pd.DataFrame,
    villages: pd.DataFrame,
    ends: tuple[float, float],
    thresholds: tuple[float, ...],
    gains: RegimeGains,
) -> PostRange:
    """Return the figures at the estimates, and their draws."""
    pay = rows["pay"].to_numpy(dtype=float)
    new_pay = pay * (rows["new_funds"] / rows["funds"]).to_numpy(dtype=float)
    regimes = regime_of(rows["funds"], thresholds), regime_of(rows["new_funds"], thresholds)
    size, income = rows["size"].to_numpy(), rows["income"].to_numpy(dtype=float)
    line = rows["line"].to_numpy(dtype=float)

    def figures(gain: Floats) -> Floats:
        before, after = gain[regimes[0]] * pay, gain[regimes[1]] * new_pay
        then = income + after - before
        lifted = (income < line).sum() - (then < line).sum()
        gap = (size * (np.maximum(line - income, 0) - np.maximum(line - then, 0))).sum()
        budget = (size * pay).sum()
        now, later = (size * before).sum(), (size * after).sum()
        return np.array([now / budget, later / (size * new_pay).sum(), later - now, lifted, gap])

    point = figures(np.array([estimate.estimate for estimate in gains.gains]))
    draws = np.array([figures(gain) for gain in draws_of(gains.gains, gains.covariance)])
    told = [drawn(float(value), draws[:, k]) for k, value in enumerate(point)]
    shift = villages["households"] * (villages["new_funds"] - villages["funds"])
    return PostRange(
        *ends,
        villages=villages,
        budget=float((size * pay).sum()),
        moved=float(shift.clip(lower=0).sum()),
        now=told[0],
        then=told[1],
        change=told[2],
        lifted=told[3],
        gap=told[4],
    )

"""The floor that a budget can lift every income to."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.regressors import Floats
from analysis.estimates.weighted_rows import weighted_rows
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Floor:
    """`estimate` is the floor in the unit of income, `lifted` the share of persons below it before."""

    estimate: float
    conf_low: float
    conf_high: float
    lifted: float
    n_obs: int
    n_clusters: int


def reachable_floor(
    frame: pd.DataFrame,
    *,
    income: str,
    paid: str,
    weights: str | None = None,
    clusters: str | None = None,
    draws: int = 199,
    seed: int = 0,
    level: float = 0.95,
) -> Floor:
    """Return the floor f with `sum w max(f - income, 0) = sum w paid`: no use of the money reaches higher.

    The interval is a percentile bootstrap over clusters. Raises `Faults` where nothing is paid.
    """
    rows = weighted_rows(frame, (income, paid), weights=weights, clusters=clusters)
    order = np.argsort(rows.column(income), kind="stable")
    y, w, money = rows.column(income)[order], rows.weights[order], rows.column(paid)[order]
    if not w @ money > 0:
        raise Faults([Fault(where(paid), "nothing is paid", "a budget above zero", "see the column")])
    cluster, n = rows.clusters[order], int(rows.clusters.max()) + 1
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), draws)
    drawn = [filled(y, w * count[cluster], money) for count in times]
    found = filled(y, w, money)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Floor(found, float(low), float(high), float(w[y < found].sum() / w.sum()), len(y), n)


def filled(y: Floats, w: Floats, money: Floats) -> float:
    """Return the level to which money fills sorted incomes `y`, weights `w`, from below."""
    mass, total = np.cumsum(w), np.cumsum(w * y)
    cost = y * mass - total
    reached = int(np.searchsorted(cost, w @ money, side="right")) - 1
    return float((w @ money + total[reached]) / mass[reached])

"""How far groups differ: one random effect a group, with exact intervals for equal group sizes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.column_checks import outcome_faults, plain, where
from analysis.estimates.results import Dropped
from analysis.estimates.weighted_rows import weighted_rows
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class OneWay:
    """Spread between groups, in the unit of the outcome, and its share of all variance.

    `intraclass` is `v_between / (v_between + v_within)` and may be below 0; `between_sd` is then 0.
    `p_value` is of the null that groups do not differ.
    """

    between_sd: float
    between_low: float
    between_high: float
    within_sd: float
    intraclass: float
    intraclass_low: float
    intraclass_high: float
    p_value: float
    level: float
    n_obs: int
    n_groups: int
    dropped: tuple[Dropped, ...]


def one_way(frame: pd.DataFrame, outcome: str, groups: str, *, level: float = 0.95) -> OneWay:
    """Return the spread between groups by the variance of their unweighted means.

    `F = h var(group means) / v_within` with `h` the harmonic mean of the group sizes (Thomas and Hultquist
    1978); intervals of the intraclass correlation by `F`, of the spread by Williams (1962), both exact for
    normal effects and equal sizes. Raises `Faults` for fewer than two groups and where no group has two rows.
    """
    rows = weighted_rows(frame, (outcome,), weights=None, clusters=groups)
    y, of_group = rows.column(outcome), rows.clusters
    sizes = np.bincount(of_group)
    a, n = len(sizes), len(y)
    faults = list(outcome_faults(plain(rows.values), (outcome,)))
    if a < 2 or n == a:
        found = f"{a} group(s) in {n} row(s)"
        faults.append(
            Fault(where(groups), found, "two groups or more, with repeated rows", "widen the table")
        )
    if faults:
        raise Faults(faults)
    means = np.bincount(of_group, y) / sizes
    within = float(((y - means[of_group]) ** 2).sum() / (n - a))
    h = a / (1 / sizes).sum()
    between = float(h * means.var(ddof=1))
    ratio = between / within if within > 0 else np.inf
    tails = (0.5 + level / 2, 0.5 - level / 2)
    ends = [ratio / stats.f.ppf(tail, a - 1, n - a) for tail in tails]
    low, high = (
        max(0.0, (a - 1) * between * (1 - stats.f.ppf(tail, a - 1, n - a) / ratio))
        / (h * stats.chi2.ppf(tail, a - 1))
        for tail in tails
    )
    return OneWay(
        between_sd=float(np.sqrt(max(0.0, (between - within) / h))),
        between_low=float(np.sqrt(low)),
        between_high=float(np.sqrt(high)),
        within_sd=float(np.sqrt(within)),
        intraclass=share(ratio, h),
        intraclass_low=share(ends[0], h),
        intraclass_high=share(ends[1], h),
        p_value=float(stats.f.sf(ratio, a - 1, n - a)),
        level=level,
        n_obs=n,
        n_groups=a,
        dropped=rows.dropped,
    )


def share(ratio: float, size: float) -> float:
    """Return the intraclass correlation of an F ratio with groups of one size: `(F - 1) / (F + h - 1)`."""
    return 1.0 if np.isinf(ratio) else float((ratio - 1) / (ratio + size - 1))

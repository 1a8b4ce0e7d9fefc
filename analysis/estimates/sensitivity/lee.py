"""Bounds of an effect when leaving the panel may depend on treatment, death being its own exit (Lee 2009)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import norm

from analysis.estimates.column_checks import where
from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped, Estimate, estimate_of
from analysis.estimates.sensitivity.attrition import (
    Attrition,
    arms,
    checked,
    death_difference,
    inference_of,
)
from analysis.estimates.sensitivity.trimming import Trimmed, lee_trim
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults

RESAMPLED = "clusters drawn with replacement"
NEVER_LEAVE = "treatment makes no survivor leave who would stay untreated"
NEVER_STAY = "treatment keeps no survivor who would leave untreated"


@dataclass(frozen=True, slots=True, eq=False)
class LeeBounds:
    """Bounds of the effect on those who survive and would be observed with or without treatment.

    `conf_low, conf_high` cover the effect itself with probability `level` (Imbens and Manski 2004).
    `trimmed` holds the shares observed among survivors and the share trimmed, `monotonicity` what
    must hold. `arms` has one row a group: `treated, n, deaths, observed, death_share,
    survivors, observed_share`; `death_difference` is the effect on dying, which the bounds leave aside
    (None if nobody died).
    """

    lower: Estimate
    upper: Estimate
    conf_low: float
    conf_high: float
    trimmed: Trimmed
    monotonicity: str
    death_difference: Estimate | None
    arms: pd.DataFrame
    dropped: tuple[Dropped, ...]


def imbens_manski(
    lower: float, upper: float, lower_error: float, upper_error: float, level: float
) -> tuple[float, float]:
    """Return the interval that covers the effect, not the whole set, with probability `level`.

    `[lower - c s_l, upper + c s_u]` with `Phi(c + (upper - lower) / max(s_l, s_u)) - Phi(-c) = level`.
    """
    width = (upper - lower) / max(lower_error, upper_error)
    c = float(brentq(lambda c: norm.cdf(c + width) - norm.cdf(-c) - level, 0, norm.ppf(0.5 + level / 2) + 1))
    return lower - c * lower_error, upper + c * upper_error


def resampled(values: Floats, columns: Floats, clusters: Codes, draws: int, seed: int) -> Floats:
    """Return bounds of resampled clusters, draws by 2; `columns` are treated and observed, rows sorted.

    Resamples in which a group has nobody observed are left out.
    """
    random = np.random.default_rng(seed)
    n_clusters = int(clusters.max()) + 1
    found = []
    for _ in range(draws):
        times = np.bincount(random.integers(n_clusters, size=n_clusters), minlength=n_clusters)
        weights = times[clusters].astype(float)
        seen = weights * columns[1]
        if seen @ columns[0] == 0 or seen @ (1 - columns[0]) == 0:
            continue
        trimmed = lee_trim(values, columns[0], columns[1], weights)
        found.append((trimmed.lower, trimmed.upper))
    return np.array(found)


def refuse_empty(alive: pd.DataFrame, attrition: Attrition) -> None:
    """Raise `Faults` if nobody of the treated or of the untreated survivors is observed."""
    groups = alive.groupby(attrition.treatment)[attrition.observed].sum()
    if len(groups) < 2 or (groups == 0).any():
        found = "a group without anyone observed"
        raise Faults([Fault(where(attrition.observed), found, "both groups observed", "widen the sample")])


def lee_bounds(
    frame: pd.DataFrame,
    outcome: str,
    attrition: Attrition,
    *,
    seed: int,
    draws: int = 999,
    level: float = 0.95,
) -> LeeBounds:
    """Return bounds of the effect of treatment on an outcome that some who live on are not observed with.

    Treatment must be as good as random. The dead are no comparison for the living: they are counted
    beside, and the bounds are for survivors, which assumes that treatment changes who dies by little;
    `death_difference` says how much. Among survivors treatment may move observation one way only
    (monotonicity). Lee (2009); standard errors by resampling clusters. Raises `Faults` for unknown
    and non-numeric columns, treatment or observation not 0/1, a single cluster, and rows that
    contradict themselves.
    """
    rows, dropped = checked(frame, outcome, attrition)
    dead = rows[attrition.exit_reason].isin(attrition.deaths) & (rows[attrition.observed] == 0)
    alive = rows[~dead].sort_values(outcome, kind="stable")
    refuse_empty(alive, attrition)
    values = np.nan_to_num(alive[outcome].to_numpy(dtype=float))
    columns = alive[[attrition.treatment, attrition.observed]].to_numpy(dtype=float).T
    clusters = codes(alive[attrition.clusters])
    trimmed = lee_trim(values, columns[0], columns[1], np.ones(len(alive)))
    errors = resampled(values, columns, clusters, draws, seed).std(axis=0, ddof=1)
    inference = inference_of(alive, attrition, RESAMPLED, level)
    parts = {"outcome": outcome, "estimator": "Lee bounds"}
    lower = estimate_of("lower bound", trimmed.lower, float(errors[0]), inference, engine="house", **parts)
    upper = estimate_of("upper bound", trimmed.upper, float(errors[1]), inference, engine="house", **parts)
    low, high = imbens_manski(trimmed.lower, trimmed.upper, errors[0], errors[1], level)
    never = NEVER_LEAVE if trimmed.trimmed_treated else NEVER_STAY
    return LeeBounds(
        lower=lower,
        upper=upper,
        conf_low=low,
        conf_high=high,
        trimmed=trimmed,
        monotonicity=never,
        death_difference=death_difference(rows, dead, attrition, level),
        arms=arms(rows, dead, attrition),
        dropped=tuple(dropped),
    )

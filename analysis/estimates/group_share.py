"""How much of an outcome lies between groups once other columns are held equal."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_sample import complete_rows, refuse_empty
from analysis.estimates.regressors import Floats
from analysis.estimates.spread import Spread, no_spread, spread_between
from analysis.faults import Fault, Faults

POINTS = 201


@dataclass(frozen=True, slots=True, eq=False)
class GroupShare:
    """Share of the variance between groups with its interval, and the spread of group means behind it.

    `within` is the variance within groups; `groups` are in the order of the spread's means.
    """

    value: float
    low: float
    high: float
    within: float
    groups: tuple[object, ...]
    spread: Spread
    n_obs: int


def group_share(frame: pd.DataFrame, *, outcome: str, group: str, like: tuple[str, ...]) -> GroupShare:
    """Return `s^2 / (s^2 + w)`, s the spread of group means given `like`, w the variance within groups.

    Means are least-squares effects of the groups, each told with its own error (`told_by_groups`); s is what
    they differ by beyond these errors (`spread_between`). It is the share of variance of a mixed model with a
    normal effect of the group, and 0 for an outcome that does not vary. Raises `Faults` for unfit columns and
    one group.
    """
    frame = plain(frame)
    if faults := column_faults(frame, (outcome,), (group, *like)):
        raise Faults(faults)
    frame, dropped = complete_rows(frame[[outcome, group, *like]], (outcome,))
    refuse_empty(frame, dropped)
    names, place = np.unique(frame[group].astype(str), return_inverse=True)
    if not 2 <= len(names) <= len(frame) / 2:
        told = f"{len(names)} group(s) in {len(frame)} row(s)"
        raise Faults([Fault(where(group), told, "two groups or more, of two rows or more", "join groups")])
    own = np.eye(len(names))[place]
    others = dummies(frame, like)
    if own.shape[1] + others.shape[1] >= len(frame):
        told = f"{others.shape[1] + 1} combinations in {len(frame)} row(s)"
        raise Faults([Fault(where(like[0]), told, "fewer than rows", "join values")])
    values = frame[outcome].to_numpy(dtype=float)
    if (values == values[0]).all():
        return GroupShare(0.0, 0.0, 0.0, 0.0, tuple(names), no_spread(len(names)), len(frame))
    found = effects_of(values, own, others)
    grid, likelihood = told_by_groups(found)
    spread = spread_between(likelihood, grid)
    value, low, high = (s**2 / (s**2 + found.within) for s in (spread.value, spread.low, spread.high))
    return GroupShare(value, low, high, found.within, tuple(names), spread, len(frame))


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Effects of groups around their mean, errors with degrees of freedom, and the variance of residuals."""

    means: Floats
    errors: Floats
    freedom: Floats
    within: float


def dummies(frame: pd.DataFrame, like: tuple[str, ...]) -> Floats:
    """Return an indicator a value but the first of each column, centred; no columns where none is held."""
    if not like:
        return np.empty((len(frame), 0))
    columns = pd.get_dummies(frame[list(like)].astype(str), drop_first=True).to_numpy(dtype=float)
    return columns - columns.mean(axis=0)


def effects_of(outcome: Floats, own: Floats, others: Floats) -> Effects:
    """Return the effects of groups; `e_g^2 = v_g (X'X)^-1_gg`, that is `v_g / n_g` without other columns."""
    design = np.hstack([own, others])
    inverse = np.linalg.pinv(design.T @ design)
    coefficients = inverse @ (design.T @ outcome)
    freedom = len(outcome) - int(np.linalg.matrix_rank(design))
    residual = (outcome - design @ coefficients) * np.sqrt((len(outcome) - own.shape[1]) / freedom)
    variances, trust = shared_variances(residual, own)
    means = coefficients[: own.shape[1]] - coefficients[: own.shape[1]].mean()
    errors = np.sqrt(variances * np.diag(inverse)[: own.shape[1]])
    return Effects(means, errors, trust, float(residual @ residual) / (len(outcome) - own.shape[1]))


def shared_variances(residual: Floats, own: Floats) -> tuple[Floats, Floats]:
    """Return the variance within each group drawn towards that of all, and its degrees of freedom.

    `v_g = (d w + d_g s_g^2) / (d + d_g)` as Smyth (2004), by moments: `d = 4 + 2 / c`, c the squared
    coefficient of variation of the s_g^2 beyond chance, `E((s_g^2 / w - 1)^2) = c + 2 / d_g + (k - 3) / n_g`
    with k the kurtosis of all residuals. All groups together have the degrees of the pooled variance.
    """
    sizes = own.sum(axis=0)
    every = len(residual) - len(sizes)
    within = float(residual @ residual) / every
    if within == 0:
        return np.zeros(len(sizes)), np.full(len(sizes), float(every))
    several = sizes > 1
    degrees = np.maximum(sizes - 1, 1)
    squares = own.T @ residual**2
    excess = float((residual**4).mean() / (residual**2).mean() ** 2) - 3
    apart = (squares / degrees / within - 1) ** 2 - 2 / degrees - excess / sizes
    differ = max(float(np.average(apart[several], weights=degrees[several])), 0.0)
    prior = min(4 + 2 / max(differ, 1e-9), every)
    trust = np.where(several, sizes - 1, 0.0)
    return (prior * within + squares) / (prior + trust), np.minimum(prior + trust, every)


def told_by_groups(found: Effects) -> tuple[Floats, Floats]:
    """Return a grid and the log-likelihood of each point, one layer by groups by points.

    `-((d_g + 1) / 2) log(1 + ((mean_g - x) / e_g)^2 / d_g)`: an error is known from few rows only, so that
    means are spread by Student's t.
    """
    reach = 2 * (np.abs(found.means).max() + found.errors.max())
    grid = np.linspace(-reach, reach, POINTS)
    errors = np.maximum(found.errors, reach / POINTS)
    distance = (found.means[:, None] - grid) / errors[:, None]
    freedom = found.freedom[:, None]
    return grid, -(freedom + 1) / 2 * np.log1p(distance**2 / freedom)[None]

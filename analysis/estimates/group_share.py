"""How much of an outcome lies between groups once other columns are held equal."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_sample import complete_rows, refuse_empty
from analysis.estimates.regressors import Floats
from analysis.estimates.spread import Spread, normal_likelihood, spread_between
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

    Means are least-squares effects of the groups around their mean, their errors robust to unequal
    variances; s is what they differ by beyond these errors (`spread_between`). It is the share of variance
    of a mixed model with a normal effect of the group. Raises `Faults` for unfit columns and one group.
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
    others = pd.get_dummies(frame[list(like)].astype(str), drop_first=True).to_numpy(dtype=float)
    if own.shape[1] + others.shape[1] >= len(frame):
        told = f"{others.shape[1] + 1} combinations in {len(frame)} row(s)"
        raise Faults([Fault(where(like[0]), told, "fewer than rows", "join values")])
    means, errors, within = effects_of(frame[outcome].to_numpy(dtype=float), own, others)
    reach = 2 * (np.abs(means).max() + errors.max())
    grid = np.linspace(-reach, reach, POINTS)
    spread = spread_between(normal_likelihood(means, errors, grid), grid)
    value, low, high = (s**2 / (s**2 + within) for s in (spread.value, spread.low, spread.high))
    return GroupShare(value, low, high, within, tuple(names), spread, len(frame))


def effects_of(outcome: Floats, own: Floats, others: Floats) -> tuple[Floats, Floats, float]:
    """Return effects of groups around their mean, their robust errors, and the variance of residuals."""
    n_groups = own.shape[1]
    design = np.hstack([own, others - others.mean(axis=0)])
    inverse = np.linalg.pinv(design.T @ design)
    residual = outcome - design @ (inverse @ (design.T @ outcome))
    freedom = len(outcome) - int(np.linalg.matrix_rank(design))
    scores = design * residual[:, None]
    covariance = inverse @ (scores.T @ scores) @ inverse * len(outcome) / freedom
    centring = np.eye(n_groups) - 1 / n_groups
    effects = centring @ (inverse @ (design.T @ outcome))[:n_groups]
    centred = centring @ covariance[:n_groups, :n_groups] @ centring.T
    least = np.sqrt(residual @ residual / freedom / own.sum(axis=0)) / 4
    return effects, np.maximum(np.sqrt(np.diag(centred)), least), float(residual @ residual / freedom)

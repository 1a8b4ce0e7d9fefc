"""Theil's indices split into inequality within groups and between them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimates.inequality import positive_rows
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped

TheilIndex = Literal["T", "L"]


@dataclass(frozen=True, slots=True)
class GroupInequality:
    """One group: its share of persons and of income, its mean and its own index."""

    group: str
    population_share: float
    income_share: float
    mean: float
    index: float
    n_obs: int


@dataclass(frozen=True, slots=True)
class TheilDecomposition:
    """`total = within + between`, over positive incomes."""

    index: TheilIndex
    total: float
    within: float
    between: float
    groups: tuple[GroupInequality, ...]
    n_obs: int
    dropped: tuple[Dropped, ...]

    @property
    def between_share(self) -> float:
        """Share of inequality that lies between groups; not a number if there is none at all."""
        return self.between / self.total if self.total else float("nan")


def theil_index(index: TheilIndex, y: Floats, w: Floats) -> float:
    """Return T or L of positive values y with weights w."""
    relative = y / np.average(y, weights=w)
    each = relative * np.log(relative) if index == "T" else -np.log(relative)
    return float(np.average(each, weights=w))


def decompose_theil(
    frame: pd.DataFrame, income: str, group: str, *, index: TheilIndex, weights: str | None = None
) -> TheilDecomposition:
    """Return `T = sum_k s_k T_k + sum_k s_k log(mu_k / mu)`, s_k income shares, and for L
    `L = sum_k p_k L_k + sum_k p_k log(mu / mu_k)`, p_k population shares (Shorrocks 1980).

    Rows without a group are counted as dropped.
    """
    rows = positive_rows(frame, (income,), weights, group)
    y, w = rows.column(income), rows.weights
    labels = rows.values[group].to_numpy()
    mu = rows.mean(y)
    groups = tuple(one_group(str(label), index, y, w, labels == label) for label in np.unique(labels))
    share = [g.income_share if index == "T" else g.population_share for g in groups]
    sign = 1 if index == "T" else -1
    return TheilDecomposition(
        index=index,
        total=theil_index(index, y, w),
        within=float(sum(s * g.index for s, g in zip(share, groups, strict=True))),
        between=float(sum(s * sign * np.log(g.mean / mu) for s, g in zip(share, groups, strict=True))),
        groups=groups,
        n_obs=len(y),
        dropped=rows.dropped,
    )


def one_group(label: str, index: TheilIndex, y: Floats, w: Floats, inside: np.ndarray) -> GroupInequality:
    """Return the part of one group; `inside` (n) marks its rows."""
    return GroupInequality(
        group=label,
        population_share=float(w[inside].sum() / w.sum()),
        income_share=float((w * y)[inside].sum() / (w * y).sum()),
        mean=float(np.average(y[inside], weights=w[inside])),
        index=theil_index(index, y[inside], w[inside]),
        n_obs=int(inside.sum()),
    )

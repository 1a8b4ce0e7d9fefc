"""Average effects of one group in one period, by changes of the entities seen before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import Floats, independent, lengths
from analysis.estimates.small_sample import Codes
from analysis.estimates.staggered.adoption import AdoptionRows

Comparison = Literal["never_treated", "not_yet_treated"]
Marks = np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class WidePanel:
    """Entities by periods: `outcome` (N by T), `controls` (N by T by k), missing where not seen.

    `periods` (T) ascend; `start` (N) is the position of the first treated period among them, T if none.
    """

    outcome: Floats
    controls: Floats
    clusters: Codes
    periods: Floats
    first: Floats
    start: Codes


@dataclass(frozen=True, slots=True, eq=False)
class GroupTimeEffect:
    """The effect of one cell, its influence (N), and which entities it is the average effect of (N)."""

    group: float
    period: float
    effect: float
    influence: Floats
    treated: Marks


def wide_panel(found: AdoptionRows, outcome: str) -> WidePanel:
    """Return rows as a wide panel, without the entities that are treated from the first period on."""
    design = found.design
    entity, period = codes(found.rows[design.entity]), codes(found.rows[design.period])
    shape = (int(entity.max()) + 1, int(period.max()) + 1)
    values = np.full(shape, np.nan)
    values[entity, period] = found.rows[outcome].to_numpy(dtype=float)
    controls = np.full((*shape, len(design.controls)), np.nan)
    controls[entity, period] = found.rows[list(design.controls)].to_numpy(dtype=float)
    clusters, first = np.zeros(shape[0], dtype=np.int64), np.full(shape[0], np.nan)
    clusters[entity], first[entity] = codes(found.rows[design.clusters]), found.first
    periods = np.unique(found.rows[design.period].to_numpy(dtype=float))
    start = np.searchsorted(periods, np.where(np.isnan(first), np.inf, first)).astype(np.int64)
    kept = start > 0
    return WidePanel(
        values[kept], controls[kept], codes_of(clusters[kept]), periods, first[kept], start[kept]
    )


def codes_of(clusters: Codes) -> Codes:
    """Return codes from 0 without gaps."""
    return np.unique(clusters, return_inverse=True)[1].astype(np.int64)


def group_time_effects(panel: WidePanel, comparison: Comparison) -> Iterator[GroupTimeEffect]:
    """Yield `E[Y_t - Y_b | G = g] - E[m(X_b) | G = g]`, `m` the comparison's change given `X_b`, linear.

    `b` is the last period before treatment, or the period before t where t lies ahead of it. Each cell uses
    entities seen in both periods, so that unbalanced panels compare changes, never levels.
    """
    never = panel.start == len(panel.periods)
    for first in np.unique(panel.first[~never]):
        member = panel.first == first
        start = int(panel.start[member][0])
        for t, base in periods_of(start, len(panel.periods)):
            other = never if comparison == "never_treated" else panel.start > max(t, base)
            seen = both_seen(panel, t, base)
            treated, control = member & seen, other & ~member & seen
            if treated.any() and control.sum() > panel.controls.shape[2]:
                change = panel.outcome[:, t] - panel.outcome[:, base]
                effect, influence = regressed(change, panel.controls[:, base], treated, control)
                yield GroupTimeEffect(float(first), float(panel.periods[t]), effect, influence, treated)


def periods_of(start: int, n_periods: int) -> Iterator[tuple[int, int]]:
    """Yield the position of each period after the first with that of the period it is compared to."""
    yield from ((t, start - 1 if t >= start else t - 1) for t in range(1, n_periods))


def both_seen(panel: WidePanel, t: int, base: int) -> Marks:
    """Say of each entity whether its change and its controls before it are known."""
    known = ~np.isnan(panel.outcome[:, t]) & ~np.isnan(panel.outcome[:, base])
    return known & ~np.isnan(panel.controls[:, base]).any(axis=1)


def regressed(change: Floats, controls: Floats, treated: Marks, control: Marks) -> tuple[float, Floats]:
    """Return one effect and its influence (N), by outcome regression (Sant'Anna and Zhao 2020)."""
    x = np.column_stack([np.ones(len(change)), controls])
    x = x[:, independent(x[control], lengths(x[control]))]
    inverse = np.linalg.inv(x[control].T @ x[control])
    expected = x @ (inverse @ (x[control].T @ change[control]))
    gap = change - expected
    value, n_treated = float(gap[treated].mean()), int(treated.sum())
    moved = np.zeros(len(change))
    moved[treated] = (gap[treated] - value) / n_treated
    moved[control] = -gap[control] * (x[control] @ (inverse @ x[treated].mean(axis=0)))
    return value, len(change) * moved

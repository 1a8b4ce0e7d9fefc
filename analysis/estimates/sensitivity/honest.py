"""How far parallel trends may fail before an effect is no longer distinguished from zero."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.estimates.regressors import Floats
from analysis.estimates.sensitivity.event_study import EventStudy
from analysis.estimates.sensitivity.relative_magnitudes import DRAWS, accepted, all_moments
from analysis.estimates.sensitivity.smoothness import smoothness_interval
from analysis.faults import Fault, Faults

GRID = 401
HALVINGS = 20
LARGEST = 2.0**20


@dataclass(frozen=True, slots=True, eq=False)
class Honest:
    """Robust intervals of the weighted effect, one row a bound, and the breakdown value.

    `intervals` has `bound, conf_low, conf_high`. `breakdown` is the largest bound at which zero is
    excluded: a multiple of the largest step before treatment (`relative magnitudes`), or a bend in
    the outcome's unit (`smoothness`); 0 if zero is never excluded. `in_errors` is a bend breakdown
    by the standard error of the effect, NaN for relative magnitudes, which have no unit.
    """

    restriction: str
    effect: float
    std_error: float
    intervals: pd.DataFrame
    breakdown: float
    in_errors: float
    level: float


def check_bounds(study: EventStudy, bounds: Sequence[float]) -> None:
    """Raise `Faults` for negative bounds, and for event times that are not consecutive."""
    faults = []
    if not all(np.isfinite(bound) and bound >= 0 for bound in bounds):
        faults.append(Fault("bounds", f"{list(bounds)}", "0 or more, finite", "change the grid"))
    every = np.sort(np.append(study.times, study.reference))
    if not np.allclose(np.diff(every), 1):
        found = ", ".join(f"{time:g}" for time in every)
        mend = "leave out the periods beyond the gap, or count event time in periods of the panel"
        faults.append(Fault("event study, times", found, "consecutive periods", mend))
    if faults:
        raise Faults(faults)


def largest_excluding(excludes: Callable[[float], bool], start: float) -> float:
    """Return the largest bound at which zero is excluded, by doubling and halving from `start`."""
    if not excludes(0.0):
        return 0.0
    low, high = 0.0, start
    while excludes(high):
        low, high = high, 2 * high
        if high > start * LARGEST:
            return float("inf")
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if excludes(middle) else (low, middle)
    return low


def edge(inside: Callable[[float], bool], inner: float, outer: float) -> float:
    """Return where a set ends between a point in it and one outside."""
    for _ in range(HALVINGS):
        middle = (inner + outer) / 2
        inner, outer = (middle, outer) if inside(middle) else (inner, middle)
    return inner


def magnitude_interval(study: EventStudy, m_bar: float, size: float, draws: Floats) -> tuple[float, float]:
    """Return the first and last effect that is accepted, on a grid and then by halving."""
    every = all_moments(study, m_bar, size, draws)
    step = np.abs(np.diff(np.append(study.estimates[: study.pre], 0))).max()
    reach = m_bar * np.abs(np.cumsum(study.weights[::-1])).sum() * step + 20 * study.effect_error
    grid = np.linspace(study.effect - reach, study.effect + reach, GRID)
    inside = np.flatnonzero(accepted(every, grid, size))
    if len(inside) == 0:
        return float("nan"), float("nan")

    def holds(theta: float) -> bool:
        return bool(accepted(every, np.array([theta]), size)[0])

    first, last = inside[0], inside[-1]
    low = grid[0] if first == 0 else edge(holds, grid[first], grid[first - 1])
    high = grid[-1] if last == GRID - 1 else edge(holds, grid[last], grid[last + 1])
    return float(low), float(high)


def relative_magnitudes(
    study: EventStudy, *, seed: int, bounds: Sequence[float] = (0, 0.5, 1, 1.5, 2), level: float = 0.95
) -> Honest:
    """Return intervals under bounds on the violation relative to that before treatment.

    They are right while no step after is larger than `bound` times the largest before:
    `|d_t+1 - d_t| <= M max_{s < 0} |d_s+1 - d_s|`, conditional test with a least-favourable first stage
    (Rambachan and Roth 2023). `seed` draws the first stage's critical value. Raises `Faults` for negative
    bounds and for event times that are not consecutive.
    """
    check_bounds(study, bounds)
    draws = np.random.default_rng(seed).standard_normal((DRAWS, len(study.times)))
    size = 1 - level

    def excludes(m_bar: float) -> bool:
        return not accepted(all_moments(study, m_bar, size, draws), np.zeros(1), size)[0]

    with threadpool_limits(1, user_api="blas"):
        found = [magnitude_interval(study, bound, size, draws) for bound in bounds]
        breakdown = largest_excluding(excludes, 1.0)
    return honest("relative magnitudes", study, bounds, found, breakdown, float("nan"), level)


def smoothness(study: EventStudy, *, bounds: Sequence[float], level: float = 0.95) -> Honest:
    """Return intervals right while the violation of parallel trends bends by at most `bound` a period.

    `|d_t+1 - 2 d_t + d_t-1| <= M` in the outcome's unit, M = 0 being a linear trend; fixed-length
    intervals (Rambachan and Roth 2023). Raises `Faults` as `relative_magnitudes` does.
    """
    check_bounds(study, bounds)

    def excludes(m: float) -> bool:
        low, high = smoothness_interval(study, m, level)
        return low > 0 or high < 0

    found = [smoothness_interval(study, bound, level) for bound in bounds]
    breakdown = largest_excluding(excludes, study.effect_error)
    return honest("smoothness", study, bounds, found, breakdown, breakdown / study.effect_error, level)


def honest(
    restriction: str,
    study: EventStudy,
    bounds: Sequence[float],
    found: Sequence[tuple[float, float]],
    breakdown: float,
    in_errors: float,
    level: float,
) -> Honest:
    """Return intervals and breakdown of one restriction."""
    low, high = np.array(found, dtype=float).reshape(-1, 2).T
    return Honest(
        restriction=restriction,
        effect=study.effect,
        std_error=study.effect_error,
        intervals=pd.DataFrame({"bound": np.asarray(bounds, float), "conf_low": low, "conf_high": high}),
        breakdown=breakdown,
        in_errors=in_errors,
        level=level,
    )

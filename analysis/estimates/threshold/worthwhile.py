"""The range in which another unit is worth more than it costs, or why none is supported."""

from dataclasses import dataclass

from scipy import stats

from analysis.estimates.results import Estimate
from analysis.estimates.threshold.threshold_regression import ThresholdRegression
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class WorthwhileRange:
    """Values of the threshold variable from `low` to `high` in which the slope exceeds the cost.

    Each end has the interval of its threshold; an end without one is open: `None`. `least_slope` is the
    smallest slope of the regimes inside.
    """

    low: float | None
    low_interval: tuple[float, float] | None
    high: float | None
    high_interval: tuple[float, float] | None
    least_slope: float
    cost: float


@dataclass(frozen=True, slots=True)
class NoRange:
    """No range is supported, and why."""

    reason: str


def worthwhile_range(
    found: ThresholdRegression, *, cost: float, size: float = 0.05
) -> WorthwhileRange | NoRange:
    """Return the range in which another unit of the regressor is worth more than its public `cost`.

    The rule: thresholds must be supported by their bootstrap tests one after another at `size` (the first is
    against the linear model, so that without a threshold a range is found in at most that share of cases);
    a regime belongs to the range if its slope exceeds `cost` by a one-sided t test at `size`; the range is
    the unbroken run of such regimes around the largest slope. `cost` is in units of the outcome per unit of
    the regressor, administration and supervision included. Raises `Faults` for a cost below zero, and if
    fewer thresholds are supported than were fitted: fit that number.
    """
    if not cost >= 0:
        raise Faults([Fault("cost", f"{cost:g}", "zero or more", "give the public cost of one unit")])
    supported = found.supported(size)
    if supported == 0:
        return NoRange("the effect does not differ from a linear one by the bootstrap test")
    if supported < len(found.thresholds):
        allowed = f"{supported}, as many as the tests support"
        mend = f"fit with thresholds={supported}"
        raise Faults([Fault("thresholds", str(len(found.thresholds)), allowed, mend)])
    worth = [exceeds(slope, cost, size) for slope in found.slopes]
    if not any(worth):
        return NoRange(f"in no regime does the slope exceed the cost of {cost:g}")
    if all(worth):
        return NoRange(f"the slope exceeds the cost of {cost:g} in every regime")
    top = max((k for k, is_worth in enumerate(worth) if is_worth), key=lambda k: found.slopes[k].estimate)
    first = last = top
    while first > 0 and worth[first - 1]:
        first -= 1
    while last + 1 < len(worth) and worth[last + 1]:
        last += 1
    below = found.thresholds[first - 1] if first > 0 else None
    above = found.thresholds[last] if last < len(found.thresholds) else None
    return WorthwhileRange(
        low=below.value if below else None,
        low_interval=(below.conf_low, below.conf_high) if below else None,
        high=above.value if above else None,
        high_interval=(above.conf_low, above.conf_high) if above else None,
        least_slope=min(slope.estimate for slope in found.slopes[first : last + 1]),
        cost=cost,
    )


def exceeds(slope: Estimate, cost: float, size: float) -> bool:
    """Say whether a slope exceeds the cost by a one-sided t test."""
    return float(stats.t.sf((slope.estimate - cost) / slope.std_error, slope.df_resid)) < size

"""The range in which another unit is worth more than it costs, by the smooth curve of its slope."""

from itertools import pairwise

import numpy as np

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.regressors import Floats
from analysis.estimates.threshold.spline import SlopeCurve
from analysis.estimates.threshold.worthwhile import NoRange, WorthwhileRange
from analysis.faults import Fault, Faults


def curve_range(found: SlopeCurve, *, cost: float, size: float = 0.05) -> WorthwhileRange | NoRange:
    """Return the values around the largest slope at which the curve is above the public `cost` of a unit.

    Each end is where the curve crosses the cost, linear between its points; its interval reaches from where
    the upper uniform band crosses the cost to where the lower one does, or to the end of the curve. An end at
    which the curve does not cross is open: `None`. The rule: the test of a constant slope must reject at
    `size`, and the lower band must exceed the cost somewhere, but not everywhere; the test alone lets a range
    be found in at most `size` of cases where the slope is constant. Raises `Faults` unless the cost is above
    zero.
    """
    if not cost > 0:
        raise Faults([Fault("cost", f"{cost:g}", "above zero", "give the public cost of one unit")])
    curve = found.curve
    value, slope, low, high = (
        curve[name].to_numpy() for name in ("value", "slope", "uniform_low", "uniform_high")
    )
    if isinstance(found.linearity, NotApplicable):
        return NoRange(f"the spline cannot be tested: {found.linearity.reason}")
    if found.linearity.p_value > size:
        return NoRange(f"the spline does not reject a constant slope (p = {found.linearity.p_value:.3f})")
    if (low <= cost).all():
        return NoRange(f"the curve is nowhere above the cost of {cost:g} by its uniform band")
    if (low > cost).all():
        return NoRange(f"the curve is above the cost of {cost:g} everywhere by its uniform band")
    start = int(low.argmax())
    left, left_interval = end(value, slope, low, high, cost, range(start, -1, -1))
    right, right_interval = end(value, slope, low, high, cost, range(start, len(value)))
    inside = (value >= (-np.inf if left is None else left)) & (value <= (np.inf if right is None else right))
    return WorthwhileRange(
        low=left,
        low_interval=left_interval,
        high=right,
        high_interval=right_interval,
        least_slope=float(slope[inside].min()),
        cost=cost,
    )


def end(
    value: Floats, slope: Floats, low: Floats, high: Floats, cost: float, walk: range
) -> tuple[float | None, tuple[float, float] | None]:
    """Return where a walk outwards from the top meets the cost, with its interval; `None` if it does not."""
    at = crossing(value, slope, cost, walk)
    if at is None:
        return None, None
    edge = float(value[walk[-1]])
    inner, outer = crossing(value, low, cost, walk), crossing(value, high, cost, walk)
    bounds = sorted((edge if inner is None else inner, edge if outer is None else outer))
    return at, (bounds[0], bounds[1])


def crossing(value: Floats, height: Floats, cost: float, walk: range) -> float | None:
    """Return the first value on a walk at which a curve has fallen to the cost."""
    for here, there in pairwise(walk):
        if height[there] <= cost:
            share = (height[here] - cost) / (height[here] - height[there])
            return float(value[here] + np.clip(share, 0, 1) * (value[there] - value[here]))
    return None

"""The band: the range in which another unit is worth its cost, if both tests say that there is one."""

from dataclasses import asdict, dataclass

import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.threshold.balanced import ThresholdDesign
from analysis.estimates.threshold.selection import ThresholdSelection, select_thresholds
from analysis.estimates.threshold.spline import SlopeCurve, slope_curve
from analysis.estimates.threshold.threshold_regression import Resampling
from analysis.estimates.threshold.worthwhile import NoRange, WorthwhileRange, worthwhile_range
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """The range or the reason against one, with the thresholds and the curve that it rests on."""

    range: WorthwhileRange | NoRange
    selection: ThresholdSelection
    curve: SlopeCurve


def find_band(
    frame: pd.DataFrame,
    *,
    outcome: str,
    regressor: str,
    threshold: str,
    entity: str,
    period: str,
    cost: float,
    seed: int,
    size: float = 0.05,
    controls: tuple[str, ...] = (),
    clusters: str | None = None,
    trim: float = 0.05,
    draws: int = 299,
    resampling: Resampling = "wild",
    knots: int = 5,
) -> Band:
    """Return the range of `threshold` in which another unit of `regressor` is worth more than its `cost`.

    The rule: a range is found only if the bootstrap test of one threshold against none and the Wald test of
    the spline against a constant slope both reject at `size`, and some but not all regimes have a slope above
    `cost` (`worthwhile_range`). Where the slope is constant both tests must err at once: the rule finds a
    range in at most `size` of cases as long as one of the two keeps its size. `cost` is in units of the
    outcome per unit of the regressor, administration and supervision included. Hansen (1999). Raises
    `Faults` as `threshold_regression`, `slope_curve` and `worthwhile_range` do.
    """
    if not cost > 0:
        raise Faults([Fault("cost", f"{cost:g}", "above zero", "give the public cost of one unit")])
    design = ThresholdDesign(outcome, regressor, threshold, entity, period, controls, clusters)
    selection = select_thresholds(
        frame, **asdict(design), seed=seed, size=size, trim=trim, draws=draws, resampling=resampling
    )
    curve = slope_curve(frame, **asdict(design), seed=seed, knots=knots)
    return Band(decide(selection, curve, cost, size), selection, curve)


def decide(
    selection: ThresholdSelection, curve: SlopeCurve, cost: float, size: float
) -> WorthwhileRange | NoRange:
    """Return the range by the rule of `find_band`."""
    if selection.regression is None:
        p_value = selection.tests[0].p_value
        return NoRange(f"the bootstrap test does not reject a constant slope (p = {p_value:.3f})")
    if isinstance(curve.linearity, NotApplicable):
        return NoRange(f"the spline cannot be tested: {curve.linearity.reason}")
    if curve.linearity.p_value > size:
        p_value = curve.linearity.p_value
        return NoRange(f"the spline does not reject a constant slope (p = {p_value:.3f})")
    return worthwhile_range(selection.regression, cost=cost, size=size)

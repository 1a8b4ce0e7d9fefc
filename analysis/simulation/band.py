"""The band of post funds in one county of known truth: its thresholds, and whether one is found."""

from collections.abc import Iterator
from itertools import zip_longest

import pandas as pd

from analysis.countermeasures.post_range import post_range
from analysis.designs.band import fit_band
from analysis.designs.post_gains import gains_in_band
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.threshold.band import Band
from analysis.estimates.threshold.worthwhile import NoRange
from analysis.region import Region
from analysis.simulation.counties import KnownCounty
from analysis.simulation.measures import NOTHING, Measure, rejects
from analysis.simulation.true_policies import true_change_by_funds

DRAWS = 99
COST = 0.5


def band_measures(frame: pd.DataFrame, known: KnownCounty, seed: int, region: Region) -> Iterator[Measure]:
    """Yield the thresholds of post funds and whether a band is found.

    A threshold is found where the test against one fewer rejects, not where it was not reached; a band where
    both of its tests reject and a range follows from the slopes.
    """
    found = fit_band(frame, known.panel, COST, draws=DRAWS, seed=seed)
    two = known.county.truth.post_band == "two_thresholds" and known.county.truth.effect_scale > 0
    truths = known.county.truth.post_thresholds if two else (NOTHING, NOTHING)
    regression = found.selection.regression
    located = regression.thresholds if two and regression and len(regression.thresholds) == 2 else ()
    tests = [test.p_value for test in found.selection.tests[:2]]
    for word, p_value, threshold, truth in zip_longest(("first", "second"), tests, located, truths):
        yield Measure(
            scenario="",
            county=-1,
            design=f"band of post funds, {word} threshold",
            estimate=threshold.value if threshold else NOTHING,
            std_error=NOTHING,
            conf_low=threshold.conf_low if threshold else NOTHING,
            conf_high=threshold.conf_high if threshold else NOTHING,
            rejects=0.0 if p_value is None else rejects(p_value),
            truth=truth,
            average=truth,
        )
    yield only_tested("band of post funds, a range", band_p_value(found))
    yield from plan_measures(found, known, region)


def plan_measures(found: Band, known: KnownCounty, region: Region) -> Iterator[Measure]:
    """Yield the change of income by moving funds into the range, where one is found.

    Its truth is the last year lived again under the plan.
    """
    gains = gains_in_band(known.panel, known.tables, found)
    plan = post_range(known.panel, region, found, gains)
    if isinstance(plan, NotApplicable):
        return
    truth = true_change_by_funds(known, plan.villages)
    yield Measure(
        scenario="",
        county=-1,
        design="band of post funds, change by moving funds into the range",
        estimate=plan.change.value,
        std_error=NOTHING,
        conf_low=plan.change.low,
        conf_high=plan.change.high,
        rejects=float(plan.change.low > 0),
        truth=truth,
        average=truth,
    )


def band_p_value(found: Band) -> float:
    """Return the larger p-value of the two tests of a constant slope, one where no range follows."""
    if isinstance(found.range, NoRange) or isinstance(found.curve.linearity, NotApplicable):
        return 1.0
    return max(found.selection.tests[0].p_value, found.curve.linearity.p_value)


def only_tested(design: str, p_value: float) -> Measure:
    """Return a measure of a test without an estimate."""
    return Measure("", -1, design, NOTHING, NOTHING, NOTHING, NOTHING, rejects(p_value), NOTHING, NOTHING)

"""How many thresholds there are: bootstrap tests one after another."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from analysis.estimates.threshold.threshold_regression import (
    MOST,
    Resampling,
    ThresholdRegression,
    ThresholdTest,
    threshold_regression,
)
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class ThresholdSelection:
    """The number of thresholds, the regression with that many (`None` without any), and all tests made.

    `tests` ends with the first that does not reject, unless `most` thresholds are supported or there is no
    room for another.
    """

    number: int
    regression: ThresholdRegression | None
    tests: tuple[ThresholdTest, ...]
    size: float


def select_thresholds(
    frame: pd.DataFrame,
    *,
    outcome: str,
    regressor: str,
    threshold: str,
    entity: str,
    period: str,
    seed: int,
    most: int = MOST,
    size: float = 0.05,
    controls: tuple[str, ...] = (),
    clusters: str | None = None,
    trim: float = 0.05,
    draws: int = 299,
    resampling: Resampling = "wild",
    level: float = 0.95,
) -> ThresholdSelection:
    """Return as many thresholds as tests of each number against one fewer reject, from none upwards.

    Testing stops at the first test with a p-value above `size`, so that without a threshold one is found with
    probability `size`, and with k thresholds more than k with at most that probability (Hansen 1999, section
    5). The other arguments are those of `threshold_regression`, which says what raises.
    """
    if not 0 < size < 1:
        raise Faults([Fault("selection, size", f"{size:g}", "above 0 and below 1", "use 0.05")])
    if most not in range(1, MOST + 1):
        raise Faults([Fault("selection, most", str(most), f"1 to {MOST} thresholds", f"use {MOST}")])
    fitted = partial(
        threshold_regression,
        frame,
        outcome=outcome,
        regressor=regressor,
        threshold=threshold,
        entity=entity,
        period=period,
        seed=seed,
        controls=controls,
        clusters=clusters,
        trim=trim,
        draws=draws,
        resampling=resampling,
        level=level,
    )
    found = fitted(thresholds=1)
    if found.supported(size) == 0:
        return ThresholdSelection(0, None, found.tests, size)
    return extended(found, fitted, most, size)


def extended(
    found: ThresholdRegression, fitted: partial[ThresholdRegression], most: int, size: float
) -> ThresholdSelection:
    """Return the selection that adds thresholds to one that is supported, as far as the tests go.

    What one threshold could be fitted on lacks nothing but room for another: `Faults` end the search.
    """
    tests = found.tests
    for number in range(2, most + 1):
        try:
            larger = fitted(thresholds=number)
        except Faults:
            break
        tests = larger.tests
        if larger.supported(size) < number:
            break
        found = larger
    return ThresholdSelection(len(found.thresholds), found, tests, size)

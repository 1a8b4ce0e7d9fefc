"""Whether rows bunch on one side of the cutoff, as where the running variable is reported to fit the rule."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from rddensity import rddensity

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_sample import complete_rows, refuse_empty
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.faults import Fault, Faults

LEAST = 30


@dataclass(frozen=True, slots=True)
class DensityTest:
    """The test of equal densities on both sides of the cutoff; normal under the null.

    Densities are shares of rows per unit of the running variable, `n_below` and `n_above` rows in all,
    the same with `_window` those within the bandwidths.
    """

    running: str
    cutoff: float
    density_below: float
    density_above: float
    std_error: float
    statistic: float
    p_value: float
    bandwidth_below: float
    bandwidth_above: float
    n_below: int
    n_above: int
    n_below_window: int
    n_above_window: int
    donut: float
    dropped: tuple[Dropped, ...]


def scores_of(frame: pd.DataFrame, running: str) -> tuple[Floats, tuple[Dropped, ...]]:
    """Return the running variable where it is known; raises `Faults` if it is no column of numbers."""
    frame = plain(frame)
    if faults := column_faults(frame, (running,), ()):
        raise Faults(faults)
    rows, dropped = complete_rows(frame[[running]], (running,))
    refuse_empty(rows, dropped)
    return rows[running].to_numpy(dtype=np.float64), tuple(dropped)


def check_sides(score: Floats, running: str) -> None:
    """Raise `Faults` if a side has too few distinct values for a density."""
    faults = [
        Fault(
            where(running),
            f"{distinct} distinct value(s) {side} the cutoff",
            f"{LEAST} or more on each side",
            "move the cutoff, or test the pooled scores of several cutoffs",
        )
        for side, own in (("below", score < 0), ("above", score >= 0))
        if (distinct := int(np.unique(score[own]).size)) < LEAST
    ]
    if faults:
        raise Faults(faults)


def density_test(
    frame: pd.DataFrame, *, running: str, cutoff: float = 0.0, donut: float = 0.0
) -> DensityTest:
    """Return the test of Cattaneo, Jansson and Ma (2020), by `rddensity`, in place of McCrary's (2008).

    Densities come from local quadratic fits to the distribution function, the statistic from cubic ones
    (bias-corrected), with jackknife errors that allow for mass points. With `donut` the values inside
    are left out and both sides moved together, so that heaps at the line do not decide. Rows are taken
    as independent. Raises `Faults` with fewer than 30 distinct values on a side.
    """
    values, dropped = scores_of(frame, running)
    score = values - cutoff
    inside = np.abs(score) < donut
    if inside.any():
        dropped = (*dropped, Dropped("inside the donut", int(inside.sum())))
        score = score[~inside]
    check_sides(score, running)
    moved = np.where(score < 0, score + donut, score - donut)
    found = rddensity(moved, c=0.0, bino_flag=False)
    return DensityTest(
        running=running,
        cutoff=cutoff,
        density_below=float(found.hat["left"]),
        density_above=float(found.hat["right"]),
        std_error=float(found.sd_jk["diff"]),
        statistic=float(found.test["t_jk"]),
        p_value=float(found.test["p_jk"]),
        bandwidth_below=float(found.h["left"]),
        bandwidth_above=float(found.h["right"]),
        n_below=int((score < 0).sum()),
        n_above=int((score >= 0).sum()),
        n_below_window=int(found.n["eff_left"]),
        n_above_window=int(found.n["eff_right"]),
        donut=donut,
        dropped=dropped,
    )

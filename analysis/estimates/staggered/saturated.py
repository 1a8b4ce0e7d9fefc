"""One coefficient for each cohort and event time: the estimators of Sun and Abraham, and of Wooldridge.

Written here since the kept library takes no controls, no unbalanced cohorts and gives no overall average.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped, Estimate, estimates_of
from analysis.estimates.staggered.adoption import AdoptionDesign, adoption_rows
from analysis.estimates.staggered.cohort_cells import CellFit, comparable_rows, fit_cells
from analysis.estimates.staggered.group_time_effects import Comparison

ESTIMATOR = "saturated regression"
OVERALL = "average effect on the treated"


@dataclass(frozen=True, slots=True, eq=False)
class Saturated:
    """Averages of the cells' coefficients, weighted by rows: over treated rows, by event time, by cohort.

    `by_event_time` holds leads too where never treated entities are the comparison, with
    `event_time_covariance`. `cells` has `cohort, event_time, effect, n_obs`.
    """

    overall: Estimate
    by_event_time: tuple[Estimate, ...]
    by_cohort: tuple[Estimate, ...]
    event_time_covariance: pd.DataFrame
    cells: pd.DataFrame
    comparison: Comparison
    dropped: tuple[Dropped, ...]


def saturated(
    frame: pd.DataFrame,
    *,
    outcome: str,
    entity: str,
    period: str,
    first_treated: str,
    clusters: str,
    controls: tuple[str, ...] = (),
    group: str | None = None,
    comparison: Comparison = "not_yet_treated",
    level: float = 0.95,
) -> Saturated:
    """Return averages of `d_gl` in `y_it = sum_g sum_l d_gl 1(G=g) 1(t-g=l) + a_i + c_t + x_it'k + e_it`.

    With `never_treated` l runs over all event times but each cohort's last before treatment, so that only
    never treated entities are compared to: Sun and Abraham (2021). With `not_yet_treated` l runs from 0 on,
    so that rows not yet treated are compared to: Wooldridge (2021). Averages take shares of rows as given.
    With `group`, effects of periods are by group. Without never treated entities the last cohort stands for
    them. Rows without a comparison in their period, always treated entities and singletons are counted as
    dropped. Units are those of the outcome. Raises `Faults` as `imputation` does.
    """
    design = AdoptionDesign(entity, period, first_treated, clusters, controls, group)
    found = adoption_rows(frame, (outcome,), design)
    taken = comparable_rows(found, comparison)
    fit = fit_cells(found, taken, outcome, comparison, level)
    after = (fit.cells["event_time"] >= 0).to_numpy()
    times, by_time = shares(fit, "event_time", np.ones(len(after), dtype=bool))
    cohorts, by_cohort = shares(fit, "cohort", after)
    names = [f"event time {time:g}" for time in times]
    weight = after * fit.cells["n_obs"].to_numpy(dtype=float)
    return Saturated(
        overall=averages(fit, [OVERALL], (weight / weight.sum())[None, :], outcome)[0],
        by_event_time=averages(fit, names, by_time, outcome),
        by_cohort=averages(fit, [f"cohort {cohort:g}" for cohort in cohorts], by_cohort, outcome),
        event_time_covariance=pd.DataFrame(by_time @ fit.covariance @ by_time.T, index=names, columns=names),
        cells=fit.cells,
        comparison=comparison,
        dropped=(*found.dropped, *taken.dropped),
    )


def shares(fit: CellFit, column: str, chosen: np.ndarray) -> tuple[list[float], Floats]:
    """Return the values of a column of chosen cells, and the weights of the mean in each (k by m)."""
    label = fit.cells[column].to_numpy(dtype=float)
    values = np.unique(label[chosen])
    rows = (label[None, :] == values[:, None]) * chosen * fit.cells["n_obs"].to_numpy(dtype=float)
    return values.tolist(), rows / rows.sum(axis=1, keepdims=True)


def averages(fit: CellFit, names: list[str], weights: Floats, outcome: str) -> tuple[Estimate, ...]:
    """Return weighted sums of effects, weights k by m."""
    return estimates_of(
        pd.Series(weights @ fit.cells["effect"].to_numpy(), index=names),
        pd.DataFrame(weights @ fit.covariance @ weights.T, index=names, columns=names),
        fit.inference,
        outcome=outcome,
        estimator=ESTIMATOR,
        engine="house",
    )

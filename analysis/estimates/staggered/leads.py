"""Leads of an absorbing treatment on untreated rows: what should be zero before it begins."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Estimate, Fit
from analysis.estimates.staggered.adoption import AdoptionDesign, adoption_rows

TEST = "joint test of the leads"


@dataclass(frozen=True, slots=True, eq=False)
class Leads:
    """Lead coefficients, nearest first, their covariance, and the joint test that all are zero."""

    estimates: tuple[Estimate, ...]
    covariance: pd.DataFrame
    test: TestResult | NotApplicable


def lead_name(before: int) -> str:
    """Return the name of a lead."""
    return f"event time {-before}"


def leads(
    frame: pd.DataFrame,
    *,
    outcome: str,
    entity: str,
    period: str,
    first_treated: str,
    clusters: str,
    controls: tuple[str, ...] = (),
    group: str | None = None,
    number: int = 3,
) -> Leads:
    """Return `g_1, ..., g_k` of `y_it = sum_j g_j 1(event time = -j) + a_i + c_t + x_it'k + e_it`.

    Fitted on untreated rows only, as Borusyak, Jaravel and Spiess (2024) advise, so that effects do not
    contaminate it and passing the test leaves the imputation estimator unbiased. Event times before `-number`
    are the reference. Raises `Faults` as `imputation` does, and where a lead has no rows.
    """
    found = adoption_rows(
        frame, (outcome,), AdoptionDesign(entity, period, first_treated, clusters, controls, group)
    )
    rows = found.rows[~found.treated].copy()
    time = found.event_time[~found.treated]
    names = tuple(lead_name(before) for before in range(1, number + 1))
    for before, name in enumerate(names, 1):
        rows[name] = (time == -before).astype(float)
    design = PanelDesign(entity, period, names, controls, clusters, group)
    specification = HOUSEHOLD_YEAR if group is None else Specification("fixed", "by_group")
    fit = fit_panel(rows, outcome, design, specification)
    covariance = fit.covariance.loc[list(names), list(names)]
    return Leads(tuple(fit.estimate(name) for name in names), covariance, joint_test(fit, names))


def joint_test(fit: Fit, names: tuple[str, ...]) -> TestResult:
    """Return the Wald F test that all named coefficients are zero, on clusters less one."""
    values = np.array([fit.estimate(name).estimate for name in names])
    covariance = fit.covariance.loc[list(names), list(names)].to_numpy()
    statistic = float(values @ np.linalg.solve(covariance, values) / len(names))
    df = fit.estimate(names[0]).df_resid
    return TestResult(
        name=TEST,
        null="all leads are zero",
        statistic=statistic,
        df=len(names),
        p_value=float(stats.f.sf(statistic, len(names), df)),
        distribution=f"F({len(names)}, {df})",
    )

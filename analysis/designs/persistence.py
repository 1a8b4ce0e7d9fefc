"""How much of last year's income is left: bounds by least squares, and moments that tests may refute."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import not_applicable
from analysis.estimates.dynamics.dynamic_design import DynamicDesign, Equations, Regressor, lag_name
from analysis.estimates.dynamics.gmm import ESTIMATORS, DynamicFit, fit_dynamic
from analysis.estimates.dynamics.nickell import NickellWarning, nickell_warnings
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Estimate
from analysis.faults import Faults
from analysis.panel.build import KEY, Panel

POOLED = Specification("none", "common")
LEAST_YEARS = 3
SIGNIFICANCE = 0.05
EQUATIONS: tuple[Equations, ...] = ("difference", "system")


@dataclass(frozen=True, slots=True)
class MomentEstimate:
    """Persistence by the method of moments; `refused` says why it is not to be used, empty if it may be."""

    equations: Equations
    estimator: str
    estimate: Estimate
    n_instruments: int
    serial_correlation: TestResult | NotApplicable
    hansen: TestResult | NotApplicable
    refused: str


@dataclass(frozen=True, slots=True)
class Persistence:
    """The coefficient of last year's outcome: `pooled` too high, `within` too low by about `nickell.bias`."""

    pooled: Estimate
    within: Estimate
    nickell: NickellWarning
    moments: tuple[MomentEstimate, ...]
    missing: tuple[NotApplicable, ...]

    @property
    def usable(self) -> MomentEstimate | None:
        """The first estimate by moments that no test refutes, None where there is none."""
        return next((found for found in self.moments if not found.refused), None)


def with_last(panel: Panel) -> pd.DataFrame:
    """Return rows of the study sample that follow one of the year before, with its outcome as a column."""
    frame, last = panel.study, lag_name(panel.outcome, 1)
    earlier = frame[[*KEY, panel.outcome]].rename(columns={panel.outcome: last})
    return frame.merge(earlier.assign(year=earlier["year"] + 1), on=KEY, how="inner", validate="one_to_one")


def persistence(panel: Panel) -> Persistence | NotApplicable:
    """Return the persistence of the outcome, or why the records do not give it."""
    n_years = panel.study["year"].nunique()
    if n_years < LEAST_YEARS:
        return NotApplicable("persistence", f"it needs {LEAST_YEARS} years, and the records have {n_years}")
    rows, last = with_last(panel), lag_name(panel.outcome, 1)
    design = PanelDesign(
        "household_id", "year", panel.instruments, (last, *panel.controls), clusters=panel.fine_cluster
    )
    try:
        pooled = fit_panel(rows, panel.outcome, design, POOLED).estimate(last)
        within = fit_panel(rows, panel.outcome, design, HOUSEHOLD_YEAR).estimate(last)
        (nickell,) = nickell_warnings(rows, panel.outcome, design, HOUSEHOLD_YEAR)
    except Faults as faults:
        return not_applicable("persistence", faults)
    found = tuple(by_moments(panel, within.estimate, pooled.estimate))
    return Persistence(
        pooled,
        within,
        nickell,
        moments=tuple(entry for entry in found if isinstance(entry, MomentEstimate)),
        missing=tuple(entry for entry in found if isinstance(entry, NotApplicable)),
    )


def by_moments(panel: Panel, low: float, high: float) -> Iterator[MomentEstimate | NotApplicable]:
    """Yield the estimate in differences and that of the system, or why there is none.

    Instruments answer to past outcomes, so they are predetermined; their lag is in the equation because
    errors that persist leave one behind. Lags as instruments are collapsed.
    """
    regressors = (
        *(Regressor(name, "predetermined", lags=(0, 1)) for name in panel.instruments),
        *(Regressor(name, "exogenous") for name in panel.controls),
    )
    design = DynamicDesign("household_id", "year", regressors, collapse=True, clusters=panel.fine_cluster)
    for equations in EQUATIONS:
        try:
            fit = fit_dynamic(panel.study, panel.outcome, design, equations=equations, steps=2)
        except Faults as faults:
            yield not_applicable(ESTIMATORS[equations, 2], faults)
            continue
        yield judged(fit, low, high)


def judged(fit: DynamicFit, low: float, high: float) -> MomentEstimate:
    """Return the first coefficient of a fit, refused where a test refutes it or it is out of bounds."""
    estimate, second = fit.estimates[0], fit.serial_correlation[1]
    reasons = [reason for test in (second, fit.hansen) if (reason := refuted(test))]
    if not low < estimate.estimate < high:
        reasons.append("outside the bounds of the first two rows")
    return MomentEstimate(
        fit.equations,
        fit.estimator,
        estimate,
        fit.n_instruments,
        second,
        fit.hansen,
        refused=" and ".join(reasons),
    )


def refuted(test: TestResult | NotApplicable) -> str:
    """Return what a test says against the moments, empty where it does not reject them."""
    if isinstance(test, NotApplicable):
        return f"{test.name} cannot be made"
    return f"{test.name} rejects" if test.p_value < SIGNIFICANCE else ""

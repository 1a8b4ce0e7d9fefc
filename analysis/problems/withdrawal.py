"""How subsidies fall as income rises: less subsidy for a yuan more, and the step at the line."""

from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.density import DensityTest, density_test
from analysis.estimates.discontinuity.donut import donut_estimates
from analysis.estimates.discontinuity.local_polynomial import LocalPolynomial, local_polynomial
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Estimate
from analysis.problems.need import Need, with_last_year

POOLED = Specification("none", "common")
HIGHEST = 1.5
"""Withdrawal is measured among incomes up to this multiple of the line."""
NEAR = 0.5
DONUTS = (0.02, 0.05)
"""Half-widths, shares of the line: reports are heaped at the line and rounded to the hundred."""


@dataclass(frozen=True, slots=True)
class Cliff:
    """What those just above the line receive less those just below, yuan per capita.

    `donuts` has the same without the rows next to the line (`donut_estimates`), `density` the test whether
    incomes are bunched on one side.
    """

    step: LocalPolynomial
    donuts: pd.DataFrame | NotApplicable
    density: DensityTest | NotApplicable


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Yuan of subsidy more for a yuan of income more of the year before, and the step at the line.

    `between` compares households, `within` the same household over years.
    """

    between: Estimate | NotApplicable
    within: Estimate | NotApplicable
    cliff: Cliff | NotApplicable


def withdrawal(need: Need, controls: tuple[str, ...]) -> Withdrawal:
    """Return how subsidies of a year answer to income of the year before, which they cannot have changed."""
    rows = with_last_year(need.rows)
    low = rows[rows["above_last"].between(-1, HIGHEST - 1)]
    design = PanelDesign("household_id", "year", ("own_last",), controls, need.village)
    return Withdrawal(
        attempted("Withdrawal", lambda: fit_panel(low, "received", design, POOLED).estimate("own_last")),
        attempted(
            "Withdrawal", lambda: fit_panel(low, "received", design, HOUSEHOLD_YEAR).estimate("own_last")
        ),
        attempted("Cliff", lambda: cliff_of(rows[rows["above_last"].abs() < NEAR], need)),
    )


def cliff_of(near: pd.DataFrame, need: Need) -> Cliff:
    """Return the step at the line from rows near it; raises `Faults` where a side is too thin."""
    design = CutoffDesign("received", "above_last", "household_id", clusters=need.village)
    return Cliff(
        step=local_polynomial(near, design),
        donuts=attempted("Donut", lambda: donut_estimates(near, design, donuts=DONUTS)),
        density=attempted("Density", lambda: density_test(near, running="above_last")),
    )

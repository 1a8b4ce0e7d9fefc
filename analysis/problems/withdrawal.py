"""How subsidies fall as income rises: the implicit tax on a yuan earned, and the step at the line."""

from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.local_polynomial import LocalPolynomial, local_polynomial
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Estimate
from analysis.problems.need import KEY, Need

POOLED = Specification("none", "common")
HIGHEST = 1.5
"""Withdrawal is measured among incomes up to this multiple of the line."""
NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Yuan of subsidy less for a yuan of income more of the year before, and the step at the line.

    `between` compares households, `within` the same household over years; `cliff` is what those just above
    the line receive less those just below, yuan per capita.
    """

    between: Estimate | NotApplicable
    within: Estimate | NotApplicable
    cliff: LocalPolynomial | NotApplicable


def withdrawal(need: Need) -> Withdrawal:
    """Return how subsidies of a year answer to income of the year before, which they cannot have changed."""
    rows = with_last_year(need.rows)
    low = rows[rows["above_last"].between(-1, HIGHEST - 1)]
    near = rows[rows["above_last"].abs() < NEAR]
    design = PanelDesign("household_id", "year", ("own_last",), ("household_size", "workers"), need.village)
    cutoff = CutoffDesign("received", "above_last", "household_id", clusters=need.village)
    return Withdrawal(
        attempted("Withdrawal", lambda: fit_panel(low, "received", design, POOLED).estimate("own_last")),
        attempted(
            "Withdrawal", lambda: fit_panel(low, "received", design, HOUSEHOLD_YEAR).estimate("own_last")
        ),
        attempted("Cliff", lambda: local_polynomial(near, cutoff)),
    )


def with_last_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return household-years with `own_last` and `above_last`, its distance to the line over the line."""
    last = rows[[*KEY, "own", "line"]].assign(
        year=rows["year"] + 1, above_last=rows["own"] / rows["line"] - 1
    )
    last = last.rename(columns={"own": "own_last"}).drop(columns="line")
    return rows.merge(last, on=KEY, how="inner", validate="one_to_one")

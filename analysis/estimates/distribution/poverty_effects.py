"""Effects of a treatment on poverty at the line: headcount, gap and severity."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, repeated_faults, where
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_sample
from analysis.estimates.panel_sample import take_sample
from analysis.estimates.poverty import NAMES, Alpha
from analysis.estimates.results import Fit
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class PovertyEffect:
    """Effects on one index, in its own units (1 is all persons, or all of the line).

    `mean` is the index in the rows used, so that an effect can be read as a share of it.
    """

    index: str
    mean: float
    fit: Fit


def shortfall(frame: pd.DataFrame, income: str, line: str, alpha: Alpha) -> pd.Series:
    """Return each row's `((z - y) / z)^alpha [y < z]`, missing where income or line is.

    It is the recentred influence function of the index of Foster, Greer and Thorbecke (1984), whose
    mean is the index. Who has exactly the line is not poor; an income below zero counts in full.
    """
    y, z = frame[income].astype("float64"), frame[line].astype("float64")
    value = np.where(y < z, (z - y) / z, 0.0) ** alpha * (y < z)
    return pd.Series(value, index=frame.index).where(y.notna() & z.notna())


def check_line(frame: pd.DataFrame, income: str, line: str, design: PanelDesign) -> None:
    """Raise `Faults` for unknown, reserved or non-numeric columns, a line not positive, nobody poor."""
    faults = column_faults(frame, (income, line), ())
    faults += repeated_faults((income, *design.terms))
    faults += [
        Fault(where(name), "the name is that of an index", "another name", "rename the column")
        for name in NAMES.values()
        if name in (income, line, *design.terms, *design.keys)
    ]
    if not faults and (frame[line] <= 0).any():
        faults.append(Fault(where(line), "zero or less", "a line above zero", "mend the policy lines"))
    if not faults and not (frame[income] < frame[line]).any():
        mend = "use a higher line, or the mean as the outcome"
        faults.append(Fault(where(line), "no income below it", "some incomes below the line", mend))
    if faults:
        raise Faults(faults)


def poverty_effects(
    frame: pd.DataFrame,
    *,
    income: str,
    line: str,
    design: PanelDesign,
    specification: Specification = HOUSEHOLD_YEAR,
) -> tuple[PovertyEffect, ...]:
    """Return effects on headcount, gap and severity of poverty at a line that may differ by row.

    `p_it = ((z_it - y_it) / z_it)^alpha [y_it < z_it] = x_it'b + a_i + d_t + e_it` for alpha 0, 1, 2:
    `b` is the change of the index, since the index is the mean of `p`. Income and line are in the
    same unit, the line that of the row's period. Raises `Faults` as `fit_panel` does, for lines that
    are not positive, and if nobody is poor.
    """
    frame = plain(frame)
    check_line(frame, income, line, design)
    effects = []
    for alpha, name in NAMES.items():
        rows = frame.assign(**{name: shortfall(frame, income, line, alpha)})
        check_panel(rows, name, design, specification)
        sample = take_sample(rows, name, design, specification)
        effects.append(PovertyEffect(name, float(sample.values[name].mean()), fit_sample(sample)))
    return tuple(effects)

"""Whether next period's treatment predicts this period's outcome: a test of strict exogeneity."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Estimate

LEAD = "{} (t+1)"


def with_next(frame: pd.DataFrame, design: PanelDesign) -> pd.DataFrame:
    """Return the rows that are followed by another one a period later, with its treatments as columns."""
    keys = [design.entity, design.period]
    renamed = {name: LEAD.format(name) for name in design.treatments}
    later = frame[[*keys, *design.treatments]].rename(columns=renamed)
    later = later.assign(**{design.period: later[design.period] - 1})
    return frame.merge(later, on=keys, how="inner", validate="one_to_one")


def strict_exogeneity(
    frame: pd.DataFrame, outcomes: tuple[str, ...], design: PanelDesign, specification: Specification
) -> dict[str, Mapping[str, Estimate]]:
    """Return by outcome and treatment the coefficient of next period's treatment, which should be zero.

    `y_it = b'd_it + l'd_(i,t+1) + c'x_it + a_i + d_t + e_it`; effects of `d` with `a_i` removed need errors
    that no period's `d` knows of, and then `l = 0` (Wooldridge 2010, section 10.7.1). A treatment that is
    given after a bad year has a negative `l`. Raises `Faults` as `fit_panel` does, so with two periods.
    """
    leads = tuple(LEAD.format(name) for name in design.treatments)
    wider = replace(design, controls=(*design.controls, *leads))
    rows = with_next(frame, design)
    fits = {outcome: fit_panel(rows, outcome, wider, specification) for outcome in outcomes}
    return {
        outcome: {name: fit.estimate(lead) for name, lead in zip(design.treatments, leads, strict=True)}
        for outcome, fit in fits.items()
    }

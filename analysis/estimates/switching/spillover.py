"""Spillover on those without a post: the effect of how many posts the others of the village hold."""

from typing import Literal

import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_sample import complete_rows
from analysis.estimates.results import Dropped, Fit
from analysis.estimates.switching.absorbed_fit import Regression, least_squares
from analysis.estimates.switching.absorption import AbsorbedDesign, Effects, absorbed
from analysis.faults import Fault, Faults

ESTIMATOR = "saturation among those without a dose"
SATURATION = "saturation"
Without = Literal["never", "now"]


def saturation(frame: pd.DataFrame, *, dose: str, place: str, period: str) -> pd.Series:
    """Return the mean dose of the others of the same place and period; missing for those who are alone.

    `(sum_j d_jt - d_it) / (n - 1)`, with a 0/1 dose the share of others treated.
    """
    rows = plain(frame)
    if faults := column_faults(rows, (dose,), (place, period)):
        raise Faults(faults)
    values = rows[dose].astype("float64")
    others = values.groupby([rows[place], rows[period]], observed=True)
    found = (others.transform("sum") - values) / (others.transform("count") - 1).where(lambda n: n > 0)
    return found.set_axis(frame.index)


def check_places(frame: pd.DataFrame, numbers: tuple[str, ...], keys: tuple[str, ...]) -> None:
    """Raise `Faults` for columns that are unknown, reserved, not numeric, and for keys without value."""
    faults = column_faults(frame, numbers, keys, once=(keys[0], keys[1]))
    if SATURATION in (*numbers, *keys):
        mend = "rename the column"
        faults.append(
            Fault(where(SATURATION), "the name is that of a term of the result", "another name", mend)
        )
    if faults:
        raise Faults(faults)


def spillover(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    place: str,
    entity: str,
    period: str,
    clusters: str,
    group: str | None = None,
    without: Without = "never",
    controls: tuple[str, ...] = (),
    level: float = 0.95,
) -> Fit:
    """Return the effect of `saturation` on those without a dose, in units of the outcome per mean dose.

    `y_it = b s_it + x_it'c + a_i + d_t (or d_gt) + e_it` on entities that never have a dose, or on rows
    that have none now; saturation is counted over all rows with a dose known. Errors belong to the place
    at least. It reads as an effect only if posts do not come to a village with its fortunes: name a
    `group` so that villages of the same township are compared. Raises `Faults` as `absorbed` does.
    """
    frame, named = plain(frame), () if group is None else (group,)
    check_places(frame, (outcome, dose, *controls), (entity, period, place, clusters, *named))
    rows, dropped = complete_rows(frame, (dose,))
    rows = rows.assign(**{SATURATION: saturation(rows, dose=dose, place=place, period=period)})
    held = rows[dose] != 0
    if without == "never":
        held = held.groupby(rows[entity]).transform("any")
    if held.any():
        dropped.append(Dropped("has a dose", int(held.sum())))
    effects: Effects = ((entity,), (*named, period))
    design = AbsorbedDesign((outcome, SATURATION), effects, clusters, entity, controls)
    left = absorbed(rows[~held], design)
    fit = least_squares(
        left, Regression(outcome, (SATURATION,), ESTIMATOR), treated=left.rows[SATURATION] != 0, level=level
    )
    return Fit(
        outcome=outcome,
        estimator=ESTIMATOR,
        engine=fit.engine,
        estimates=fit.estimates,
        covariance=fit.covariance,
        r2=fit.r2,
        dropped=(*dropped, *left.dropped),
    )

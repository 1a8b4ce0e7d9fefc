"""What one dose adds to imputed effects where another is held equal."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped, Estimate
from analysis.estimates.staggered.adoption import AdoptionDesign, adoption_rows
from analysis.estimates.staggered.averages import averages_of
from analysis.estimates.staggered.dose import left_out_residuals, less_mean
from analysis.estimates.staggered.kinds import counted
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class AddedDoses:
    """Effects of one unit more of each dose, in units of the outcome, in the order of the doses.

    `mean` is that of the outcome in the treated rows that they come from.
    """

    effects: tuple[Estimate, ...]
    mean: float
    dropped: tuple[Dropped, ...]


def added_doses(
    frame: pd.DataFrame, *, outcome: str, design: AdoptionDesign, doses: tuple[str, ...], level: float = 0.95
) -> AddedDoses:
    """Return `b` of `tau_it = e_l + sum_k b_k dose_kit + u_it` for treated rows with all doses.

    `tau` are imputed effects and `e_l` means by event time, as in `dose_effects`; each b is what more of one
    dose adds where the others are equal. Raises `Faults` as `dose_effects` does, and where one dose
    follows from the others at every event time.
    """
    frame = plain(frame)
    if faults := column_faults(frame, doses, ()):
        raise Faults(faults)
    averages = averages_of(adoption_rows(frame, (outcome,), design), outcome, level)
    values = frame[list(doses)].to_numpy(dtype=float, na_value=np.nan)[averages.found.position]
    known = ~np.isnan(values).any(axis=1)
    chosen = averages.model.imputable & known
    time = averages.found.event_time.to_numpy()
    distance = np.column_stack([less_mean(np.where(chosen, one, 0.0), time, chosen) for one in values.T])
    check_doses(distance, doses)
    lags = (time[:, None] == np.unique(time[chosen])[None, :]) * chosen[:, None]
    columns = np.column_stack([distance, lags]).astype(float)
    left = left_out_residuals(np.where(chosen, averages.effect, 0.0), columns, averages.clusters)
    weights = np.linalg.solve(distance.T @ distance, distance.T)
    return AddedDoses(
        effects=tuple(
            averages.estimate(dose, row, averages.scores(row, left))
            for dose, row in zip(doses, weights, strict=True)
        ),
        mean=float(averages.found.rows[outcome].to_numpy(dtype=float)[chosen].mean()),
        dropped=(*averages.dropped, *counted({"treated, missing dose": averages.model.imputable & ~known})),
    )


def check_doses(distance: Floats, doses: tuple[str, ...]) -> None:
    """Raise `Faults` for a dose that does not vary within event times once the others are held equal."""
    scale = np.sqrt((distance**2).sum(axis=0))
    for k, dose in enumerate(doses):
        others = np.delete(distance, k, axis=1)
        left = distance[:, k] - others @ np.linalg.lstsq(others, distance[:, k], rcond=None)[0]
        if not np.sqrt(left @ left) > 1e-9 * max(scale[k], 1.0):
            mend = "name doses that differ between units treated for equally long"
            raise Faults([Fault(where(dose), "no variation of its own", "several doses at one time", mend)])

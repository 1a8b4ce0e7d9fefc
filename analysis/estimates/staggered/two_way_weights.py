"""The weights that a two-way regression gives to the effects of treated cells."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_sample import take_sample
from analysis.estimates.switching.absorption import without_effects
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class TwoWayWeights:
    """The two-way coefficient as a weighted sum of the effects of treated rows.

    `weights` has `entity, period, weight`, one row a treated row, adding to 1. `negative_sum` is the sum of
    the negative ones, `negative_share` their share in number. `sigma_zero` is the smallest standard
    deviation of effects under which their average could be zero although the coefficient is not.
    """

    estimate: float
    weights: pd.DataFrame
    negative_sum: float
    negative_share: float
    sigma_zero: float


def two_way_weights(
    frame: pd.DataFrame, outcome: str, *, treatment: str, entity: str, period: str
) -> TwoWayWeights:
    """Return the weights `w_it = D_it e_it / sum D e`, `e` what entity and period effects leave of `D`.

    Treatment may have a dose: effects are per unit of it, and `D` is 0 without. `sigma_zero = |b| / sd_D(w /
    s)`, `s` a row's share of all dose. de Chaisemartin and D'Haultfoeuille (2020), Theorem 1 and
    Corollary 1, without controls. Raises `Faults` as `fit_panel` does, and for a negative dose.
    """
    design = PanelDesign(entity, period, (treatment,))
    check_panel(frame, outcome, design, HOUSEHOLD_YEAR)
    sample = take_sample(frame, outcome, design, HOUSEHOLD_YEAR)
    y, dose = (sample.values[name].to_numpy() for name in (outcome, treatment))
    if (dose < 0).any():
        where, mend = f"panel, column {treatment!r}", "code no treatment as 0"
        raise Faults([Fault(where, f"{int((dose < 0).sum())} negative value(s)", "0 or more", mend)])
    left = without_effects(dose[:, None], sample.effects)[:, 0]
    treated = dose > 0
    estimate = float(left @ y / (left @ left))
    weight = (dose * left)[treated] / (dose @ left)
    share = dose[treated] / dose.sum()
    spread = float(np.sqrt(share @ (weight / share - 1) ** 2))
    table = frame_of(sample.entity[treated], sample.period[treated], weight)
    return TwoWayWeights(
        estimate=estimate,
        weights=table,
        negative_sum=float(weight[weight < 0].sum()),
        negative_share=float((weight < 0).mean()),
        sigma_zero=abs(estimate) / spread if spread > 0 else float("inf"),
    )


def frame_of(entity: np.ndarray, period: np.ndarray, weight: np.ndarray) -> pd.DataFrame:
    """Return weights by the positions of entity and period among the sorted distinct ones."""
    return pd.DataFrame({"entity": entity, "period": period, "weight": weight})

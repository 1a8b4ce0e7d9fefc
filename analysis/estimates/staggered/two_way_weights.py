"""The weights that a two-way regression gives to the effects of treated cells."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_sample import take_sample
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped
from analysis.estimates.switching.absorption import without_effects
from analysis.faults import Fault, Faults

ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class TwoWayWeights:
    """The two-way coefficient as a weighted sum of the effects of treated rows.

    `weights` has `entity, period, weight`, one row a treated row, adding to 1; entity and period are
    positions among the sorted distinct ones. `negative_sum` is the sum of the `n_negative` negative ones,
    `negative_share` their share in number. `sigma_zero` is the smallest standard deviation of effects under
    which their average could be zero although the coefficient is not, `sigma_opposite` that under which all
    of them could have the other sign than the coefficient: infinite where no weight is negative.
    """

    estimate: float
    weights: pd.DataFrame
    negative_sum: float
    n_negative: int
    negative_share: float
    sigma_zero: float
    sigma_opposite: float
    dropped: tuple[Dropped, ...]


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
    negative = weight < -ROUNDING
    spread = float(np.sqrt(share @ (weight / share - 1) ** 2))
    return TwoWayWeights(
        estimate=estimate,
        weights=pd.DataFrame(
            {"entity": sample.entity[treated], "period": sample.period[treated], "weight": weight}
        ),
        negative_sum=float(weight[negative].sum()),
        n_negative=int(negative.sum()),
        negative_share=float(negative.mean()),
        sigma_zero=abs(estimate) / spread if spread > ROUNDING else float("inf"),
        sigma_opposite=sigma_opposite(abs(estimate), weight / share, share),
        dropped=sample.dropped,
    )


def sigma_opposite(size: float, relative: Floats, share: Floats) -> float:
    """Return the second figure of Corollary 1 from weights relative to shares.

    It is `|b| / sqrt(T_s + S_s^2 / (1 - P_s))`: weights falling, `S_k`, `T_k` and `P_k` the sums from the
    k-th on of shares times weights, of shares times squares and of shares, `s` the first position with
    `w_s < -S_s / (1 - P_s)`.
    """
    if not (relative * share < -ROUNDING).any():
        return float("inf")
    order = np.argsort(-relative)
    falling, part = relative[order], share[order]
    linear, square, rest = (
        np.cumsum(values[::-1])[::-1] for values in (part * falling, part * falling**2, part)
    )
    ahead = 1 - rest
    first = int(np.argmax((falling * ahead < -linear) & (ahead > ROUNDING)))
    return float(size / np.sqrt(square[first] + linear[first] ** 2 / ahead[first]))

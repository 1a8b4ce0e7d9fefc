"""Confidence sets of a fuzzy discontinuity that stay right when the jump of the treatment is small."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.discontinuity.cutoff_design import CutoffDesign, take_cutoff_sample
from analysis.estimates.discontinuity.jumps import Jump, fit_jumps, sharp_jump
from analysis.estimates.discontinuity.polynomial import LOCAL_LINEAR, Polynomial, check_polynomial
from analysis.estimates.small_sample import levels
from analysis.faults import Fault, Faults

SetKind = Literal["interval", "outside", "everything"]


@dataclass(frozen=True, slots=True)
class WeakFirstStage:
    """All effects that the data do not reject, whatever the strength of the first stage.

    `kind` is `interval`: from `conf_low` to `conf_high`; `outside`: all but what lies between them;
    `everything`: no effect is rejected, bounds infinite. `p_value` is of no effect at all, hence of
    the jump of the outcome; `first_stage_f` is the squared bias-corrected t of the treatment's jump.
    """

    outcome: str
    treatment: str
    kind: SetKind
    conf_low: float
    conf_high: float
    p_value: float
    first_stage_f: float
    df_resid: int
    level: float
    bandwidth: float
    n_obs: int
    n_clusters: int | None


def set_of(outcome: Jump, treatment: Jump, covariance: float, cut: float) -> tuple[SetKind, float, float]:
    """Return the effects e with `(y - e d)² <= cut² (V_y - 2 e C + e² V_d)`, jumps y and d corrected."""
    y, d = outcome.corrected, treatment.corrected
    square = d**2 - cut**2 * treatment.robust_error**2
    linear = -2 * (y * d - cut**2 * covariance)
    constant = y**2 - cut**2 * outcome.robust_error**2
    inner = linear**2 - 4 * square * constant
    if square < 0 and inner <= 0:
        return "everything", -np.inf, np.inf
    ends = sorted((-linear + sign * np.sqrt(inner)) / (2 * square) for sign in (-1, 1))
    return ("interval" if square > 0 else "outside"), float(ends[0]), float(ends[1])


def weak_first_stage(
    frame: pd.DataFrame, design: CutoffDesign, polynomial: Polynomial = LOCAL_LINEAR
) -> WeakFirstStage:
    """Return the Anderson-Rubin set of a fuzzy design, from bias-corrected jumps in one window.

    An effect e is kept if the jump of `outcome - e treatment` does not differ from zero; t with the
    degrees of freedom of `local_polynomial`, whose arguments these are. Feir, Lemieux and Marmer (2016).
    Raises `Faults` as `local_polynomial` does, and for a sharp design.
    """
    if design.treatment is None:
        raise Faults(
            [Fault("design, treatment", "None", "the column of a fuzzy design", "use local_polynomial")]
        )
    check_polynomial(polynomial)
    order, level = polynomial.order, polynomial.level
    sample = take_cutoff_sample(frame, design, donut=polynomial.donut, needed=order + 2)
    window = fit_jumps(sample, polynomial).window
    y, d = sample.outcome, sample.treated
    scale = float(y.std() / d.std())
    jump_y, jump_d, both = (sharp_jump(sample, values, window) for values in (y, d, y + scale * d))
    covariance = both.robust_error**2 - jump_y.robust_error**2 - (scale * jump_d.robust_error) ** 2
    inside = window.weights(sample.score) > 0
    n_clusters = None if sample.clusters is None else levels(sample.clusters[inside])
    parameters = 2 * (order + 2) + sample.covariates.shape[1]
    df_resid = int(inside.sum()) - parameters if n_clusters is None else n_clusters - 1
    cut = float(stats.t.ppf(0.5 + level / 2, df_resid))
    kind, low, high = set_of(jump_y, jump_d, covariance / (2 * scale), cut)
    return WeakFirstStage(
        outcome=design.outcome,
        treatment=design.treatment,
        kind=kind,
        conf_low=low,
        conf_high=high,
        p_value=float(2 * stats.t.sf(abs(jump_y.corrected) / jump_y.robust_error, df_resid)),
        first_stage_f=(jump_d.corrected / jump_d.robust_error) ** 2,
        df_resid=df_resid,
        level=level,
        bandwidth=window.width,
        n_obs=int(inside.sum()),
        n_clusters=n_clusters,
    )

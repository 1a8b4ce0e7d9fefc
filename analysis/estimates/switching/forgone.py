"""Income forgone for a paid post: what of a yuan of pay does not arrive in total income."""

from dataclasses import dataclass

import pandas as pd

from analysis.estimates.results import Dropped, Estimate, estimate_of
from analysis.estimates.switching.absorption import AbsorbedDesign, Effects, absorbed
from analysis.estimates.switching.ratio import ConfidenceSet, delta_error
from analysis.estimates.switching.reduced_forms import reduced_forms

ESTIMATOR = "one less the ratio of effects"


@dataclass(frozen=True, slots=True)
class Forgone:
    """Yuan of other income lost per yuan of pay: 0 if pay is all gain, 1 if it only replaces.

    `share` has the delta method's error; `fieller` is the set that stays right where the effect on pay
    is imprecise. `on_outcome` and `on_pay` are the two effects, per unit of the regressor.
    """

    share: Estimate
    fieller: ConfidenceSet
    on_outcome: Estimate
    on_pay: Estimate
    dropped: tuple[Dropped, ...]


def turned(ratio: ConfidenceSet) -> ConfidenceSet:
    """Return the set of `1 - r` for the set of ratios `r`."""
    return ConfidenceSet(ratio.shape, 1 - ratio.high, 1 - ratio.low, ratio.level)


def forgone_income(
    frame: pd.DataFrame,
    *,
    outcome: str,
    pay: str,
    regressor: str,
    effects: Effects,
    clusters: str,
    entity: str | None = None,
    controls: tuple[str, ...] = (),
    level: float = 0.95,
) -> Forgone:
    """Return `1 - b_y / b_p`: slopes of outcome and pay on the same regressor, with joint errors.

    `outcome` is total income and `pay` the pay inside it, in the same unit (yuan per capita). With the
    actual dose as `regressor` the slopes are effects within households; with the scheduled dose (and the
    effects of `term_expiry`) they are reduced forms, and their ratio is the instrumented effect of a yuan
    of pay. The covariance of both slopes is that of scores summed by cluster; intervals by the delta
    method and by Fieller (1954). Raises `Faults` as `absorbed` does.
    """
    left = absorbed(frame, AbsorbedDesign((outcome, pay, regressor), effects, clusters, entity, controls))
    inference = left.inference(1, left.rows[pay] != 0, level)
    forms = reduced_forms(left, outcome, pay, regressor, inference)
    slopes = forms.numerator.estimate, forms.denominator.estimate
    return Forgone(
        share=estimate_of(
            f"forgone per unit of {pay}",
            1 - forms.ratio,
            delta_error(*slopes, forms.covariance),
            inference,
            outcome=outcome,
            estimator=ESTIMATOR,
            engine="house",
        ),
        fieller=turned(forms.ratios()),
        on_outcome=forms.numerator,
        on_pay=forms.denominator,
        dropped=left.dropped,
    )

"""The effect of a dose by one instrument, with effects taken out and errors clustered."""

from dataclasses import dataclass

import pandas as pd
from linearmodels.iv import IV2SLS

from analysis.estimates.results import Dropped, Estimate, Inference, estimates_of
from analysis.estimates.switching.absorption import Absorbed, AbsorbedDesign, Effects, absorbed
from analysis.estimates.switching.ratio import ConfidenceSet
from analysis.estimates.switching.reduced_forms import reduced_forms

ESTIMATOR = "two-stage least squares"
WEAK = 10.0


@dataclass(frozen=True, slots=True)
class InstrumentedEffect:
    """An effect per unit of dose, and what it rests on.

    `first_stage` is the dose per unit of instrument, `reduced_form` the outcome per unit of instrument,
    `first_stage_f` the clustered F of the instrument, `anderson_rubin` the set of effects that the
    reduced form does not reject: right however weak the instrument is.
    """

    effect: Estimate
    first_stage: Estimate
    reduced_form: Estimate
    first_stage_f: float
    anderson_rubin: ConfidenceSet
    dropped: tuple[Dropped, ...]

    @property
    def is_weak(self) -> bool:
        """Say whether F is below 10: read the Anderson-Rubin set then, not the interval."""
        return self.first_stage_f < WEAK


def second_stage(left: Absorbed, outcome: str, dose: str, instrument: str, inference: Inference) -> Estimate:
    """Return `(z'd)^-1 z'y` with the house's clustered error."""
    columns = left.columns
    model = IV2SLS(columns[[outcome]], None, columns[[dose]], columns[[instrument]])
    fitted = model.fit(cov_type="clustered", clusters=left.clusters, debiased=False)
    covariance = fitted.cov * left.correction(1).factor
    return estimates_of(
        fitted.params, covariance, inference, outcome=outcome, estimator=ESTIMATOR, engine="linearmodels"
    )[0]


def instrumented_left(left: Absorbed, level: float) -> InstrumentedEffect:
    """Return the effect from columns without effects: outcome, dose and instrument, in this order."""
    outcome, dose, instrument = left.design.main
    inference = left.inference(1, left.rows[dose] != 0, level)
    forms = reduced_forms(left, outcome, dose, instrument, inference)
    return InstrumentedEffect(
        effect=second_stage(left, outcome, dose, instrument, inference),
        first_stage=forms.denominator,
        reduced_form=forms.numerator,
        first_stage_f=forms.denominator.statistic**2,
        anderson_rubin=forms.ratios(),
        dropped=left.dropped,
    )


def instrumented(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    instrument: str,
    effects: Effects,
    clusters: str,
    entity: str | None = None,
    controls: tuple[str, ...] = (),
    level: float = 0.95,
) -> InstrumentedEffect:
    """Return the effect of a dose by two-stage least squares with a single instrument.

    Effects, each spanned by the combinations of its columns, and controls are taken out of outcome,
    dose and instrument first: `b = (z'd)^-1 z'y` of what is left. F is Montiel Olea and Pflueger's (2013)
    effective F, the Anderson and Rubin (1949) set is Fieller's for reduced form over first stage.
    Singletons are dropped and counted. Raises `Faults` as `absorbed` does.
    """
    design = AbsorbedDesign((outcome, dose, instrument), effects, clusters, entity, controls)
    return instrumented_left(absorbed(frame, design), level)

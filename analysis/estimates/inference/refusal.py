"""Whether a design can find the effect that is to be expected at all."""

from dataclasses import dataclass

import numpy as np

from analysis.estimates.power import MinimumDetectableEffect, detectable_by, detectable_effect
from analysis.estimates.results import Estimate
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Supported:
    """A design that finds the largest plausible effect with the power asked for."""

    mde: MinimumDetectableEffect
    plausible: float


@dataclass(frozen=True, slots=True)
class Hopeless:
    """A design that would miss even the largest plausible effect: its estimate is not to be printed."""

    mde: MinimumDetectableEffect
    plausible: float
    reason: str


def judged(mde: MinimumDetectableEffect, plausible: float) -> Supported | Hopeless:
    """Return the verdict: hopeless if `mde > |plausible|`; raises `Faults` for no plausible effect."""
    largest = abs(plausible)
    if not (np.isfinite(largest) and largest > 0):
        mend = "take it from the literature or the region's settings"
        raise Faults([Fault("plausible effect", str(plausible), "a finite number other than zero", mend)])
    if mde.value <= largest:
        return Supported(mde, largest)
    reason = (
        f"the smallest effect found with power {mde.power:.0%} at size {mde.size:.0%} is {mde.value:.4g}, "
        f"above the largest plausible effect of {largest:.4g}"
    )
    return Hopeless(mde, largest, reason)


def judge_error(
    std_error: float, df_resid: int, *, plausible: float, size: float = 0.05, power: float = 0.80
) -> Supported | Hopeless:
    """Return whether a design with this standard error can find `plausible` (units of the outcome).

    The rule: refused if `(t(1 - size / 2) + t(power)) se > |plausible|` (Bloom 1995; `power.py`).
    """
    return judged(detectable_effect(std_error, df_resid, size=size, power=power), plausible)


def judge_estimate(
    estimate: Estimate, *, plausible: float, size: float = 0.05, power: float = 0.80
) -> Supported | Hopeless:
    """Return whether the design behind an estimate can find `plausible`, by the rule of `judge_error`."""
    return judged(detectable_by(estimate, size=size, power=power), plausible)

"""The smallest effect that a design would find."""

from dataclasses import dataclass

from scipy import stats

from analysis.estimates.results import Estimate


@dataclass(frozen=True, slots=True)
class MinimumDetectableEffect:
    """An effect in units of the outcome, found with probability `power` by a test of size `size`."""

    value: float
    std_error: float
    df_resid: int
    size: float
    power: float


def detectable_effect(
    std_error: float, df_resid: int, *, size: float = 0.05, power: float = 0.80
) -> MinimumDetectableEffect:
    """Return `(t(1 - size / 2) + t(power)) se`, t with `df_resid` degrees of freedom (Bloom 1995)."""
    multiple = stats.t.ppf(1 - size / 2, df_resid) + stats.t.ppf(power, df_resid)
    return MinimumDetectableEffect(float(multiple * std_error), std_error, df_resid, size, power)


def detectable_by(estimate: Estimate, *, size: float = 0.05, power: float = 0.80) -> MinimumDetectableEffect:
    """Return the effect that the design behind an estimate would find."""
    return detectable_effect(estimate.std_error, estimate.df_resid, size=size, power=power)

"""The path of an event study: estimates before and after, with their covariance."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.regressors import Floats
from analysis.faults import Fault, Faults, did_you_mean


@dataclass(frozen=True, slots=True, eq=False)
class EventStudy:
    """Estimates by event time in ascending order, the reference period left out.

    `times` (k) are relative to treatment, `pre` of them before the reference; `estimates` (k) and
    `covariance` (k by k) are in the outcome's unit; `weights` (k - pre) give the effect of
    interest `weights'estimates[pre:]`.
    """

    times: Floats
    estimates: Floats
    covariance: Floats
    weights: Floats
    reference: float
    pre: int

    @property
    def post(self) -> int:
        """Number of periods after the reference."""
        return len(self.times) - self.pre

    @property
    def effect(self) -> float:
        """The weighted effect after treatment."""
        return float(self.weights @ self.estimates[self.pre :])

    @property
    def effect_error(self) -> float:
        """The standard error of the weighted effect."""
        return float(np.sqrt(self.weights @ self.covariance[self.pre :, self.pre :] @ self.weights))


def event_study(
    estimates: pd.Series,
    covariance: pd.DataFrame,
    *,
    reference: float = -1,
    weights: pd.Series | None = None,
) -> EventStudy:
    """Return a checked path.

    `estimates` is indexed by event time as numbers, without or with the reference period (an
    estimate of 0 that is left out); `covariance` has the same index and columns. `weights` is
    indexed by event times after the reference, the plain average if None. Raises `Faults` for
    missing, infinite and duplicated values, a covariance that does not match or is not positive
    definite, no period before or after, and weights of unknown periods.
    """
    faults = path_faults(estimates, covariance)
    if faults:
        raise Faults(faults)
    path = estimates[estimates.index != reference].sort_index()
    times = path.index.to_numpy(dtype=float)
    pre = int((times < reference).sum())
    spread = covariance.loc[path.index, path.index].to_numpy(dtype=float)
    if pre in (0, len(times)):
        side = "before" if pre == 0 else "after"
        faults.append(fault("estimates", f"no period {side} {reference:g}", "periods on both sides"))
    elif not np.allclose(spread, spread.T) or np.linalg.eigvalsh(spread)[0] <= 0:
        faults.append(fault("covariance", "not symmetric and positive definite", "a covariance matrix"))
    if faults:
        raise Faults(faults)
    chosen = weights_of(path.index[pre:], weights)
    return EventStudy(times, path.to_numpy(dtype=float), spread, chosen, reference, pre)


def fault(where: str, found: str, allowed: str) -> Fault:
    """Return a fault of the path, whose mend is the estimator that gave it."""
    return Fault(f"event study, {where}", found, allowed, "give the estimator's own event-time path")


def path_faults(estimates: pd.Series, covariance: pd.DataFrame) -> list[Fault]:
    """Return what is wrong with index and values of the path."""
    if not pd.api.types.is_numeric_dtype(estimates.index):
        return [fault("estimates", f"an index of {estimates.index.dtype}", "event times as numbers")]
    if estimates.index.has_duplicates:
        return [fault("estimates", "an event time given twice", "each event time once")]
    if set(covariance.index) < set(estimates.index) or not covariance.index.equals(covariance.columns):
        return [fault("covariance", "rows and columns are not the event times", "the index of `estimates`")]
    if not (np.isfinite(estimates).all() and np.isfinite(covariance.to_numpy()).all()):
        return [fault("estimates", "missing or infinite values", "finite numbers")]
    return []


def weights_of(after: pd.Index, weights: pd.Series | None) -> Floats:
    """Return the weights of the periods after the reference, zero where none is given."""
    if weights is None:
        return np.full(len(after), 1 / len(after))
    unknown = [time for time in weights.index if time not in after]
    if unknown or not np.isfinite(weights).all() or not weights.any():
        found = f"weights of {unknown}" if unknown else "weights that are missing, infinite or all zero"
        times = [f"{time:g}" for time in after]
        mend = did_you_mean(f"{unknown[0]:g}", times) if unknown else "give weights such as 1 and 0"
        raise Faults([Fault("event study, weights", found, ", ".join(times), mend)])
    return weights.reindex(after, fill_value=0.0).to_numpy(dtype=float)

"""Fixed-length intervals when the violation of parallel trends bends by at most M a period.

The optimisation of moderndid and R's HonestDiD (a nested grid of conic programs) in one smooth convex
program of a dozen unknowns; moderndid is the second program that checks it.
"""

import numpy as np
from scipy.optimize import LinearConstraint, brentq, minimize
from scipy.special import ndtr
from scipy.stats import norm

from analysis.estimates.regressors import Floats
from analysis.estimates.sensitivity.event_study import EventStudy


def folded_quantile(shift: float, level: float) -> float:
    """Return the `level` quantile of `|N(shift, 1)|`."""
    top = shift + norm.ppf(0.5 + level / 2)
    return float(brentq(lambda c: ndtr(c - shift) - ndtr(-c - shift) - level, 0, top + 1e-9, xtol=1e-13))


def bends(study: EventStudy) -> tuple[Floats, Floats]:
    """Return the violation by its slope at the reference (k) and its bends (k by k - 1), earliest first.

    `d_t = b t + sum_s max(|t| - |s|, 0) e_s` over bends s on the same side, the one at the reference
    (s = 0) counted after it.
    """
    times = np.concatenate([np.arange(-study.pre, 0), np.arange(1, study.post + 1)]).astype(float)
    at = np.arange(-study.pre + 1, study.post).astype(float)
    same_side = np.where(at >= 0, times[:, None] > 0, times[:, None] < 0)
    return times, np.where(same_side, np.maximum(np.abs(times)[:, None] - np.abs(at), 0), 0.0)


def half_length(error: float, bias: float, level: float) -> tuple[float, float, float]:
    """Return `s cv(B / s)` and its derivatives in s and B, cv being the folded normal's quantile."""
    shift = bias / error
    cv = folded_quantile(shift, level)
    near, far = norm.pdf(cv - shift), norm.pdf(cv + shift)
    slope = float((near - far) / (near + far))
    return error * cv, cv - shift * slope, slope


def linear_start(spread: Floats, pre: int, weights: Floats, times: Floats) -> Floats:
    """Return the weights of the leads (pre) with the least variance among those that remove linear trends."""
    trend, inside = times[:pre], np.linalg.inv(spread[:pre, :pre])
    pull = inside @ spread[:pre, pre:] @ weights
    multiplier = (trend @ pull - weights @ times[pre:]) / (trend @ inside @ trend)
    return np.asarray(inside @ trend * multiplier - pull)


def smoothness_interval(study: EventStudy, m: float, level: float) -> tuple[float, float]:
    """Return the shortest fixed-length interval for the weighted effect under `|second differences| <= m`.

    Its centre is `l'b_post + v'b_pre` with v free but for `(v, l)'t = 0`, which removes linear trends; the
    worst bias is `m sum_s |(v, l)'E_s|`. Bends before treatment enter by their absolute values u as
    further unknowns, `-u <= v'E_s <= u`. Event times must be consecutive.
    """
    pre, (times, bend), unit = study.pre, bends(study), study.effect_error
    spread, bias = study.covariance / unit**2, m / unit
    before, always = bend[:pre, : pre - 1], np.abs(study.weights @ bend[pre:, pre - 1 :]).sum()

    def objective(x: Floats) -> tuple[float, Floats]:
        v = np.concatenate([x[:pre], study.weights])
        error = float(np.sqrt(v @ spread @ v))
        length, by_error, by_bias = half_length(error, bias * (always + x[pre:].sum()), level)
        gradient = np.full(len(x), by_bias * bias)
        gradient[:pre] = by_error * (spread @ v)[:pre] / error
        return length, gradient

    slack = np.eye(pre - 1)
    trend = np.concatenate([times[:pre], np.zeros(pre - 1)])[None, :]
    absolute = np.vstack([np.hstack([sign * before.T, slack]) for sign in (1, -1)])
    target = -study.weights @ times[pre:]
    limits = [LinearConstraint(trend, target, target), LinearConstraint(absolute, 0, np.inf)]
    start = linear_start(spread, pre, study.weights, times)
    found = minimize(
        objective,
        np.concatenate([start, np.abs(start @ before)]),
        jac=True,
        method="SLSQP",
        constraints=limits[: min(pre, 2)],
        options={"ftol": 1e-12, "maxiter": 500},
    )
    centre = study.effect + float(found.x[:pre] @ study.estimates[:pre])
    return centre - unit * float(found.fun), centre + unit * float(found.fun)

"""Jumps of one column at the cutoff, by `rdrobust`."""

import io
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

from rdrobust import rdrobust

from analysis.estimates.column_checks import where
from analysis.estimates.discontinuity.cutoff_design import CutoffSample
from analysis.estimates.discontinuity.polynomial import Polynomial
from analysis.estimates.discontinuity.two_sided_clusters import Window, clustered_errors
from analysis.estimates.regressors import Floats
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump, treated side less the other, and the same less its estimated bias; errors of each."""

    conventional: float
    corrected: float
    conventional_error: float
    robust_error: float


@dataclass(frozen=True, slots=True)
class Jumps:
    """The effect, the jump of the treatment (`None` if sharp), and the window both come from."""

    effect: Jump
    first_stage: Jump | None
    window: Window


def run(sample: CutoffSample, values: Floats, treatment: Floats | None, **options: Any) -> Any:
    """Run `rdrobust` at score 0, with errors by nearest neighbours unless clustered.

    Its note on mass points (see `heaping`) and its warning of few clusters (counted in every estimate) are
    not passed on. Raises `Faults` where it finds no bandwidth.
    """
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.filterwarnings("ignore", message="Only .* clusters within the bandwidth")
        try:
            return rdrobust(
                values,
                sample.score,
                fuzzy=treatment,
                covs=sample.covariates if sample.covariates.shape[1] else None,
                cluster=sample.clusters,
                **options,
            )
        except Exception as error:  # rdrobust raises bare exceptions
            raise Faults(
                [
                    Fault(
                        where(sample.design.running),
                        f"rdrobust: {error}",
                        "enough rows and distinct values on each side of the cutoff",
                        "name a wider bandwidth, or take a lower order",
                    )
                ]
            ) from error


def jump_from(coefficients: Any, errors: Any, sign: float) -> Jump:
    """Read a jump off rdrobust's tables, whose rows are conventional, bias-corrected, robust."""
    values, spread = coefficients.to_numpy().ravel(), errors.to_numpy().ravel()
    return Jump(sign * float(values[0]), sign * float(values[2]), float(spread[0]), float(spread[2]))


def clustered(jump: Jump, values: Floats, sample: CutoffSample, window: Window) -> Jump:
    """Return a jump of `values` with errors clustered over both sides, where the design has clusters."""
    if sample.clusters is None:
        return jump
    errors = clustered_errors(values, sample.score, sample.covariates, sample.clusters, window)
    return Jump(jump.conventional, jump.corrected, errors.conventional, errors.robust)


def fit_jumps(sample: CutoffSample, polynomial: Polynomial) -> Jumps:
    """Return the jump of the outcome, over that of the treatment if there is one.

    The error of the ratio is that of `(y - t effect) / first stage`, both jumps taken as known.
    """
    kernel, order = polynomial.kernel, polynomial.order
    fitted = run(
        sample,
        sample.outcome,
        sample.treatment,
        h=polynomial.bandwidth,
        bwselect=polynomial.selector,
        kernel=kernel,
        p=order,
    )
    window = Window(float(fitted.bws.iloc[0, 0]), float(fitted.bws.iloc[1, 0]), kernel, order)
    sign = sample.design.sign
    if sample.treatment is None:
        effect = jump_from(fitted.coef, fitted.se, sign)
        return Jumps(clustered(effect, sample.outcome, sample, window), None, window)
    effect, first = jump_from(fitted.coef, fitted.se, 1.0), jump_from(fitted.tau_T, fitted.se_T, sign)
    linear = (sample.outcome - effect.conventional * sample.treatment) / first.conventional
    return Jumps(
        clustered(effect, linear, sample, window),
        clustered(first, sample.treatment, sample, window),
        window,
    )


def sharp_jump(sample: CutoffSample, values: Floats, window: Window) -> Jump:
    """Return the jump of any column in a given window."""
    fitted = run(
        sample, values, None, h=window.width, b=window.bias_width, kernel=window.kernel, p=window.order
    )
    return clustered(jump_from(fitted.coef, fitted.se, sample.design.sign), values, sample, window)

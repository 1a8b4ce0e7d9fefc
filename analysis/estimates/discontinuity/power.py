"""The smallest effect that a discontinuity would find, before or after it is estimated."""

import numpy as np

from analysis.estimates.discontinuity.kernels import Kernel, edge_variance
from analysis.estimates.discontinuity.local_polynomial import LocalPolynomial
from analysis.estimates.inference.refusal import Hopeless, Supported, judge_estimate, judged
from analysis.estimates.power import MinimumDetectableEffect, detectable_effect
from analysis.faults import Fault, Faults


def number_faults(n_below: int, n_above: int, sd: float, first_stage: float, parameters: int) -> list[Fault]:
    """Return one fault for each number out of its range."""
    faults = [
        Fault(name, str(n), f"more than {parameters}", "widen the window")
        for name, n in (("n_below", n_below), ("n_above", n_above))
        if n <= parameters
    ]
    if not (np.isfinite(sd) and sd > 0):
        faults.append(Fault("sd", str(sd), "above 0", "the spread of the outcome around its curve"))
    if not (np.isfinite(first_stage) and first_stage != 0):
        faults.append(Fault("first_stage", str(first_stage), "other than 0", "1 for a sharp design"))
    return faults


def detectable_discontinuity(
    n_below: int,
    n_above: int,
    *,
    sd: float,
    first_stage: float = 1.0,
    kernel: Kernel = "uniform",
    order: int = 1,
    size: float = 0.05,
    power: float = 0.80,
) -> MinimumDetectableEffect:
    """Return the effect found with probability `power` from the rows in a window, in units of `sd`.

    `(t(1 - size/2) + t(power)) se`, `se = sd sqrt(C (1/n_below + 1/n_above)) / |first_stage|`: rows
    uniform over the window, spread `sd` around each curve, C that of `edge_variance` (4 for a line: the
    design effect of Schochet 2009). So a sharp design with N rows, half on each side, has
    `se = 4 sd / sqrt(N)`. `first_stage` is the jump of the treatment; t has N less the parameters of
    both curves as degrees of freedom. Raises `Faults` for numbers out of range.
    """
    faults = number_faults(n_below, n_above, sd, first_stage, order + 1)
    if faults:
        raise Faults(faults)
    spread = edge_variance(kernel, order) * (1 / n_below + 1 / n_above)
    std_error = sd * float(np.sqrt(spread)) / abs(first_stage)
    return detectable_effect(std_error, n_below + n_above - 2 * (order + 1), size=size, power=power)


def judge_window(
    n_below: int,
    n_above: int,
    *,
    sd: float,
    plausible: float,
    first_stage: float = 1.0,
    kernel: Kernel = "uniform",
    order: int = 1,
    size: float = 0.05,
    power: float = 0.80,
) -> Supported | Hopeless:
    """Return whether a window could find an effect of `plausible` size, before the outcome is seen."""
    mde = detectable_discontinuity(
        n_below,
        n_above,
        sd=sd,
        first_stage=first_stage,
        kernel=kernel,
        order=order,
        size=size,
        power=power,
    )
    return judged(mde, plausible)


def judge_polynomial(
    found: LocalPolynomial, *, plausible: float, size: float = 0.05, power: float = 0.80
) -> Supported | Hopeless:
    """Return whether the design behind an estimate finds `plausible`, from its robust error.

    `Hopeless` carries the figure that is printed in place of the estimate.
    """
    return judge_estimate(found.robust, plausible=plausible, size=size, power=power)

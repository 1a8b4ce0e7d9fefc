"""Selection on unobservables that would undo an effect (Oster 2019)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.estimates.results import Dropped
from analysis.estimates.sensitivity.within import within
from analysis.faults import Fault, Faults

STRETCH = 1.3
REAL = 1e-8


@dataclass(frozen=True, slots=True)
class ShortLong:
    """What Oster's formulas need: a regression without and one with controls, on the same rows.

    `variance_y` and `variance_d` are those of outcome and treatment net of what both regressions
    hold fixed, `variance_residual` that of the treatment net of the controls too; `r2` of both are
    within what is held fixed.
    """

    short: float
    short_r2: float
    long: float
    long_r2: float
    variance_y: float
    variance_d: float
    variance_residual: float


@dataclass(frozen=True, slots=True)
class Oster:
    """How strong selection on unobservables must be, relative to that on the controls.

    `delta` makes the effect zero at `r2_max`; above 1 in absolute value is the rule of thumb, and a
    negative one means that the controls move the estimate away from zero. `adjusted` is the effect
    if `delta = 1` (of several roots the one nearest the estimate with controls), `adjusted_linear`
    by the approximation `long - (short - long)(r2_max - long_r2)/(long_r2 - short_r2)`; the
    identified set lies between `long` and `adjusted`.
    """

    term: str
    regressions: ShortLong
    r2_max: float
    delta: float
    adjusted: float
    adjusted_linear: float
    n_obs: int
    dropped: tuple[Dropped, ...] = ()


def pieces(found: ShortLong, r2_max: float) -> tuple[float, float, float, float, float]:
    """Return `m, r, q, T, V`: the coefficient's movement, variances explained, hidden, residual, whole."""
    return (
        found.short - found.long,
        (found.long_r2 - found.short_r2) * found.variance_y,
        (r2_max - found.long_r2) * found.variance_y,
        found.variance_residual,
        found.variance_d,
    )


def delta_for(found: ShortLong, r2_max: float, target: float = 0.0) -> float:
    """Return the selection on unobservables, relative to that on controls, at which the effect is `target`.

    With `a = long - target`, `m = short - long`, T and V the treatment's variance with and without
    controls, `r = (long_r2 - short_r2) Vy` and `q = (r2_max - long_r2) Vy` (Oster 2019, Corollary 2):
    `(a r T + a m^2 V T + 2 a^2 m T V + a^3 T (V - T)) / (q m V + a q (V - T) + a^2 m T V + a^3 T (V - T))`.
    Infinite if controls leave nothing hidden, or neither the coefficient nor the treatment moves.
    """
    m, r, q, t, v = pieces(found, r2_max)
    a = found.long - target
    cubic = a**3 * t * (v - t)
    top = a * r * t + a * m**2 * v * t + 2 * a**2 * m * t * v + cubic
    bottom = q * m * v + a * q * (v - t) + a**2 * m * t * v + cubic
    return top / bottom if bottom != 0 else float("inf")


def effect_for(found: ShortLong, r2_max: float, delta: float = 1.0) -> float:
    """Return the effect under proportional selection `delta`: `long - a`, a the smallest real root of

    `(1 - delta) T (V - T) a^3 + (2 - delta) m T V a^2
    + (r T + m^2 V T - delta q (V - T)) a - delta q m V = 0`, which is `delta_for` solved for a.
    """
    m, r, q, t, v = pieces(found, r2_max)
    linear = r * t + m**2 * v * t - delta * q * (v - t)
    roots = np.roots([(1 - delta) * t * (v - t), (2 - delta) * m * t * v, linear, -delta * q * m * v])
    real = roots.real[np.abs(roots.imag) <= REAL * np.maximum(1, np.abs(roots))]
    return found.long - float(real[np.abs(real).argmin()]) if len(real) else float("nan")


def short_long(sample: PanelSample) -> ShortLong:
    """Return both regressions of a sample, effects removed from all columns first."""
    fixed = sample.specification.household == "fixed"
    cell = sample.cells
    if cell is None and sample.specification.period == "common":
        cell = sample.period
    if cell is None and not fixed:
        cell = np.zeros_like(sample.entity)
    remove = within(sample.entity if fixed else None, cell).remove
    y, d, *controls = (remove(column) for column in sample.values.to_numpy().T)
    x = np.column_stack(controls)
    rest = d - x @ np.linalg.lstsq(x, d, rcond=None)[0]
    y_rest = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    short, long = float(d @ y / (d @ d)), float(rest @ y / (rest @ rest))
    n, total = sample.n_obs, float(y @ y)
    return ShortLong(
        short=short,
        short_r2=1 - float(((y - short * d) ** 2).sum()) / total,
        long=long,
        long_r2=1 - float(((y_rest - long * rest) ** 2).sum()) / total,
        variance_y=total / n,
        variance_d=float(d @ d) / n,
        variance_residual=float(rest @ rest) / n,
    )


def check_oster(frame: pd.DataFrame, outcome: str, design: PanelDesign, specification: Specification) -> None:
    """Raise `Faults` with everything that keeps the two regressions from these data."""
    check_panel(frame, outcome, design, specification)
    faults = []
    if len(design.treatments) != 1 or not design.controls:
        found = f"{len(design.treatments)} treatment(s), {len(design.controls)} control(s)"
        mend = "move other treatments to the controls"
        faults.append(Fault("design", found, "one treatment, one control or more", mend))
    if specification.household in ("random", "correlated"):
        found = specification.name
        faults.append(Fault("specification", found, "pooled or household effects", "choose one of them"))
    if faults:
        raise Faults(faults)


def oster(
    frame: pd.DataFrame,
    outcome: str,
    design: PanelDesign,
    specification: Specification,
    *,
    r2_max: float | None = None,
) -> Oster:
    """Return how strong selection on unobservables must be to undo an effect.

    The short regression has the single treatment and the effects of `specification` (household
    `none` or `fixed`), the long one `design.controls` too. `r2_max` is what all confounders together
    would explain of the outcome within those effects, `min(1, 1.3 long_r2)` if None. Oster (2019).
    Raises `Faults` as `fit_panel` does, without controls, for several treatments, random effects,
    a treatment that the controls determine, and an `r2_max` not between the long R2 and 1.
    """
    check_oster(frame, outcome, design, specification)
    sample = take_sample(frame, outcome, design, specification)
    both, term = short_long(sample), design.treatments[0]
    if both.variance_residual <= REAL**2 * both.variance_d:
        found = f"column {term!r} is determined by the controls"
        raise Faults([Fault("design", found, "a treatment that varies given the controls", "use fewer")])
    highest = min(1.0, STRETCH * both.long_r2) if r2_max is None else r2_max
    if not both.long_r2 <= highest <= 1:
        allowed = f"from {both.long_r2:.4g}, the R2 with controls, to 1"
        raise Faults([Fault("r2_max", f"{highest:g}", allowed, "choose another, or None")])
    gained = both.long_r2 - both.short_r2
    hidden = (highest - both.long_r2) / gained if gained > 0 else float("inf")
    return Oster(
        term=term,
        regressions=both,
        r2_max=highest,
        delta=delta_for(both, highest),
        adjusted=effect_for(both, highest),
        adjusted_linear=both.long - (both.short - both.long) * hidden,
        n_obs=sample.n_obs,
        dropped=sample.dropped,
    )

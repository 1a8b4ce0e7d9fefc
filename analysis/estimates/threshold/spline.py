"""The slope of a regressor as a smooth curve in another variable, beside the thresholds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.column_checks import column_faults, plain
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Fit
from analysis.estimates.threshold.spline_basis import SplineBasis, SplineKind, spline_basis
from analysis.faults import Fault, Faults

UNIFORM_DRAWS = 20_000
LINEARITY = "the slope does not depend on the threshold variable"


@dataclass(frozen=True, slots=True, eq=False)
class SlopeCurve:
    """The slope at evenly spaced values of the threshold variable between the outer knots.

    `curve` has columns `value, slope, std_error, conf_low, conf_high, uniform_low, uniform_high`, slopes in
    units of the outcome per unit of the regressor: at each value alone, the interval covers the slope with
    probability `level`; the uniform band covers the whole curve. `critical` is the band's half width in
    standard errors. `fit` has the coefficients, the regressor first.
    """

    curve: pd.DataFrame
    linearity: TestResult | NotApplicable
    critical: float
    level: float
    basis: SplineBasis
    fit: Fit


def slope_curve(
    frame: pd.DataFrame,
    *,
    outcome: str,
    regressor: str,
    threshold: str,
    entity: str,
    period: str,
    seed: int,
    controls: tuple[str, ...] = (),
    clusters: str | None = None,
    kind: SplineKind = "natural_cubic",
    knots: int = 5,
    points: int = 60,
    level: float = 0.95,
) -> SlopeCurve:
    """Return `g` of `y_it = a_i + c_t + g(q_it) x_it + z_it'd + e_it` as a spline, by least squares.

    `x` is the regressor, `q` the threshold variable; knots are quantiles of `q` over rows in which `x` is
    not zero. The panel may be unbalanced. Errors are clustered, by entity without `clusters`. The test of
    linearity is the Wald test that all coefficients of the spline but the constant are zero, `F(K-1, G-1)`.
    The uniform band is the sup-t band of Montiel Olea and Plagborg-Moller (2019), its critical value from
    draws with `seed`. Raises `Faults` as `fit_panel` does, for a level outside 0 to 1, fewer than two points
    or three knots, and for a threshold variable of too few values.
    """
    frame = plain(frame)
    check_curve(frame, (outcome, regressor, threshold, *controls), points, level)
    basis = spline_basis(frame.loc[frame[regressor] != 0, threshold], kind, knots)
    shapes = basis.columns(frame[threshold].to_numpy(dtype=float, na_value=np.nan))
    terms = tuple(f"{regressor} × spline {k}" for k in range(1, knots))
    x = frame[regressor].to_numpy(dtype=float, na_value=np.nan)
    rows = frame.assign(**dict(zip(terms, (x[:, None] * shapes).T, strict=True)))
    design = PanelDesign(entity, period, (regressor, *terms), controls, clusters=clusters or entity)
    fit = fit_panel(rows, outcome, design, HOUSEHOLD_YEAR)
    return curve_of(fit, basis, points, level, np.random.default_rng(seed))


def check_curve(frame: pd.DataFrame, numbers: tuple[str, ...], points: int, level: float) -> None:
    """Raise `Faults` for columns that are unknown or not numeric, and for points or a level that are out."""
    faults = column_faults(frame, dict.fromkeys(numbers), ())
    if points < 2:
        faults.append(Fault("slope curve, points", str(points), "two or more", "use 60"))
    if not 0 < level < 1:
        faults.append(Fault("slope curve, level", f"{level:g}", "above 0 and below 1", "use 0.95"))
    if faults:
        raise Faults(faults)


def curve_of(
    fit: Fit, basis: SplineBasis, points: int, level: float, random: np.random.Generator
) -> SlopeCurve:
    """Return the curve of a fitted spline with its intervals and test."""
    used = [fit.terms[0], *fit.terms[1 : len(basis.knots)]]
    coefficients = np.array([fit.estimate(term).estimate for term in used])
    covariance = fit.covariance.loc[used, used].to_numpy()
    df = fit.estimate(used[0]).df_resid
    values = np.linspace(basis.knots[0], basis.knots[-1], points)
    loadings = np.column_stack([np.ones(points), basis.columns(values)])
    slopes, errors = loadings @ coefficients, np.sqrt(((loadings @ covariance) * loadings).sum(axis=1))
    reach = float(stats.t.ppf(0.5 + level / 2, df)) * errors
    critical = sup_t(loadings @ covariance @ loadings.T, errors, df, level, random)
    curve = pd.DataFrame(
        {
            "value": values,
            "slope": slopes,
            "std_error": errors,
            "conf_low": slopes - reach,
            "conf_high": slopes + reach,
            "uniform_low": slopes - critical * errors,
            "uniform_high": slopes + critical * errors,
        }
    )
    return SlopeCurve(curve, wald(coefficients[1:], covariance[1:, 1:], df), critical, level, basis, fit)


def sup_t(covariance: Floats, errors: Floats, df: int, level: float, random: np.random.Generator) -> float:
    """Return the `level` quantile of the largest absolute t over the curve (covariance points by points)."""
    scaled = covariance / np.outer(errors, errors)
    roots, directions = np.linalg.eigh(scaled)
    factor = directions * np.sqrt(np.maximum(roots, 0))
    normal = random.standard_normal((UNIFORM_DRAWS, len(errors))) @ factor.T
    scale = np.sqrt(random.chisquare(df, UNIFORM_DRAWS) / df)
    return float(np.quantile(np.abs(normal).max(axis=1) / scale, level))


def wald(coefficients: Floats, covariance: Floats, df: int) -> TestResult | NotApplicable:
    """Return the F test that all coefficients are zero, or why the clusters are too few for it."""
    number = len(coefficients)
    if df < number or np.linalg.matrix_rank(covariance, hermitian=True) < number:
        return NotApplicable("Wald", f"{df + 1} clusters are too few for {number} coefficients")
    statistic = float(coefficients @ np.linalg.solve(covariance, coefficients)) / number
    return TestResult(
        name="Wald",
        null=LINEARITY,
        statistic=statistic,
        df=number,
        p_value=float(stats.f.sf(statistic, number, df)),
        distribution=f"F({number}, {df})",
    )

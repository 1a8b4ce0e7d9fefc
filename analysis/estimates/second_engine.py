"""The same regressions by a second program: pyfixest, or statsmodels for random effects."""

import warnings

import pandas as pd
import pyfixest
from statsmodels.regression.linear_model import OLS

from analysis.estimates.bare_fit import BareFit, absorbed_terms, correct
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.estimates.random_effects import quasi_demeaned
from analysis.estimates.regressors import CONSTANT, regressors
from analysis.estimates.results import Fit

CONVERGED = 1e-10
"""Tolerance of pyfixest's alternating projections, on scaled columns."""


def fixest_frame(sample: PanelSample) -> pd.DataFrame:
    """Return the sample with names that a formula accepts: `y`, `x0`, `x1`, ..., and codes."""
    names = ["y", *(f"x{i}" for i in range(len(sample.design.terms)))]
    frame = sample.values.set_axis(names, axis=1).reset_index(drop=True)
    frame["entity"], frame["period"] = sample.entity, sample.period
    if sample.cells is not None:
        frame["cells"] = sample.cells
    if sample.clusters is not None:
        frame["clusters"] = sample.clusters
    return frame


def formula(sample: PanelSample) -> str:
    """Return the pyfixest formula; pooled regressions absorb the periods."""
    terms = " + ".join(f"x{i}" for i in range(len(sample.design.terms)))
    absorbed = ["entity"] if sample.specification.household == "fixed" else []
    if sample.cells is not None:
        absorbed.append("cells")
    elif sample.specification.period == "common":
        absorbed.append("period")
    return f"y ~ {terms} | {' + '.join(absorbed)}" if absorbed else f"y ~ {terms}"


def fit_fixest(sample: PanelSample) -> Fit:
    """Fit a pooled or fixed-effects regression; a pooled constant is absorbed by the periods.

    pyfixest's unadjusted classical variance divides by `n - 1`; it is returned to `n` here.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"\s*\d+ variables? dropped due to multicollinearity")
        model = pyfixest.feols(
            formula(sample),
            fixest_frame(sample),
            vcov="iid" if sample.clusters is None else {"CRV1": "clusters"},
            ssc=pyfixest.ssc(k_adj=False, G_adj=False),
            fixef_rm="none",
            demeaner=pyfixest.MapDemeaner(fixef_tol=CONVERGED),
        )
    named = {f"x{i}": term for i, term in enumerate(sample.design.terms)} | {"Intercept": CONSTANT}
    coefficients = model.coef().rename(named)
    covariance = pd.DataFrame(model._vcov, index=coefficients.index, columns=coefficients.index)
    if sample.clusters is None:
        covariance *= (sample.n_obs - 1) / sample.n_obs
    fixed = sample.specification.household == "fixed"
    bare = BareFit(
        engine="pyfixest",
        coefficients=coefficients,
        covariance=covariance,
        n_terms=len(coefficients) if fixed else regressors(sample).matrix.shape[1],
        r2=float(model._r2_within if fixed else model._r2),
    )
    return correct(sample, bare, absorbed_terms(sample, coefficients.index))


def fit_quasi_demeaned(sample: PanelSample) -> Fit:
    """Fit (correlated) random effects by least squares on quasi-demeaned columns.

    The variance components are its own, from a within and a between regression.
    """
    columns = regressors(sample)
    demeaned = quasi_demeaned(sample, columns.matrix)
    model = OLS(demeaned.outcome, demeaned.regressors)
    if sample.clusters is None:
        result = model.fit()
        covariance = result.cov_params() * (result.df_resid / sample.n_obs)
    else:
        grouped = {"groups": sample.clusters, "use_correction": False}
        result = model.fit(cov_type="cluster", cov_kwds=grouped)
        covariance = result.cov_params()
    reported = list(columns.reported)
    bare = BareFit(
        engine="statsmodels",
        coefficients=result.params[reported],
        covariance=covariance.loc[reported, reported],
        n_terms=len(result.params),
        r2=float(1 - result.ssr / result.centered_tss),
        variance_components=demeaned.components,
    )
    return correct(sample, bare, columns.omitted)


def fit_second(frame: pd.DataFrame, outcome: str, design: PanelDesign, specification: Specification) -> Fit:
    """Fit one specification by the second engine; raises `Faults` as `fit_panel` does."""
    check_panel(frame, outcome, design, specification)
    sample = take_sample(frame, outcome, design, specification)
    if specification.household in ("random", "correlated"):
        return fit_quasi_demeaned(sample)
    return fit_fixest(sample)

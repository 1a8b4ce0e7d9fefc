"""Panel regressions of one outcome on several treatments at once, by linearmodels."""

import warnings
from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
import pandas as pd
from linearmodels.panel import PanelOLS, PooledOLS, RandomEffects
from linearmodels.panel.results import PanelResults, RandomEffectsResults
from linearmodels.panel.utility import AbsorbingEffectWarning

from analysis.estimates.bare_fit import BareFit, absorbed_terms, correct
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import LADDER, PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.estimates.regressors import independent, lengths, regressors
from analysis.estimates.results import Fit, VarianceComponents


def fit_bare(fit: Callable[..., PanelResults], sample: PanelSample) -> PanelResults:
    """Call a linearmodels `fit` for the uncorrected covariance."""
    if sample.clusters is None:
        return fit(cov_type="unadjusted", debiased=False)
    clusters = pd.DataFrame({"clusters": sample.clusters}, index=sample.values.index)
    return fit(cov_type="clustered", clusters=clusters, debiased=False)


def remove_effects(sample: PanelSample) -> PanelResults:
    """Fit `y_it = x_it'b + a_i (+ d_t, or + d_gt) + e_it` by least squares.

    Terms that are sums of a constant and terms before them are left out here, since linearmodels takes a
    constant among the terms for an intercept and keeps them.
    """
    terms = sample.values[list(sample.design.terms)]
    raw = np.column_stack([np.ones(len(terms)), terms])
    cells = None
    if sample.cells is not None:
        cells = pd.DataFrame({"cells": sample.cells}, index=sample.values.index)
    model = PanelOLS(
        sample.values[sample.outcome],
        terms.loc[:, independent(raw, lengths(raw))[1:]],
        entity_effects=True,
        time_effects=sample.specification.period == "common",
        other_effects=cells,
        drop_absorbed=True,
        check_rank=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AbsorbingEffectWarning)
        return fit_bare(partial(model.fit, auto_df=False, count_effects=False), sample)


def bare_fit(result: PanelResults, n_terms: int, reported: list[str]) -> BareFit:
    """Return what linearmodels found, before the correction."""
    components = None
    if isinstance(result, RandomEffectsResults):
        variances = result.variance_decomposition
        components = VarianceComponents(float(variances["Residual"]), float(variances["Effects"]))
    return BareFit(
        engine="linearmodels",
        coefficients=result.params[reported],
        covariance=result.cov.loc[reported, reported],
        n_terms=n_terms,
        r2=float(result.rsquared),
        variance_components=components,
    )


def fit_sample(sample: PanelSample) -> Fit:
    """Fit the regression of one sample.

    Pooled: `y = X b + e`. Random effects: generalised least squares with Swamy and Arora's (1972)
    variance components. Correlated random effects: the same with household means (Mundlak 1978).
    """
    if sample.specification.household == "fixed":
        removed = remove_effects(sample)
        bare = bare_fit(removed, len(removed.params), list(removed.params.index))
        return correct(sample, bare, absorbed_terms(sample, removed.params.index))
    columns = regressors(sample)
    exog = columns.matrix.set_index(sample.values.index)
    model = PooledOLS if sample.specification.household == "none" else RandomEffects
    result = fit_bare(model(sample.values[sample.outcome], exog, check_rank=False).fit, sample)
    return correct(sample, bare_fit(result, exog.shape[1], list(columns.reported)), columns.omitted)


def fit_panel(frame: pd.DataFrame, outcome: str, design: PanelDesign, specification: Specification) -> Fit:
    """Fit one specification; rows not used are counted in `dropped`.

    Raises `Faults` with everything that keeps these data from this regression.
    """
    check_panel(frame, outcome, design, specification)
    return fit_sample(take_sample(frame, outcome, design, specification))


def fit_ladder(
    frame: pd.DataFrame,
    outcome: str,
    design: PanelDesign,
    specifications: Iterable[Specification] = LADDER,
) -> tuple[Fit, ...]:
    """Fit one outcome under each specification in turn."""
    return tuple(fit_panel(frame, outcome, design, specification) for specification in specifications)

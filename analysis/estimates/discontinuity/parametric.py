"""The effect at a cutoff from one straight line on each side, over all rows or a window."""

import numpy as np
import pandas as pd
from statsmodels.regression.linear_model import OLS

from analysis.estimates.column_checks import plain
from analysis.estimates.discontinuity.cutoff_design import (
    JUMP,
    CutoffDesign,
    CutoffSample,
    take_cutoff_sample,
)
from analysis.estimates.regressors import CONSTANT, refuse_collinear, refuse_reserved
from analysis.estimates.results import Dropped, Fit, Inference, estimates_of
from analysis.estimates.small_sample import CLUSTERED, levels
from analysis.faults import Fault, Faults

INTERACTION = "running × treated side"
ROBUST = "n/(n-K), heteroskedasticity-robust (HC1)"


def lines(sample: CutoffSample) -> pd.DataFrame:
    """Return the regressors: treated side, running variable centred, their product, covariates, constant."""
    design = sample.design
    treated = sample.treated
    x = pd.DataFrame({JUMP: treated, design.running: sample.score, INTERACTION: treated * sample.score})
    covariates = pd.DataFrame(sample.covariates, columns=list(design.covariates))
    return pd.concat([x, covariates, pd.DataFrame({CONSTANT: np.ones(len(x))})], axis=1)


def within(
    frame: pd.DataFrame, design: CutoffDesign, window: float | None
) -> tuple[pd.DataFrame, list[Dropped]]:
    """Return the rows with `|running - cutoff| <= window`, and how many were outside."""
    if window is None:
        return frame, []
    outside = (frame[design.running] - design.cutoff).abs() > window
    return frame[~outside], [Dropped("outside the window", int(outside.sum()))]


def inference_of(sample: CutoffSample, n_parameters: int, level: float) -> Inference:
    """Return the sample as estimates state it."""
    n_obs, clusters = len(sample.score), sample.clusters
    n_clusters = None if clusters is None else levels(clusters)
    return Inference(
        n_obs=n_obs,
        n_entities=levels(sample.entity),
        n_clusters=n_clusters,
        df_resid=n_obs - n_parameters if n_clusters is None else n_clusters - 1,
        clusters=sample.design.clusters,
        correction=ROBUST if n_clusters is None else CLUSTERED,
        level=level,
        n_treated_clusters=None if clusters is None else levels(clusters[sample.treated != 0]),
    )


def parametric_discontinuity(
    frame: pd.DataFrame, design: CutoffDesign, *, window: float | None = None, level: float = 0.95
) -> Fit:
    """Return the regression of the outcome on the treated side, the running variable and their product.

    `y = a + t D + b (x - c) + d D (x - c) + Z g + e`; the term `jump at the cutoff` is t. `window` keeps
    rows with `|x - c| <= window`, all by default. It is the design of many published tables; a straight
    line over the whole range is biased where the curve bends, so `local_polynomial` stands beside it.
    Thistlethwaite and Campbell (1960); Lee and Lemieux (2010). Raises `Faults` for bad columns, for a
    fuzzy design, with fewer than two distinct values on a side, and for collinear covariates.
    """
    if design.treatment is not None:
        mend = "set it to None, or use local_polynomial"
        raise Faults([Fault("design, treatment", design.treatment, "None: the design is sharp", mend)])
    if window is not None and not (np.isfinite(window) and window > 0):
        raise Faults([Fault("window", str(window), "above 0, or None", "in units of the running variable")])
    frame = plain(frame)
    take_cutoff_sample(frame, design, donut=0.0, needed=2)
    rows, outside = within(frame, design, window)
    sample = take_cutoff_sample(rows, design, donut=0.0, needed=2)
    x = lines(sample)
    refuse_reserved(x)
    refuse_collinear(x[[CONSTANT, *x.columns.drop(CONSTANT)]], design.covariates)
    model = OLS(sample.outcome, x)
    if sample.clusters is None:
        result = model.fit(cov_type="HC1")
    else:
        kinds = {"groups": sample.clusters, "use_correction": True}
        result = model.fit(cov_type="cluster", cov_kwds=kinds)
    return Fit(
        outcome=design.outcome,
        estimator="linear discontinuity",
        engine="statsmodels",
        estimates=estimates_of(
            result.params,
            result.cov_params(),
            inference_of(sample, x.shape[1], level),
            outcome=design.outcome,
            estimator="linear discontinuity",
            engine="statsmodels",
        ),
        covariance=result.cov_params(),
        r2=float(result.rsquared),
        dropped=(*outside, *sample.dropped),
    )

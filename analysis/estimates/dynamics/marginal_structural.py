"""Marginal structural models: effects of a treatment that responds to what it did before."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.regression.linear_model import WLS

from analysis.estimates.column_checks import plain
from analysis.estimates.dynamics.inverse_probability import (
    TreatmentModel,
    WeightSummary,
    stabilised_weights,
    truncated,
)
from analysis.estimates.dynamics.treatment_paths import (
    PathDesign,
    TreatmentPaths,
    check_paths,
    treatment_paths,
)
from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import CONSTANT, Floats, dummies, independent, lengths, refuse_collinear
from analysis.estimates.results import Fit, Inference, estimates_of
from analysis.estimates.small_sample import CLUSTERED, refuse_exhausted
from analysis.faults import Fault, Faults

WEIGHTED, UNWEIGHTED = "marginal structural model", "the same without weights"


@dataclass(frozen=True, slots=True, eq=False)
class MarginalStructural:
    """Effects of the treatment now and before, weighted, and beside them the same without weights.

    Periods, first treatment and baseline are in the regressions, not among their terms.
    """

    treatment: str
    model: TreatmentModel
    weighted: Fit
    unweighted: Fit
    weights: WeightSummary


def exposure_names(treatment: str, lags: int) -> tuple[str, ...]:
    """Return the names of the treatment now and in the periods before."""
    return (treatment, *(f"{treatment} (t-{lag})" for lag in range(1, lags + 1)))


def outcome_columns(paths: TreatmentPaths, names: tuple[str, ...]) -> pd.DataFrame:
    """Return a constant, the exposures, periods, the first treatment and the baseline, all independent."""
    exposures = paths.treatments[list(range(len(names)))].set_axis(list(names), axis=1).reset_index(drop=True)
    matrix = pd.concat(
        [
            pd.DataFrame({CONSTANT: np.ones(len(exposures))}),
            dummies(np.unique(paths.period, return_inverse=True)[1], "period"),
            exposures,
            paths.treatments[["first"]].reset_index(drop=True),
            paths.baseline.add_prefix("baseline ").reset_index(drop=True),
        ],
        axis=1,
    )
    refuse_collinear(matrix, names)
    values = matrix.to_numpy(dtype=float)
    return matrix.loc[:, independent(values, lengths(values))]


def fit_outcome(
    paths: TreatmentPaths, outcome: str, design: PathDesign, lags: int, weights: Floats, estimator: str
) -> Fit:
    """Return the weighted regression on the exposures, errors clustered, weights taken as known."""
    names = list(exposure_names(design.treatment, lags))
    columns = outcome_columns(paths, tuple(names))
    refuse_exhausted(*columns.shape)
    groups = codes(paths.rows[design.clusters])
    model = WLS(paths.rows[outcome].to_numpy(dtype=float), columns, weights=weights)
    result = model.fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": True})
    treated = paths.treatments[0].to_numpy() != 0
    inference = Inference(
        n_obs=len(columns),
        n_entities=int(paths.rows[design.entity].nunique()),
        n_clusters=int(groups.max()) + 1,
        df_resid=int(groups.max()),
        clusters=design.clusters,
        correction=CLUSTERED,
        n_treated_clusters=int(np.unique(groups[treated]).size),
    )
    covariance = result.cov_params().loc[names, names]
    return Fit(
        outcome=outcome,
        estimator=estimator,
        engine="statsmodels",
        estimates=estimates_of(
            result.params[names],
            covariance,
            inference,
            outcome=outcome,
            estimator=estimator,
            engine="statsmodels",
        ),
        covariance=covariance,
        r2=float(result.rsquared),
        dropped=paths.dropped,
    )


def marginal_structural(
    frame: pd.DataFrame,
    outcome: str,
    design: PathDesign,
    *,
    model: TreatmentModel,
    lags: int,
    percentiles: tuple[float, float] = (0.01, 0.99),
) -> MarginalStructural:
    """Return effects of a treatment that responds to its own past consequences.

    `E[Y_t(a)] = c_t + b_0 a_t + ... + b_lags a_(t-lags) + g a_0 + V'd`, fitted by least squares with the
    weights of `stabilised_weights`, truncated at two percentiles (Robins, Hernán and Brumback 2000;
    Cole and Hernán 2008). `model` is a logit for a 0/1 treatment, or a normal density for a dose.
    It needs that the history and the past treatments hold all that drives both treatment and outcome:
    unlike household effects it does not remove what is constant and unseen. Errors take the weights
    as known, which makes them too large rather than too small in large samples. Rows used have all
    exposures after the first row, whose treatment is conditioned on. Raises `Faults` for negative
    lags, percentiles out of order, and treatments that the history makes certain.
    """
    frame = plain(frame)
    check_paths(frame, outcome, design)
    if lags < 0:
        raise Faults([Fault("lags", str(lags), "zero or more", "choose how many past treatments act")])
    if not 0 <= percentiles[0] < percentiles[1] <= 1:
        mend = "use (0, 1) for no truncation"
        raise Faults([Fault("percentiles", str(percentiles), "two in order, from 0 to 1", mend)])
    paths = treatment_paths(frame, design, lags)
    weights = stabilised_weights(paths, codes(paths.rows[design.entity]), model)
    known = paths.rows[outcome].notna().to_numpy()
    late = paths.step > lags
    used = paths.only(known, f"missing {outcome}").only(late[known], f"fewer than {lags + 1} earlier rows")
    kept, summary = truncated(weights[known & late], percentiles)
    return MarginalStructural(
        treatment=design.treatment,
        model=model,
        weighted=fit_outcome(used, outcome, design, lags, kept, WEIGHTED),
        unweighted=fit_outcome(used, outcome, design, lags, np.ones(len(kept)), UNWEIGHTED),
        weights=summary,
    )

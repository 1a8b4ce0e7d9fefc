"""Stabilised inverse-probability weights of treatment paths."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from analysis.estimates.dynamics.treatment_paths import TreatmentPaths
from analysis.estimates.regressors import CONSTANT, Floats, dummies, independent, lengths
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults

TreatmentModel = Literal["logit", "normal"]


@dataclass(frozen=True, slots=True)
class WeightSummary:
    """The weights before truncation, the percentiles and values they were truncated at, and what is left.

    A mean far from one says that the treatment models are wrong or some paths hardly occur.
    `effective_n` is `(sum w)^2 / sum w^2` of the truncated weights (Kish 1965).
    """

    mean: float
    smallest: float
    largest: float
    percentiles: tuple[float, float]
    low: float
    high: float
    n_truncated: int
    effective_n: float


def treatment_columns(paths: TreatmentPaths, with_history: bool) -> Floats:
    """Return a constant, periods, treatment before and at first, baseline, and the history if asked."""
    parts = [
        pd.DataFrame({CONSTANT: np.ones(len(paths.rows))}),
        dummies(np.unique(paths.period, return_inverse=True)[1], "period"),
        paths.treatments[["before", "first"]].reset_index(drop=True),
        paths.baseline.reset_index(drop=True),
    ]
    if with_history:
        parts.append(paths.history.reset_index(drop=True))
    return pd.concat(parts, axis=1).to_numpy(dtype=float)


def reduced(columns: Floats) -> Floats:
    """Return the columns that are independent of those before them."""
    return columns[:, independent(columns, lengths(columns))]


def bernoulli(treated: Floats, columns: Floats) -> Floats:
    """Return the fitted probability of what each row chose, by a logit."""
    share = GLM(treated, columns, family=Binomial()).fit().predict(columns)
    return np.where(treated == 1, share, 1 - share)


def gaussian(dose: Floats, columns: Floats) -> Floats:
    """Return the fitted normal density of each dose, up to the constant that cancels."""
    residual = dose - columns @ np.linalg.lstsq(columns, dose, rcond=None)[0]
    deviation = np.sqrt(residual @ residual / (len(dose) - columns.shape[1]))
    return np.exp(-((residual / deviation) ** 2) / 2) / deviation


def choices(paths: TreatmentPaths, model: TreatmentModel) -> Floats:
    """Return the ratio of marginal to conditional probability of each row's treatment, n.

    Where nobody ever leaves a binary treatment, those already in it choose nothing: their ratio is one.
    """
    now, before = paths.treatments[0].to_numpy(), paths.treatments["before"].to_numpy()
    free = np.ones(len(now), dtype=np.bool_)
    if model == "logit":
        if set(np.unique(now).tolist()) != {0.0, 1.0}:
            mend = "use the normal model for doses, or recode it"
            raise Faults([Fault("treatment", "values other than 0 and 1", "0 and 1, both present", mend)])
        if not ((before == 1) & (now == 0)).any():
            free = before == 0
    density = bernoulli if model == "logit" else gaussian
    ratio = np.ones(len(now))
    marginal, conditional = (treatment_columns(paths, with_history)[free] for with_history in (False, True))
    ratio[free] = density(now[free], reduced(marginal)) / density(now[free], reduced(conditional))
    return ratio


def stabilised_weights(paths: TreatmentPaths, entity: Codes, model: TreatmentModel) -> Floats:
    """Return `prod_(s <= t) f(A_s | A_(s-1), A_0, V) / f(A_s | A_(s-1), A_0, V, L_(s-1))`, n.

    Both with period effects (Robins, Hernán and Brumback 2000). Rows are sorted by entity and period.
    """
    ratio = choices(paths, model)
    if not np.all(np.isfinite(ratio) & (ratio > 0)):
        mend = "leave out rows whose treatment is certain, or use a shorter history"
        found = "treatments that the history makes certain"
        raise Faults([Fault("treatment", found, "treatments that could have been otherwise", mend)])
    return np.exp(pd.Series(np.log(ratio)).groupby(entity).cumsum().to_numpy())


def truncated(weights: Floats, percentiles: tuple[float, float]) -> tuple[Floats, WeightSummary]:
    """Return weights drawn in to two of their percentiles, and their summary."""
    low, high = (float(value) for value in np.quantile(weights, percentiles))
    kept = np.clip(weights, low, high)
    summary = WeightSummary(
        mean=float(weights.mean()),
        smallest=float(weights.min()),
        largest=float(weights.max()),
        percentiles=percentiles,
        low=low,
        high=high,
        n_truncated=int((kept != weights).sum()),
        effective_n=float(kept.sum() ** 2 / (kept**2).sum()),
    )
    return kept, summary

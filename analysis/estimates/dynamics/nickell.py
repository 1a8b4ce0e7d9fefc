"""Nickell's bias: a lagged outcome beside household effects in a short panel."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_regression import fit_sample
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.faults import Fault, Faults

UNIT = 0.9999
"""Persistence above which a stationary outcome is not distinguished from a random walk."""


@dataclass(frozen=True, slots=True)
class NickellWarning:
    """A lagged outcome among the regressors of a regression with household effects.

    `n_periods` is the mean number of rows a household, rounded; `estimate` is the biased coefficient,
    `implied` the persistence that would give it, `bias` their difference: an order of magnitude where
    there are other regressors. `implied` is one, and `bias` a lower bound of its size, for estimates that no
    stationary outcome gives.
    """

    outcome: str
    term: str
    lag: int
    estimator: str
    n_periods: int
    estimate: float
    implied: float
    bias: float
    advice: str


def nickell_bias(persistence: float, n_periods: int) -> float:
    """Return `plim(r^ - r)` of a household-effects regression of an outcome on its own lag.

    `-(1 + r)/(T - 1) a / (1 - 2 r a / ((1 - r)(T - 1)))` with `a = 1 - (1 - r^T) / (T (1 - r))`, T
    equations a household, many households (Nickell 1981, equation 18). Raises `Faults` unless
    `-1 < r < 1` and `T >= 2`.
    """
    if not -1 < persistence < 1:
        mend = "difference the outcome first"
        raise Faults([Fault("persistence", f"{persistence:g}", "more than -1, less than 1", mend)])
    if n_periods < 2:
        raise Faults([Fault("n_periods", f"{n_periods:g}", "two or more", "add periods")])
    r, t = persistence, n_periods
    a = 1 - (1 - r**t) / (t * (1 - r))
    return float(-(1 + r) / (t - 1) * a / (1 - 2 * r * a / ((1 - r) * (t - 1))))


def implied_persistence(estimate: float, n_periods: int) -> float:
    """Return the persistence `r` with `r + bias(r, T) = estimate`, one if none below one gives it."""

    def gap(r: float) -> float:
        return r + nickell_bias(r, n_periods) - estimate

    if gap(UNIT) <= 0:
        return 1.0
    return -1.0 if gap(-UNIT) >= 0 else float(brentq(gap, -UNIT, UNIT))


def repeats_outcome(sample: PanelSample, term: str, earlier: pd.DataFrame, lag: int) -> bool:
    """Say whether a term equals the outcome `lag` periods before in every row where both are known."""
    keys = pd.MultiIndex.from_arrays([sample.entity, sample.period - lag])
    past = earlier.reindex(keys)[sample.outcome].to_numpy()
    known = np.isfinite(past)
    values = sample.values[term].to_numpy()
    return bool(known.sum() > 1 and np.allclose(values[known], past[known], rtol=1e-6, atol=1e-9))


def lagged_outcomes(sample: PanelSample) -> list[tuple[str, int]]:
    """Return terms that are lags of the outcome, whatever their names, with their lags."""
    outcomes = sample.values[[sample.outcome]]
    return [
        (term, lag)
        for term in sample.design.terms
        for lag in range(1, int(sample.period.max()) + 1)
        if repeats_outcome(sample, term, outcomes, lag)
    ]


def nickell_warnings(
    frame: pd.DataFrame, outcome: str, design: PanelDesign, specification: Specification
) -> tuple[NickellWarning, ...]:
    """Return one warning for each lagged outcome beside household effects, none if there is none.

    Lags are found by their values, not their names. Random effects are warned of too: the lag then
    holds the effect. The coefficient is that of fixed effects. Raises `Faults` as `fit_panel` does.
    """
    if specification.household == "none":
        return ()
    within = Specification("fixed", specification.period)
    check_panel(frame, outcome, design, within)
    sample = take_sample(frame, outcome, design, within)
    found = lagged_outcomes(sample)
    if not found:
        return ()
    fit = fit_sample(sample)
    n_periods = round(sample.n_obs / sample.n_entities)
    warnings = []
    for term, lag in found:
        estimate = fit.estimate(term).estimate
        implied = implied_persistence(estimate, n_periods)
        warnings.append(
            NickellWarning(
                outcome=outcome,
                term=term,
                lag=lag,
                estimator=specification.name,
                n_periods=n_periods,
                estimate=estimate,
                implied=implied,
                bias=estimate - implied,
                advice="use fit_dynamic (Arellano-Bond, Blundell-Bond), or leave the lag out",
            )
        )
    return tuple(warnings)

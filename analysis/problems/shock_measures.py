"""Shares, elasticities and waits of what is paid after a shock."""

from dataclasses import replace

import numpy as np
from scipy import stats

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.need_based.partial_transfers import inference_for
from analysis.estimates.results import Estimate, Fit, estimate_of
from analysis.estimates.switching.absorption import Absorbed
from analysis.problems.shock_times import ESTIMATOR, LEVEL, TIMES, by_shock, column


def share_of_change(
    alone: Absorbed, outcome: str, dose: str, shock: str, weak: str
) -> Estimate | NotApplicable:
    """Return the change of an outcome for each unit that the shock changes of another, if it does at all."""
    found = by_shock(alone, outcome, dose, shock)
    return NotApplicable("Response", weak) if found.is_weak else found.effect


def elasticity_of(alone: Absorbed, outcome: str, shock: str) -> Estimate | NotApplicable:
    """Return the elasticity to other income at the means of these rows; its error takes means as given."""
    found = share_of_change(alone, outcome, "loss", shock, "income falls too little")
    if isinstance(found, NotApplicable):
        return found
    scale = -float(alone.rows["own"].mean() / alone.rows[outcome].mean())
    return scaled(found, "elasticity", scale)


def scaled(found: Estimate, term: str, scale: float) -> Estimate:
    """Return an estimate times a constant."""
    low, high = sorted((scale * found.conf_low, scale * found.conf_high))
    return replace(
        found,
        term=term,
        estimate=scale * found.estimate,
        std_error=abs(scale) * found.std_error,
        conf_low=low,
        conf_high=high,
    )


def delay_of(fitted: Fit, shock: str = "") -> Estimate | NotApplicable:
    """Return the mean wait `sum k b_k / sum b_k`, k from 0 to 2, with its error by the delta method.

    Where the total response cannot be told from nothing there is no wait to speak of.
    """
    terms = [column(time, shock) for time in TIMES if time >= 0]
    values = np.array([fitted.estimate(name).estimate for name in terms])
    covariance = fitted.covariance.loc[terms, terms].to_numpy()
    inference = inference_for(fitted.estimate(terms[0]))
    total, steps = values.sum(), np.arange(len(terms))
    critical = float(stats.t.ppf(0.5 + LEVEL / 2, inference.df_resid))
    if not total > critical * np.sqrt(covariance.sum()):
        return NotApplicable("Delay", "what is paid within two years of a shock cannot be told from nothing")
    delay = float(steps @ values / total)
    gradient = (steps - delay) / total
    error = float(np.sqrt(gradient @ covariance @ gradient))
    return estimate_of(
        "delay", delay, error, inference, outcome=fitted.outcome, estimator=ESTIMATOR, engine="house"
    )

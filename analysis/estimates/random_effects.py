"""Quasi-demeaned columns of a random-effects model, with Swamy and Arora's variance components."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.regression.linear_model import OLS

from analysis.estimates.panel_sample import PanelSample
from analysis.estimates.regressors import Floats, entity_means, independent, lengths
from analysis.estimates.results import VarianceComponents


@dataclass(frozen=True, slots=True, eq=False)
class QuasiDemeaned:
    """Outcome (n) and regressors (n by k) less `theta_i` times their household means."""

    outcome: Floats
    regressors: pd.DataFrame
    components: VarianceComponents


def variance_components(sample: PanelSample, outcome: Floats, matrix: Floats) -> VarianceComponents:
    """Return the components of Swamy and Arora (1972), n households observed T_i times.

    `s2_e = RSS_within / (nT - n - K_w)` and `s2_u = max(0, RSS_between / (n - K_b) - s2_e / T)`
    with `T` the harmonic mean of T_i; K counts independent columns.
    """
    y_bar, x_bar = entity_means(outcome[:, None], sample.entity)[:, 0], entity_means(matrix, sample.entity)
    changing = independent(matrix - x_bar, lengths(matrix))
    within = OLS(outcome - y_bar, (matrix - x_bar)[:, changing]).fit()
    idiosyncratic = within.ssr / (sample.n_obs - sample.n_entities - changing.sum())
    first = np.unique(sample.entity, return_index=True)[1]
    means = x_bar[first]
    distinct = independent(means, lengths(means))
    between = OLS(y_bar[first], means[:, distinct]).fit()
    harmonic = sample.n_entities / (1 / np.bincount(sample.entity)).sum()
    entity = between.ssr / (sample.n_entities - distinct.sum()) - idiosyncratic / harmonic
    return VarianceComponents(float(idiosyncratic), max(0.0, float(entity)))


def quasi_demeaned(sample: PanelSample, matrix: pd.DataFrame) -> QuasiDemeaned:
    """Return `z_it - theta_i zbar_i` with `theta_i = 1 - sqrt(s2_e / (T_i s2_u + s2_e))`."""
    outcome, x = sample.values[sample.outcome].to_numpy(), matrix.to_numpy()
    components = variance_components(sample, outcome, x)
    periods = np.bincount(sample.entity)[sample.entity]
    share = components.idiosyncratic / (periods * components.entity + components.idiosyncratic)
    theta = 1 - np.sqrt(share)
    return QuasiDemeaned(
        outcome=outcome - theta * entity_means(outcome[:, None], sample.entity)[:, 0],
        regressors=matrix - theta[:, None] * entity_means(x, sample.entity),
        components=components,
    )

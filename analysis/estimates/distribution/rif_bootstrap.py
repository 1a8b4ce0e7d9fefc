"""The cluster bootstrap of regressions on recentred influence functions, which re-estimates the statistic."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.distribution.rif import Distribution, Statistic, rif
from analysis.estimates.panel_sample import PanelSample
from analysis.estimates.regressors import CONSTANT, Floats, dummies, entity_means, independent, lengths
from analysis.estimates.small_sample import Codes, is_nested


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Columns n by k of a regression after household effects, terms first, with `X_g'X_g` by cluster."""

    columns: Floats
    products: Floats
    clusters: Codes
    n_terms: int

    def coefficients(self, outcome: Floats, counts: Floats) -> Floats:
        """Return the coefficients of the terms where each cluster counts so many times."""
        left = np.tensordot(counts, self.products, axes=1)
        right = np.einsum("nk,n->k", self.columns, outcome * counts[self.clusters])
        return np.asarray(np.linalg.lstsq(left, right, rcond=None)[0][-self.n_terms :], dtype=np.float64)


def clusters_of(sample: PanelSample) -> Codes:
    """Return the clusters that are drawn: those of the errors, or entities."""
    return sample.entity if sample.clusters is None else sample.clusters


def projection(sample: PanelSample) -> Projection:
    """Return the columns of a pooled or household-effects regression with its period effects."""
    fixed = sample.specification.household == "fixed"
    terms = list(sample.design.terms)
    parts = [] if fixed else [pd.DataFrame({CONSTANT: np.ones(sample.n_obs)})]
    if sample.cells is not None:
        parts.append(dummies(sample.cells, "cell"))
    elif sample.specification.period == "common":
        parts.append(dummies(sample.period, "period"))
    terms_last = [*parts, sample.values[terms].reset_index(drop=True)]
    matrix = pd.concat(terms_last, axis=1).to_numpy(dtype=float)
    demeaned = matrix - entity_means(matrix, sample.entity) if fixed else matrix
    kept = independent(demeaned, lengths(matrix))
    demeaned = demeaned[:, kept]
    clusters = clusters_of(sample)
    order = np.argsort(clusters, kind="stable")
    starts = np.unique(clusters[order], return_index=True)[1]
    products = np.stack([part.T @ part for part in np.split(demeaned[order], starts[1:])])
    return Projection(demeaned, products, clusters, int(kept[-len(terms) :].sum()))


def is_nested_in_clusters(sample: PanelSample) -> bool:
    """Say whether no entity moves between the clusters that are drawn."""
    return is_nested(sample.entity, clusters_of(sample))


def draw_coefficients(
    projected: Projection, distribution: Distribution, statistic: Statistic, *, draws: int, seed: int
) -> Floats:
    """Return draws by terms: clusters with replacement, statistic and influence function anew in each.

    A cluster's count is constant within its entities, so that household means stay what they are.
    """
    random = np.random.default_rng(seed)
    n_clusters = len(projected.products)
    found = np.empty((draws, projected.n_terms))
    for draw in range(draws):
        counts = np.bincount(random.integers(n_clusters, size=n_clusters), minlength=n_clusters).astype(float)
        weighted = replace(distribution, weights=counts[projected.clusters])
        found[draw] = projected.coefficients(rif(weighted, statistic), counts)
    return found

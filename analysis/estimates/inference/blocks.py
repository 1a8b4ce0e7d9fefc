"""Sums of squares and products by cluster: all of the data that clustered inference needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.estimates.cluster_scores import ClusterScores, nested_clusters, partialled, scores_from
from analysis.estimates.panel_sample import PanelSample
from analysis.estimates.regressors import Floats, entity_means
from analysis.estimates.results import Estimate, Inference, estimate_of
from analysis.estimates.small_sample import Codes, correction_for, levels
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class ClusterBlocks:
    """Blocks `X_g'X_g` (G by k by k) and `X_g'y_g` (G by k) of one sample, household means removed.

    `columns` names the k regressors, period dummies among them; the position of the term is `position`.
    """

    sample: PanelSample
    columns: tuple[str, ...]
    position: int
    squares: Floats
    products: Floats
    n_obs: NDArray[np.int64]
    n_entities: NDArray[np.int64]

    @property
    def n_clusters(self) -> int:
        """Number of clusters."""
        return len(self.squares)

    @property
    def coefficients(self) -> Floats:
        """Return `(sum_g X_g'X_g)^-1 sum_g X_g'y_g`, k."""
        return np.linalg.solve(self.squares.sum(axis=0), self.products.sum(axis=0))


def row_ranges(clusters: Codes) -> tuple[Codes, list[slice]]:
    """Return the order that sorts rows by cluster, and each cluster's range in that order."""
    ends = np.cumsum(np.bincount(clusters)).tolist()
    ranges = [slice(first, last) for first, last in zip([0, *ends[:-1]], ends, strict=True)]
    return np.argsort(clusters, kind="stable"), ranges


def within_outcome(sample: PanelSample) -> Floats:
    """Return the outcome, n, without household means where the specification removes them."""
    y = sample.values[sample.outcome].to_numpy()
    if sample.specification.household != "fixed":
        return y
    return y - entity_means(y[:, None], sample.entity)[:, 0]


def cluster_blocks(sample: PanelSample, term: str) -> ClusterBlocks:
    """Return the blocks of a sample; raises `Faults` if the effects absorb the term."""
    clusters = nested_clusters(sample)
    matrix = partialled(sample)
    if term not in matrix.columns:
        reason = f"absorbed by {sample.specification.name}"
        raise Faults([Fault(f"panel, column {term!r}", reason, "a term that varies", "use fewer effects")])
    order, ranges = row_ranges(clusters)
    x, y = matrix.to_numpy()[order], within_outcome(sample)[order]
    entity = sample.entity[order]
    return ClusterBlocks(
        sample=sample,
        columns=tuple(matrix.columns),
        position=list(matrix.columns).index(term),
        squares=np.stack([x[rows].T @ x[rows] for rows in ranges]),
        products=np.stack([x[rows].T @ y[rows] for rows in ranges]),
        n_obs=np.bincount(clusters),
        n_entities=np.array([levels(entity[rows]) for rows in ranges]),
    )


def scores_of(blocks: ClusterBlocks) -> ClusterScores:
    """Return the scores of the term, as `cluster_scores` gives them, without reading the rows again."""
    j, coefficients = blocks.position, blocks.coefficients
    inverse = np.linalg.inv(blocks.squares.sum(axis=0))
    a = inverse[:, j]
    s = (blocks.products - blocks.squares @ coefficients).T
    q = (blocks.squares @ a).T
    return scores_from(
        float(coefficients[j]),
        (a @ s, (a @ q) / a[j]),
        pull=q,
        moved=(inverse @ s, inverse @ q / a[j]),
    )


def treated_clusters(sample: PanelSample, term: str) -> int:
    """Return in how many clusters the term is ever different from zero."""
    return levels(nested_clusters(sample)[sample.values[term].to_numpy() != 0])


def n_terms(blocks: ClusterBlocks) -> int:
    """Return how many columns the correction counts as regressors rather than as effects."""
    if not blocks.sample.effects:
        return len(blocks.columns)
    return sum(column in blocks.sample.design.terms for column in blocks.columns)


def clustered_estimate(blocks: ClusterBlocks, term: str, *, level: float = 0.95) -> Estimate:
    """Return the cluster-robust estimate of the term: that of `fit_panel`, from the blocks."""
    sample = blocks.sample
    scores = scores_of(blocks)
    correction = correction_for(sample.n_obs, n_terms(blocks), sample.effects, sample.clusters)
    inference = Inference(
        n_obs=sample.n_obs,
        n_entities=sample.n_entities,
        n_clusters=blocks.n_clusters,
        df_resid=correction.df_resid,
        clusters=sample.design.clusters,
        correction=correction.name,
        level=level,
        n_treated_clusters=treated_clusters(sample, term),
    )
    return estimate_of(
        term,
        scores.estimate,
        float(np.sqrt(correction.factor * scores.variance)),
        inference,
        outcome=sample.outcome,
        estimator=sample.specification.name,
        engine="house",
    )

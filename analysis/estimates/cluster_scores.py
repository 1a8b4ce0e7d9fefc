"""Scores of one coefficient by cluster: all that a wild cluster bootstrap needs of the data."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.panel_sample import PanelSample
from analysis.estimates.regressors import Floats, dummies, entity_means, independent, lengths, regressors
from analysis.estimates.small_sample import Codes, is_nested
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class ClusterScores:
    """Scores under the null `beta = estimate - d`, linear in the distance `d`.

    A draw of weights `v` (G) moves the estimate by `n'v` with `n = numerator + d numerator_slope`, and its
    clusters' contributions to the variance are the squares of `n v - pull'm v` with
    `m = moved + d moved_slope` (numerators G, the others r by G with r at most G). Roodman, MacKinnon,
    Nielsen and Webb (2019).
    """

    estimate: float
    numerator: Floats
    numerator_slope: Floats
    pull: Floats
    moved: Floats
    moved_slope: Floats

    @property
    def variance(self) -> float:
        """The bare cluster-robust variance of the estimate."""
        return float((self.numerator**2).sum())


def scores_from(
    estimate: float,
    numerators: tuple[Floats, Floats],
    pull: Floats,
    moved: tuple[Floats, Floats],
) -> ClusterScores:
    """Return scores with each pair as value and slope; with more regressors than clusters, the product."""
    if len(pull) > len(numerators[0]):
        moved = (pull.T @ moved[0], pull.T @ moved[1])
        pull = np.eye(len(numerators[0]))
    return ClusterScores(estimate, *numerators, pull, *moved)


def sum_by(codes: Codes, rows: Floats) -> Floats:
    """Return the sums of rows (n by k) by cluster, k by G."""
    return np.vstack([np.bincount(codes, column) for column in rows.T])


def partialled(sample: PanelSample) -> pd.DataFrame:
    """Return regressors (n by k) without household means, the terms first, dependent columns left out.

    Removing household means first is exact, and commutes with weights drawn by cluster, where
    households nest in clusters (Frisch-Waugh-Lovell).
    """
    if sample.specification.household != "fixed":
        return regressors(sample).matrix
    parts = [sample.values[list(sample.design.terms)].reset_index(drop=True)]
    if sample.cells is not None:
        parts.append(dummies(sample.cells, "cell"))
    elif sample.specification.period == "common":
        parts.append(dummies(sample.period, "period"))
    matrix = pd.concat(parts, axis=1)
    within = matrix - entity_means(matrix.to_numpy(), sample.entity)
    ahead = within[[*within.columns[len(sample.design.terms) :], *sample.design.terms]]
    kept = independent(ahead.to_numpy(), lengths(matrix[ahead.columns].to_numpy()))
    return ahead.loc[:, kept]


def nested_clusters(sample: PanelSample) -> Codes:
    """Return the cluster codes; raises `Faults` without clusters, or if a household changes cluster."""
    column = sample.design.clusters
    if column is None or sample.clusters is None:
        raise Faults(
            [Fault("design, clusters", "None", "a column such as the township", "name the clusters")]
        )
    if sample.specification.household == "fixed" and not is_nested(sample.entity, sample.clusters):
        moved = pd.Series(sample.clusters).groupby(sample.entity).nunique().gt(1).sum()
        raise Faults(
            [
                Fault(
                    f"panel, column {column!r}",
                    f"{moved} entities change cluster",
                    "one cluster an entity",
                    "use the cluster of each entity's first period",
                )
            ]
        )
    return sample.clusters


def cluster_scores(sample: PanelSample, term: str) -> ClusterScores:
    """Return the scores of one term; raises `Faults` if the effects absorb it.

    With `A = (X'X)^-1`, its column `a` for the term and `q_g = X_g'X_g a`, scores under the null
    at distance d are `s_g + d q_g / a_j`, and a draw's residual scores lose `q_g'A sum_h s_h v_h`.
    """
    clusters = nested_clusters(sample)
    matrix = partialled(sample)
    if term not in matrix.columns:
        reason = f"absorbed by {sample.specification.name}"
        raise Faults([Fault(f"panel, column {term!r}", reason, "a term that varies", "use fewer effects")])
    x, y = matrix.to_numpy(), sample.values[sample.outcome].to_numpy()
    if sample.specification.household == "fixed":
        y = y - entity_means(y[:, None], sample.entity)[:, 0]
    j = list(matrix.columns).index(term)
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ (x.T @ y)
    a = inverse[:, j]
    s = sum_by(clusters, x * (y - x @ coefficients)[:, None])
    q = sum_by(clusters, x * (x @ a)[:, None])
    return scores_from(
        float(coefficients[j]),
        (a @ s, (a @ q) / a[j]),
        pull=q,
        moved=(inverse @ s, inverse @ q / a[j]),
    )

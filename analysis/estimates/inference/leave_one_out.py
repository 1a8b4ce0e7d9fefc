"""A coefficient without each cluster in turn, and the jackknife error that follows from it."""

from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.inference.blocks import ClusterBlocks, cluster_blocks, clustered_estimate
from analysis.estimates.inference.checks import cluster_labels, tested_sample
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.regressors import TOLERANCE, Floats
from analysis.estimates.results import Estimate, Inference, estimate_of

CV3 = "cluster jackknife CV3, (G-1)/G"


@dataclass(frozen=True, slots=True)
class Without:
    """The estimate with one cluster left out; `change` is from the estimate of all clusters.

    `estimate` is not a number if the term does not vary once the cluster is gone.
    """

    cluster: str
    estimate: float
    change: float
    n_obs: int


@dataclass(frozen=True, slots=True, eq=False)
class LeaveOneOut:
    """One estimate a cluster left out, beside the cluster-robust estimate of all of them.

    `jackknife` has the same coefficient with the CV3 error, or says why there is none.
    """

    estimate: Estimate
    jackknife: Estimate | NotApplicable
    without: tuple[Without, ...]

    @property
    def defined(self) -> tuple[Without, ...]:
        """The clusters without which the term can still be estimated."""
        return tuple(left for left in self.without if np.isfinite(left.estimate))

    @property
    def lowest(self) -> Without:
        """The cluster without which the estimate is smallest."""
        return min(self.defined, key=lambda left: left.estimate)

    @property
    def highest(self) -> Without:
        """The cluster without which the estimate is largest."""
        return max(self.defined, key=lambda left: left.estimate)

    @property
    def most_influential(self) -> Without:
        """The cluster whose absence moves the estimate most."""
        return max(self.defined, key=lambda left: abs(left.change))

    def tidy(self) -> pd.DataFrame:
        """Return one row a cluster left out, the most influential first."""
        table = pd.DataFrame([asdict(left) for left in self.without])
        return table.sort_values("change", key=abs, ascending=False, kind="stable", ignore_index=True)


def spanned_coefficient(squares: Floats, products: Floats, position: int) -> float:
    """Return one coefficient of a singular system, not a number where other columns span its own.

    Columns that vanish with a cluster (its own period effects) leave such systems: their directions
    are dropped, which is harmless unless the term has a part in them.
    """
    values, vectors = np.linalg.eigh(squares)
    kept = values > TOLERANCE * values.max()
    if np.abs(vectors[position, ~kept]).max(initial=0.0) > np.sqrt(TOLERANCE):
        return np.nan
    basis = vectors[:, kept]
    return float(basis[position] @ ((basis.T @ products) / values[kept]))


def coefficient(squares: Floats, products: Floats, position: int) -> float:
    """Return one coefficient of `X'X b = X'y`, the columns scaled to length one with all clusters."""
    try:
        lower = np.linalg.cholesky(squares)
    except np.linalg.LinAlgError:
        return spanned_coefficient(squares, products, position)
    if (np.diag(lower) ** 2).min() < TOLERANCE:
        return spanned_coefficient(squares, products, position)
    return float(np.linalg.solve(squares, products)[position])


def estimates_without(blocks: ClusterBlocks) -> Floats:
    """Return the term's coefficient without each cluster, G."""
    scale = np.sqrt(np.diag(blocks.squares.sum(axis=0)))
    squares, products = blocks.squares / np.outer(scale, scale), blocks.products / scale
    total, sums, j = squares.sum(axis=0), products.sum(axis=0), blocks.position
    left = [coefficient(total - squares[g], sums - products[g], j) for g in range(blocks.n_clusters)]
    return np.array(left) / scale[j]


def jackknifed(estimate: Estimate, without: Floats, labels: pd.Index) -> Estimate | NotApplicable:
    """Return the estimate with `se^2 = (G-1)/G sum_g (b_(g) - b)^2`."""
    undefined = [str(label) for label in labels[np.isnan(without)]]
    if undefined:
        return NotApplicable(CV3, f"{estimate.term} does not vary without {', '.join(undefined)}")
    n_clusters = len(without)
    square = (n_clusters - 1) / n_clusters * ((without - estimate.estimate) ** 2).sum()
    kept = {name: getattr(estimate, name) for name in Inference.__dataclass_fields__}
    return estimate_of(
        estimate.term,
        estimate.estimate,
        float(np.sqrt(square)),
        replace(Inference(**kept), correction=CV3),
        outcome=estimate.outcome,
        estimator=estimate.estimator,
        engine=estimate.engine,
    )


def leave_one_out(
    frame: pd.DataFrame,
    outcome: str,
    design: PanelDesign,
    term: str,
    *,
    specification: Specification = HOUSEHOLD_YEAR,
    level: float = 0.95,
) -> LeaveOneOut:
    """Return the estimate of `term` without each cluster of `design.clusters`, exactly and without refits.

    With household means removed and period effects as regressors, `b_(g) = (X'X - X_g'X_g)^-1
    (X'y - X_g'y_g)`; entities must nest in clusters. The jackknife variance `(G-1)/G sum_g (b_(g) -
    b)^2` is CV3 of MacKinnon, Nielsen and Webb (2023). Raises `Faults` as `fit_panel` does, without
    clusters, for random effects, and for a term that the design does not have.
    """
    sample = tested_sample(frame, outcome, design, term, specification)
    labels = cluster_labels(frame, outcome, design, specification)
    blocks = cluster_blocks(sample, term)
    estimate = clustered_estimate(blocks, term, level=level)
    values = estimates_without(blocks)
    n_obs = blocks.n_obs.sum() - blocks.n_obs
    return LeaveOneOut(
        estimate=estimate,
        jackknife=jackknifed(estimate, values, labels),
        without=tuple(
            Without(str(label), float(value), float(value - estimate.estimate), int(rows))
            for label, value, rows in zip(labels, values, n_obs, strict=True)
        ),
    )

"""The path of a treatment through the periods of each cluster: what randomization re-assigns."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.cluster_scores import nested_clusters
from analysis.estimates.panel_sample import PanelSample
from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """The distinct paths of a treatment, K by T, and the position of each cluster's path among them, G."""

    values: Floats
    of_cluster: Codes


def varying_cells(sample: PanelSample, term: str) -> pd.DataFrame:
    """Return the cluster-by-period cells in which the term differs between rows, as code pairs."""
    by_cell = sample.values[term].groupby([nested_clusters(sample), sample.period])
    spread = by_cell.max() - by_cell.min()
    return spread[spread > 0].index.to_frame(index=False).set_axis(["cluster", "period"], axis=1)


def cell_means(sample: PanelSample, term: str) -> pd.DataFrame:
    """Return the term's means, clusters by periods; a cluster without rows in a period has no value there."""
    return sample.values[term].groupby([nested_clusters(sample), sample.period]).mean().unstack()  # noqa: PD010


def clusters_apart(sample: PanelSample, term: str) -> int:
    """Return how many clusters leave the usual path: the commonest mean of the term in each period.

    With one date of treatment it is the number of treated or of untreated clusters, the smaller one.
    """
    means = cell_means(sample, term).round(12)
    usual = means.mode().iloc[0]
    return int((means.notna() & means.ne(usual)).any(axis=1).sum())


def assigned_paths(sample: PanelSample, term: str) -> Paths:
    """Return the paths of a treatment that all rows of a cluster share in each period.

    Raises `Faults` if the treatment differs within a cluster and period, or if a cluster has no
    rows in a period, so that its path there is unknown.
    """
    faults = []
    varying = varying_cells(sample, term)
    if len(varying):
        faults.append(
            Fault(
                f"panel, column {term!r}",
                f"differs between rows of one cluster and period, in {len(varying)} cells",
                f"one value for all rows of a {sample.design.clusters!r} in a period",
                "cluster by the unit that was treated as a whole, or use the wild bootstrap",
            )
        )
    means = cell_means(sample, term)
    empty = int(means.isna().to_numpy().sum())
    if empty:
        faults.append(
            Fault(
                f"panel, columns {sample.design.clusters!r} and {sample.design.period!r}",
                f"{empty} cluster(s) and period(s) without rows",
                "rows of every cluster in every period",
                "leave out the periods or clusters that are incomplete",
            )
        )
    if faults:
        raise Faults(faults)
    values, of_cluster = np.unique(means.round(12).to_numpy(), axis=0, return_inverse=True)
    return Paths(values, of_cluster.astype(np.int64))

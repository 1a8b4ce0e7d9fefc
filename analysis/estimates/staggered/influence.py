"""Effects of groups with the influence of each entity on them, and averages of such effects."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.regressors import Floats
from analysis.estimates.results import Estimate, Inference, estimates_of
from analysis.estimates.small_sample import Codes

Marks = np.ndarray
ESTIMATOR = "group-time averages"


@dataclass(frozen=True, slots=True, eq=False)
class Influenced:
    """Effects (m), the `group` and `label` each belongs to (m), and their influence (N by m).

    An effect less its expectation is about the mean of its influence over the N entities, whose groups are
    `first` (N, missing where never treated) and whose clusters are `clusters` (N).
    """

    first: Floats
    clusters: Codes
    group: Floats
    label: Floats
    effect: Floats
    influence: Floats

    def only(self, chosen: Marks) -> "Influenced":
        """Return some of the effects."""
        return replace(
            self,
            group=self.group[chosen],
            label=self.label[chosen],
            effect=self.effect[chosen],
            influence=self.influence[:, chosen],
        )

    def average(self, label: float = np.nan) -> "Influenced":
        """Return the mean of the effects weighted by the shares of their groups, which are estimated too."""
        member = (self.first[:, None] == self.group[None, :]).astype(float)
        share = member.mean(axis=0)
        total = share.sum()
        deviation = member - share
        moved = deviation / total - deviation.sum(axis=1, keepdims=True) * share / total**2
        influence = self.influence @ (share / total) + moved @ self.effect
        return self.one(label, float(share @ self.effect / total), influence)

    def plain_mean(self) -> "Influenced":
        """Return the unweighted mean of the effects."""
        return self.one(np.nan, float(self.effect.mean()), self.influence.mean(axis=1))

    def by(self, label: Floats) -> "Influenced":
        """Return the average of the effects of each label, ascending, which is then group and label of it."""
        values = np.unique(label)
        parts = [self.only(label == value).average(value) for value in values]
        return replace(
            self,
            group=values,
            label=values,
            effect=np.concatenate([part.effect for part in parts]),
            influence=np.column_stack([part.influence for part in parts]),
        )

    def one(self, label: float, effect: float, influence: Floats) -> "Influenced":
        """Return a single effect of these entities."""
        values = np.array([label])
        return replace(
            self, group=values, label=values, effect=np.array([effect]), influence=influence[:, None]
        )

    @property
    def covariance(self) -> Floats:
        """Return `G/(G-1) sum_c s_c s_c' / N^2`, `s_c` the sum of influence over a cluster's entities."""
        sums = np.column_stack([np.bincount(self.clusters, column) for column in self.influence.T])
        return sums.T @ sums * (len(sums) / (len(sums) - 1)) / len(self.influence) ** 2

    def estimates(self, names: list[str], inference: Inference, outcome: str) -> tuple[Estimate, ...]:
        """Return the effects as estimates under these names."""
        return estimates_of(
            pd.Series(self.effect, index=names),
            pd.DataFrame(self.covariance, index=names, columns=names),
            inference,
            outcome=outcome,
            estimator=ESTIMATOR,
            engine="house",
        )

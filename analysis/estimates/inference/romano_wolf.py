"""Families of hypotheses tested together, by wild cluster bootstrap with weights in common."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from analysis.estimates.bootstrap_draws import Draws, Weights, draw_statistics, weight_chunks
from analysis.estimates.cluster_scores import ClusterScores
from analysis.estimates.inference.adjustments import bonferroni, holm, step_down
from analysis.estimates.inference.blocks import cluster_blocks, clustered_estimate, scores_of
from analysis.estimates.inference.checks import cluster_labels, tested_sample
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Estimate
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """That the coefficient of `term` is zero in one regression of a frame."""

    outcome: str
    term: str
    design: PanelDesign
    specification: Specification = HOUSEHOLD_YEAR


@dataclass(frozen=True, slots=True)
class Tested:
    """One hypothesis of a family: its estimate, and its bootstrap p-value alone and adjusted."""

    estimate: Estimate
    p_value: float
    p_romano_wolf: float
    p_holm: float
    p_bonferroni: float


@dataclass(frozen=True, slots=True)
class Family:
    """Hypotheses tested together; `draws` includes the sample itself."""

    tested: tuple[Tested, ...]
    draws: int
    weights: Weights
    seed: int

    def tidy(self) -> pd.DataFrame:
        """Return one row a hypothesis: the fields of `Estimate` (p-value and interval are cluster-robust),
        then `p_bootstrap` of the hypothesis alone, `p_romano_wolf`, `p_holm`, `p_bonferroni`.
        """
        rows = [
            asdict(one.estimate)
            | {
                "p_bootstrap": one.p_value,
                "p_romano_wolf": one.p_romano_wolf,
                "p_holm": one.p_holm,
                "p_bonferroni": one.p_bonferroni,
            }
            for one in self.tested
        ]
        return pd.DataFrame(rows)


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """One hypothesis with its scores, and the labels of the clusters in its sample."""

    estimate: Estimate
    scores: ClusterScores
    labels: pd.Index


def scored(frame: pd.DataFrame, hypothesis: Hypothesis, level: float) -> Scored:
    """Return the scores of one hypothesis."""
    outcome, term = hypothesis.outcome, hypothesis.term
    sample = tested_sample(frame, outcome, hypothesis.design, term, hypothesis.specification)
    blocks = cluster_blocks(sample, term)
    return Scored(
        estimate=clustered_estimate(blocks, term, level=level),
        scores=scores_of(blocks),
        labels=cluster_labels(frame, outcome, hypothesis.design, hypothesis.specification),
    )


def check_family(hypotheses: Sequence[Hypothesis]) -> None:
    """Raise `Faults` for an empty family, and for clusters that are not the same throughout."""
    names = sorted({str(hypothesis.design.clusters) for hypothesis in hypotheses})
    if len(names) != 1:
        found = ", ".join(names) if names else "no hypothesis"
        mend = "give every design the same clusters, or test them as two families"
        raise Faults([Fault("family, clusters", found, "one column for the whole family", mend)])


def joint_draws(family: Sequence[Scored], *, draws: int, weights: Weights, seed: int) -> list[Draws]:
    """Return the draws of each hypothesis: a cluster has the same weight in all of them."""
    every = family[0].labels
    for one in family[1:]:
        every = every.union(one.labels)

    def own(labels: pd.Index) -> Iterator[Floats]:
        positions = every.get_indexer(labels)
        return (v[positions] for v in weight_chunks(weights, len(every), draws, seed))

    return [draw_statistics(one.scores, own(one.labels)) for one in family]


def squared_statistics(drawn: Draws, distance: float) -> Floats:
    """Return each draw's squared t, infinite where its variance is zero."""
    squares = drawn.square + 2 * distance * drawn.cross + distance**2 * drawn.slope_square
    moves = (drawn.move + distance * drawn.move_slope) ** 2
    return np.divide(moves, squares, out=np.full_like(moves, np.inf), where=squares > 0)


def romano_wolf(
    frame: pd.DataFrame,
    hypotheses: Sequence[Hypothesis],
    *,
    seed: int,
    level: float = 0.95,
    draws: int = 9_999,
    weights: Weights = "webb",
) -> Family:
    """Return p-values of a family that keep its error rate: any false rejection in at most that share.

    Each null is imposed on its own regression (restricted wild cluster bootstrap), weights are drawn
    once for all, and the largest statistic is stepped down (Romano and Wolf 2005, 2016), beside
    Holm's (1979) and Bonferroni's adjustment of the same bootstrap p-values. Estimates carry their
    cluster-robust intervals. Raises `Faults` as `wild_bootstrap` does, and unless the family has one
    column of clusters.
    """
    check_family(hypotheses)
    family = [scored(frame, hypothesis, level) for hypothesis in hypotheses]
    joint = joint_draws(family, draws=draws, weights=weights, seed=seed)
    distances = [one.scores.estimate for one in family]
    variances = [one.scores.variance for one in family]
    drawn = np.column_stack([squared_statistics(d, b) for d, b in zip(joint, distances, strict=True)])
    statistics = np.square(distances) / np.array(variances)
    alone = np.array([d.p_value(b, v) for d, b, v in zip(joint, distances, variances, strict=True)])
    adjusted = zip(family, alone, step_down(statistics, drawn), holm(alone), bonferroni(alone), strict=True)
    return Family(
        tested=tuple(Tested(one.estimate, *map(float, p_values)) for one, *p_values in adjusted),
        draws=len(drawn),
        weights=weights,
        seed=seed,
    )

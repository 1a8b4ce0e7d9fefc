"""The restricted wild cluster bootstrap of one coefficient, for few clusters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimates.cluster_scores import ClusterScores, cluster_scores, nested_clusters
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.estimates.regressors import Floats
from analysis.estimates.small_sample import levels
from analysis.faults import Fault, Faults, did_you_mean

Weights = Literal["rademacher", "webb"]

SUPPORT: dict[Weights, Floats] = {
    "rademacher": np.array([-1.0, 1.0]),
    "webb": np.sqrt([0.5, 1.0, 1.5, 0.5, 1.0, 1.5]) * np.array([-1, -1, -1, 1, 1, 1]),
}
CHUNK = 2**21
"""Numbers in the largest array of a chunk of draws."""
TIE = 1e-9
"""Relative distance below which two squared statistics are the same."""
DOUBLINGS = 40


@dataclass(frozen=True, slots=True)
class WildBootstrap:
    """A bootstrap p-value of `term = null`, and the interval of all nulls that it does not reject.

    `draws` includes the sample itself, all weights one; under `enumerated` they are all 2^G sign
    patterns. A bound is infinite if no null on that side is rejected. `n_treated_clusters` counts
    clusters in which the term is ever different from zero.
    """

    outcome: str
    estimator: str
    term: str
    estimate: float
    null: float
    p_value: float
    conf_low: float
    conf_high: float
    level: float
    draws: int
    enumerated: bool
    weights: Weights
    seed: int
    clusters: str
    n_obs: int
    n_clusters: int
    n_treated_clusters: int


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Bootstrap statistics as functions of the distance `d` between estimate and null.

    `t(d)^2 = (move + d move_slope)^2 / (square + 2 d cross + d^2 slope_square)`, one entry a draw.
    """

    move: Floats
    move_slope: Floats
    square: Floats
    cross: Floats
    slope_square: Floats

    def p_value(self, distance: float, variance: float) -> float:
        """Return the share of draws with a statistic as large as the sample's, ties included."""
        bound = distance**2 / variance * (1 - TIE)
        squares = self.square + 2 * distance * self.cross + distance**2 * self.slope_square
        return float(((self.move + distance * self.move_slope) ** 2 >= bound * squares).mean())


def is_enumerated(weights: Weights, n_clusters: int, draws: int) -> bool:
    """Say whether all sign patterns are few enough to be used once each."""
    return weights == "rademacher" and 2**n_clusters <= draws


def sign_patterns(n_clusters: int) -> Floats:
    """Return all 2^G patterns of signs, G by 2^G."""
    numbers = np.arange(2**n_clusters)
    bits = (numbers >> np.arange(n_clusters)[:, None]) & 1
    return np.where(bits == 1, -1.0, 1.0)


def weight_chunks(weights: Weights, n_clusters: int, draws: int, seed: int) -> Iterator[Floats]:
    """Yield weights, G by up to `CHUNK / G`; the first draw is the sample itself."""
    if is_enumerated(weights, n_clusters, draws):
        yield sign_patterns(n_clusters)
        return
    random = np.random.default_rng(seed)
    yield np.ones((n_clusters, 1))
    size = max(CHUNK // n_clusters, 1)
    for start in range(0, draws - 1, size):
        shape = (n_clusters, min(size, draws - 1 - start))
        yield SUPPORT[weights][random.integers(len(SUPPORT[weights]), size=shape)]


def draw_statistics(scores: ClusterScores, chunks: Iterator[Floats]) -> Draws:
    """Return the statistics of all draws."""
    parts = []
    for v in chunks:
        fixed, slope = scores.score @ v, scores.score_slope @ v
        parts.append(
            np.vstack(
                [
                    scores.numerator @ v,
                    scores.numerator_slope @ v,
                    (fixed**2).sum(axis=0),
                    (fixed * slope).sum(axis=0),
                    (slope**2).sum(axis=0),
                ]
            )
        )
    return Draws(*np.hstack(parts))


def reach(draws: Draws, variance: float, size: float, side: Literal[-1, 1]) -> float:
    """Return the distance from the estimate at which nulls on one side begin to be rejected.

    Doubles until a null is rejected, then bisects to 1e-9 of the distance; infinite if none is.
    """
    outside = np.sqrt(variance)
    for _ in range(DOUBLINGS):
        if draws.p_value(side * outside, variance) <= size:
            break
        outside *= 2
    else:
        return np.inf
    inside = 0.0
    while outside - inside > 1e-9 * outside:
        middle = (inside + outside) / 2
        if draws.p_value(side * middle, variance) <= size:
            outside = middle
        else:
            inside = middle
    return float(outside)


def bootstrap_sample(
    sample: PanelSample, term: str, *, null: float, level: float, draws: int, weights: Weights, seed: int
) -> WildBootstrap:
    """Bootstrap one term of a sample."""
    scores = cluster_scores(sample, term)
    n_clusters = len(scores.numerator)
    drawn = draw_statistics(scores, weight_chunks(weights, n_clusters, draws, seed))
    treated = nested_clusters(sample)[sample.values[term].to_numpy() != 0]
    return WildBootstrap(
        outcome=sample.outcome,
        estimator=sample.specification.name,
        term=term,
        estimate=scores.estimate,
        null=null,
        p_value=drawn.p_value(scores.estimate - null, scores.variance),
        conf_low=scores.estimate - reach(drawn, scores.variance, 1 - level, 1),
        conf_high=scores.estimate + reach(drawn, scores.variance, 1 - level, -1),
        level=level,
        draws=len(drawn.move),
        enumerated=is_enumerated(weights, n_clusters, draws),
        weights=weights,
        seed=seed,
        clusters=str(sample.design.clusters),
        n_obs=sample.n_obs,
        n_clusters=n_clusters,
        n_treated_clusters=levels(treated),
    )


def wild_bootstrap(
    frame: pd.DataFrame,
    outcome: str,
    design: PanelDesign,
    term: str,
    *,
    seed: int,
    specification: Specification = HOUSEHOLD_YEAR,
    null: float = 0.0,
    level: float = 0.95,
    draws: int = 9_999,
    weights: Weights = "webb",
) -> WildBootstrap:
    """Return the restricted wild cluster bootstrap (WCR) of one coefficient.

    Weights are drawn by `design.clusters`, in which households must nest. Cameron, Gelbach and
    Miller (2008); six-point weights: Webb (2023). Raises `Faults` as `fit_panel` does, without
    clusters, for random effects, and for a term that the design does not have.
    """
    check_panel(frame, outcome, design, specification)
    faults = []
    if term not in design.terms:
        mend = did_you_mean(term, design.terms)
        faults.append(Fault("design", f"no term {term!r}", ", ".join(design.terms), mend))
    if specification.household in ("random", "correlated"):
        faults.append(
            Fault("specification", specification.name, "pooled or household effects", "choose one of them")
        )
    if faults:
        raise Faults(faults)
    sample = take_sample(frame, outcome, design, specification)
    return bootstrap_sample(sample, term, null=null, level=level, draws=draws, weights=weights, seed=seed)

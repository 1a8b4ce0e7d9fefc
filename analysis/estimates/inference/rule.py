"""The rule that chooses how a coefficient is tested, from the number of clusters that differ."""

from dataclasses import asdict, dataclass
from typing import Literal

import pandas as pd

from analysis.estimates.inference.blocks import cluster_blocks, clustered_estimate, treated_clusters
from analysis.estimates.inference.checks import tested_sample
from analysis.estimates.inference.paths import clusters_apart
from analysis.estimates.inference.randomization import randomize_sample
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample
from analysis.estimates.results import Estimate
from analysis.estimates.wild_bootstrap import bootstrap_sample
from analysis.faults import Fault, Faults

Method = Literal["cluster-robust", "wild bootstrap", "randomization"]

MANY_CLUSTERS = 40
MANY_APART = 20
FEW_APART = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A method with its reason; `n_apart` counts clusters that leave the usual path of treatment."""

    method: Method
    reason: str
    n_clusters: int
    n_treated_clusters: int
    n_apart: int


@dataclass(frozen=True, slots=True)
class Inferred:
    """An estimate with its cluster-robust error, and the test and interval of the method chosen.

    `draws` counts bootstrap draws or arrangements, the sample included; none for cluster-robust errors.
    """

    estimate: Estimate
    choice: Choice
    p_value: float
    conf_low: float
    conf_high: float
    draws: int | None

    def tidy(self) -> pd.DataFrame:
        """Return one row: the fields of `Estimate` with the chosen p-value and interval, and the choice."""
        chosen = {"p_value": self.p_value, "conf_low": self.conf_low, "conf_high": self.conf_high}
        return pd.DataFrame([asdict(self.estimate) | asdict(self.choice) | chosen | {"draws": self.draws}])


def check_counts(n_clusters: int, n_treated: int, n_apart: int) -> None:
    """Raise `Faults` for numbers that no sample has."""
    faults = [
        Fault(name, str(found), f"{lowest} to {n_clusters}", "count the clusters of the sample used")
        for name, found, lowest in (
            ("clusters", n_clusters, 2),
            ("treated clusters", n_treated, 1),
            ("clusters apart", n_apart, 0),
        )
        if not lowest <= found <= n_clusters
    ]
    if faults:
        raise Faults(faults)


def choose_inference(n_clusters: int, n_treated: int, n_apart: int) -> Choice:
    """Return the method for `n_apart` of `n_clusters` clusters off the usual path of treatment.

    With one date of treatment `n_apart = min(n_treated, n_clusters - n_treated)`. Three or fewer:
    randomization, as the bootstrap then hardly ever rejects and clustered errors reject far too often
    (MacKinnon and Webb 2017). Forty clusters or more with twenty apart: cluster-robust, t with
    clusters - 1 degrees of freedom (Cameron and Miller 2015). Otherwise: the restricted wild
    bootstrap (Cameron, Gelbach and Miller 2008). Raises `Faults` for numbers that no sample has.
    """
    check_counts(n_clusters, n_treated, n_apart)
    apart = f"{n_apart} of {n_clusters} clusters differ in treatment from the rest"
    method: Method
    if n_apart <= FEW_APART:
        method, reason = (
            "randomization",
            f"{apart}, {FEW_APART} or fewer: too few for errors or the bootstrap",
        )
    elif n_clusters >= MANY_CLUSTERS and n_apart >= MANY_APART:
        method, reason = "cluster-robust", f"{apart}: enough for clustered errors"
    else:
        method, reason = "wild bootstrap", f"{apart}: too few for clustered errors, enough for the bootstrap"
    return Choice(method, reason, n_clusters, n_treated, n_apart)


def tested_by(choice: Choice, sample: PanelSample, estimate: Estimate, *, draws: int, seed: int) -> Inferred:
    """Return the estimate with the test of no effect, and the interval, of the method chosen."""
    term, level = estimate.term, estimate.level
    if choice.method == "cluster-robust":
        return Inferred(estimate, choice, estimate.p_value, estimate.conf_low, estimate.conf_high, None)
    if choice.method == "randomization":
        moved = randomize_sample(sample, term, null=0.0, level=level, draws=draws, seed=seed)
        return Inferred(estimate, choice, moved.p_value, moved.conf_low, moved.conf_high, moved.arrangements)
    drawn = bootstrap_sample(sample, term, null=0.0, level=level, draws=draws, weights="webb", seed=seed)
    return Inferred(estimate, choice, drawn.p_value, drawn.conf_low, drawn.conf_high, drawn.draws)


def infer_sample(sample: PanelSample, term: str, *, level: float, draws: int, seed: int) -> Inferred:
    """Apply the rule to one term of a sample."""
    estimate = clustered_estimate(cluster_blocks(sample, term), term, level=level)
    n_clusters, n_treated = int(estimate.n_clusters or 0), treated_clusters(sample, term)
    choice = choose_inference(n_clusters, n_treated, clusters_apart(sample, term))
    return tested_by(choice, sample, estimate, draws=draws, seed=seed)


def infer(
    frame: pd.DataFrame,
    outcome: str,
    design: PanelDesign,
    term: str,
    *,
    seed: int,
    specification: Specification = HOUSEHOLD_YEAR,
    level: float = 0.95,
    draws: int = 9_999,
) -> Inferred:
    """Return the estimate of `term` with the inference that its clusters allow (`choose_inference`).

    Bootstrap draws have Webb's weights, so that they are right for very few clusters too. Raises
    `Faults` as `fit_panel` does, and where randomization is called for but the term differs within
    clusters, or a cluster has no rows in a period.
    """
    sample = tested_sample(frame, outcome, design, term, specification)
    return infer_sample(sample, term, level=level, draws=draws, seed=seed)

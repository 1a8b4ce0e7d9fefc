"""Whether the panel regression hangs on one township, and whether so few townships can carry it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.designs.sensitivity_kinds import Threat, Tried
from analysis.designs.sensitivity_without import spread
from analysis.estimates.effects import SEED, Effects
from analysis.estimates.inference.blocks import ClusterBlocks, cluster_blocks, treated_clusters
from analysis.estimates.inference.checks import cluster_labels, tested_sample
from analysis.estimates.inference.leave_one_out import estimates_without
from analysis.estimates.inference.paths import clusters_apart
from analysis.estimates.inference.romano_wolf import Hypothesis, Tested, romano_wolf
from analysis.estimates.inference.rule import choose_inference, tested_by
from analysis.estimates.panel_sample import PanelSample
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import Instrument

DRAWS = 9_999
REGRESSION = "Panel regression without one township, range"


@dataclass(frozen=True, slots=True, eq=False)
class ByTownship:
    """The panel regression by townships: its sample, its sums by township, and all effects as one family."""

    sample: PanelSample
    blocks: ClusterBlocks
    labels: pd.Index
    family: Mapping[str, Tested]

    def of(self, instrument: Instrument) -> ClusterBlocks:
        """Return the sums with one instrument as the term."""
        return replace(self.blocks, position=self.blocks.columns.index(instrument))


def by_township(panel: Panel, effects: Effects) -> ByTownship:
    """Return the panel regression of the outcome by townships, all instruments tested together."""
    frame, outcome, step = panel.study, panel.outcome, effects.headline
    design = replace(effects.design, clusters=panel.coarse_cluster)
    hypotheses = [Hypothesis(outcome, name, design, step) for name in panel.instruments]
    family = romano_wolf(frame, hypotheses, seed=SEED)
    first = panel.instruments[0]
    sample = tested_sample(frame, outcome, design, first, step)
    return ByTownship(
        sample=sample,
        blocks=cluster_blocks(sample, first),
        labels=cluster_labels(frame, outcome, design, step),
        family=dict(zip(panel.instruments, family.tested, strict=True)),
    )


def regression_without(instrument: Instrument, towns: ByTownship, region: Region) -> Tried:
    """Return the range of the panel regression's effect when each township is left out in turn."""
    estimate = towns.family[instrument].estimate.estimate
    left = pd.Series(estimates_without(towns.of(instrument)), index=towns.labels)
    return (spread("townships.regression", REGRESSION, estimate, left, region),)


def township_inference(instrument: Instrument, towns: ByTownship) -> Tried:
    """Return the interval by the written rule, and the p-values of the effect alone and in its family."""
    tested, blocks = towns.family[instrument], towns.of(instrument)
    choice = choose_inference(
        blocks.n_clusters,
        treated_clusters(towns.sample, instrument),
        clusters_apart(towns.sample, instrument),
    )
    found = tested_by(choice, towns.sample, tested.estimate, draws=DRAWS, seed=SEED)
    return (
        Threat(
            "few.effect",
            f"Panel regression, {choice.method} over townships",
            found.estimate.estimate,
            "effect",
            f"{choice.n_treated_clusters} of {choice.n_clusters} clusters treated; {choice.reason}",
            low=found.conf_low,
            high=found.conf_high,
            n_obs=found.estimate.n_obs,
            n_clusters=choice.n_clusters,
        ),
        Threat("few.p", "The same, p", found.p_value, "p", "of no effect, this one alone"),
        Threat(
            "few.p_family",
            "The same, p adjusted for all instruments",
            tested.p_romano_wolf,
            "p",
            f"Romano-Wolf, family of {len(towns.family)} effect(s) on the outcome",
        ),
    )

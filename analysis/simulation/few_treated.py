"""A policy without effect in few townships: how often each kind of inference finds one."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.estimates.inference.randomization import randomization
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.wild_bootstrap import wild_bootstrap
from analysis.panel.build import Panel
from analysis.simulation.measures import NOTHING, Measure, rejects

TREATED = (8, 4, 2)
POLICY = "policy"
DRAWS = 999
LOTS = 3
"""How often townships are drawn in one county."""


def with_policy(frame: pd.DataFrame, township: str, treated: int, seed: int) -> pd.DataFrame:
    """Return rows with a policy that starts midway in townships drawn by lot, and does nothing."""
    names = np.sort(frame[township].unique())
    chosen = np.random.default_rng([seed, treated]).choice(names, treated, replace=False)
    start = int(np.median(frame["year"].unique()))
    on = frame[township].isin(chosen) & (frame["year"] > start)
    return frame.assign(**{POLICY: on.astype(float)})


def few_treated(frame: pd.DataFrame, panel: Panel, county: int) -> Iterator[Measure]:
    """Yield for each number of treated townships the test by t, by wild bootstrap and by randomization."""
    for lot in range(LOTS):
        yield from one_lot(frame, panel, county * LOTS + lot)


def one_lot(frame: pd.DataFrame, panel: Panel, seed: int) -> Iterator[Measure]:
    """Yield the tests of policies in townships drawn once."""
    township = str(panel.coarse_cluster)
    design = PanelDesign("household_id", "year", (POLICY,), panel.controls, clusters=township)
    for treated in TREATED:
        rows = with_policy(frame, township, treated, seed)
        found = fit_panel(rows, panel.outcome, design, HOUSEHOLD_YEAR).estimate(POLICY)
        robust = Measure(
            scenario="",
            county=-1,
            design=f"policy in {treated} townships, cluster-robust t",
            estimate=found.estimate,
            std_error=found.std_error,
            conf_low=found.conf_low,
            conf_high=found.conf_high,
            rejects=rejects(found.p_value),
            truth=0.0,
            average=0.0,
        )
        yield robust
        wild = wild_bootstrap(rows, panel.outcome, design, POLICY, draws=DRAWS, weights="webb", seed=seed)
        random = randomization(rows, panel.outcome, design, POLICY, draws=DRAWS, seed=seed)
        for name, test in (("wild bootstrap", wild), ("randomization", random)):
            yield replace(
                robust,
                design=f"policy in {treated} townships, {name}",
                std_error=NOTHING,
                conf_low=test.conf_low,
                conf_high=test.conf_high,
                rejects=rejects(test.p_value),
            )

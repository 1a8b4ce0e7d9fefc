"""The effect of a rule-driven dose without each group in turn, exactly and without refits."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import where
from analysis.estimates.need_based.rule_sample import Partialled, RuleDesign, rule_sample
from analysis.faults import Fault, Faults


def group_labels(frame: pd.DataFrame, design: RuleDesign, partialled: Partialled) -> list[object]:
    """Return the label of each group's code; raises `Faults` if a group has no row in the regression."""
    labels = sorted(frame[design.group].unique().tolist())
    n_used = int(partialled.clusters.max()) + 1
    if len(labels) != n_used:
        found = f"{len(labels) - n_used} group(s) without a usable row"
        raise Faults([Fault(where(design.group), found, "rows of every group", "leave the group out")])
    return labels


def without_each_group(frame: pd.DataFrame, outcome: str, design: RuleDesign) -> pd.Series:
    """Return the effect of `rule_change` on the rows outside each group, indexed by group.

    With `W` (n by k) the controls, cells and exposure-by-period columns without entity means, and z, d and y
    what they leave of instrument, dose and outcome, the effect without group g is the first coefficient of
    `([z W]'[d W] - [z_g W_g]'[d_g W_g])^+ ([z W]'y - [z_g W_g]'y_g)`, since entities nest in groups. Raises
    `Faults` as `rule_change` does, and for a group without rows.
    """
    partialled = rule_sample(frame, outcome, replace(design, clusters=design.group))
    labels = group_labels(frame, design, partialled)
    columns = partialled.columns
    right = np.column_stack([columns[design.dose], partialled.within])
    left = np.column_stack([columns[design.instrument], partialled.within])
    y = columns[outcome].to_numpy()
    square, product = left.T @ right, left.T @ y
    found = []
    for g in range(len(labels)):
        own = partialled.clusters == g
        rest, target = square - left[own].T @ right[own], product - left[own].T @ y[own]
        found.append(float(np.linalg.lstsq(rest, target)[0][0]))
    return pd.Series(found, index=labels)

"""The effect of a primary design without each township in turn."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.posts import fit_schedule, with_schedule
from analysis.designs.projects import impute
from analysis.designs.sensitivity_kinds import Threat, Tried
from analysis.designs.subsidies import rule_design, with_rule
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.need_based.without_group import without_each_group
from analysis.panel.build import Panel
from analysis.region import Region


def without_townships(
    designs: InstrumentDesigns, panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region
) -> Tried:
    """Return the range of the primary design's effect when each township is left out in turn."""
    name = "Primary design without one township, range"
    if designs.primary is None:
        return (NotApplicable(name, "no design beyond the panel regression is supported"),)
    left: Callable[[], pd.Series] = {
        "posts": lambda: posts_without(panel, tables["posts"]),
        "subsidies": lambda: subsidies_without(panel, tables["subsidies"]),
        "projects": lambda: projects_without(panel),
    }[designs.instrument]
    return (spread("townships.design", name, designs.primary.estimate.estimate, left(), region),)


def posts_without(panel: Panel, ledger: pd.DataFrame) -> pd.Series:
    """Return the effect by the end of a term without each township."""
    rows = with_schedule(panel.study, ledger)
    town = rows[str(panel.coarse_cluster)]
    found = {
        name: fit_schedule(rows[town != name], panel.outcome, panel).effect.estimate
        for name in sorted(town.unique())
    }
    return pd.Series(found)


def subsidies_without(panel: Panel, ledger: pd.DataFrame) -> pd.Series:
    """Return the effect by the revision of amounts without each township."""
    design = rule_design(panel, str(panel.fine_cluster))
    return without_each_group(with_rule(panel.study, ledger), panel.outcome, design)


def projects_without(panel: Panel) -> pd.Series:
    """Return the imputed effect without each township.

    Effects of townships' years are their own, so that only the coefficients of the controls, which are kept,
    would move.
    """
    frame = panel.study
    effect = impute(frame, panel, panel.outcome).effects["effect"]
    town = frame.loc[effect.index, str(panel.coarse_cluster)]
    by_town = effect.groupby(town).agg(["sum", "size"])
    rest = by_town.sum() - by_town
    return rest["sum"] / rest["size"]


def spread(key: str, label: str, estimate: float, left: pd.Series, region: Region) -> Threat:
    """Return an estimate with the lowest and highest of those without one township."""
    known = left[np.isfinite(left)]
    low, high = (township_name(str(code), region) for code in (known.idxmin(), known.idxmax()))
    says = f"lowest without {low}, highest without {high}"
    return Threat(key, label, estimate, "effect", says, low=float(known.min()), high=float(known.max()))


def township_name(code: str, region: Region) -> str:
    """Return the name of a township, its code where the region's file gives none."""
    names = region.settings.townships
    return names[code].en if code in names else code

"""The designs of a region: for each instrument those that its records allow, or why not."""

from collections.abc import Mapping

import pandas as pd

from analysis.designs.attempts import not_applicable
from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.posts import post_designs
from analysis.designs.projects import project_designs
from analysis.designs.subsidies import subsidy_designs
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.faults import Faults
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import INSTRUMENTS, Column, Instrument

LARGEST_SHARE = 0.25
"""A project that raises income by more than a quarter is not plausible (published effects: 7 to 15%)."""
LARGEST_PASS_THROUGH = 2.0
"""More than two yuan from a yuan of subsidy is not plausible."""
NAMES: Mapping[Instrument, str] = {
    "subsidies": "revision of amounts",
    "projects": "imputation",
    "posts": "end of term",
}


def largest_plausible(instrument: Instrument, panel: Panel) -> float:
    """Return the largest effect per unit of treatment that a design must be able to find.

    For posts it is the pay itself; for projects and subsidies see the constants. A design that could not find
    even this is refused.
    """
    frame = panel.study
    match instrument:
        case "posts":
            return float(frame["income_posts"].sum() / frame["posts"].sum())
        case "projects":
            return float(LARGEST_SHARE * frame[panel.outcome].mean())
        case "subsidies":
            return LARGEST_PASS_THROUGH


def estimate_designs(
    panel: Panel,
    tables: Mapping[str, pd.DataFrame],
    region: Region,
) -> tuple[InstrumentDesigns, ...]:
    """Return the designs of every instrument that the region keeps a ledger of; others have none."""
    found: dict[Instrument, InstrumentDesigns] = {}
    for instrument in ("posts", "subsidies", "projects"):
        if instrument in panel.instruments:
            found[instrument] = designed(instrument, panel, tables, found, region)
    return tuple(found[name] for name in INSTRUMENTS if name in found)


def designed(
    instrument: Instrument,
    panel: Panel,
    tables: Mapping[str, pd.DataFrame],
    others: Mapping[Instrument, InstrumentDesigns],
    region: Region,
) -> InstrumentDesigns:
    """Return the designs of one instrument; what the records lack becomes the reason for none."""
    reason = not_recorded(instrument, panel, region)
    if reason:
        return InstrumentDesigns(instrument, (), missing=(NotApplicable(NAMES[instrument], reason),))
    plausible = largest_plausible(instrument, panel)
    try:
        match instrument:
            case "posts":
                return post_designs(panel, tables, plausible)
            case "subsidies":
                return subsidy_designs(panel, tables, plausible)
            case "projects":
                return project_designs(panel, clean_effects(panel, others), plausible)
    except Faults as faults:
        return InstrumentDesigns(instrument, (), missing=(not_applicable(NAMES[instrument], faults),))


def not_recorded(instrument: Instrument, panel: Panel, region: Region) -> str:
    """Return what the designs of an instrument need and these records lack, empty where nothing is."""
    if isinstance(region.settings.instruments[instrument], Column):
        return "the instrument is a column of the region's own, not a ledger"
    if panel.fine_cluster is None or panel.coarse_cluster is None:
        return "the records name no village or no township"
    if not panel.sources:
        return "income is not known by source"
    return ""


def clean_effects(panel: Panel, others: Mapping[Instrument, InstrumentDesigns]) -> dict[str, float]:
    """Return the effect per unit of every other instrument: by its primary design, else by regression."""
    primary = {name: found.primary for name, found in others.items() if found.primary is not None}
    clean = {str(name): found.estimate.estimate for name, found in primary.items()}
    left = [name for name in panel.instruments if name != "projects" and name not in clean]
    if left:
        design = PanelDesign("household_id", "year", panel.instruments, panel.controls, panel.fine_cluster)
        fit = fit_panel(panel.study, panel.outcome, design, HOUSEHOLD_YEAR)
        clean |= {str(name): fit.estimate(name).estimate for name in left}
    return clean

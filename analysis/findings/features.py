"""What the records of a region support, and the reason where they do not."""

from collections.abc import Mapping

import pandas as pd

from analysis.designs.kinds import InstrumentDesigns
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.threshold.band import Band
from analysis.estimates.threshold.worthwhile import WorthwhileRange
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import INSTRUMENTS
from analysis.simulation.record import SimulationRecord

REASONS: dict[str, str] = {
    "subsidies": "The records hold no ledger and no column of subsidies.",
    "projects": "The records hold no industrial projects and no list of their beneficiaries.",
    "posts": "The records hold no ledger of public-welfare posts.",
    "income_sources": "The records do not give income by source.",
    "poverty_lines": "The region's file names no line by year, or income is not known at current prices.",
    "prices": "The region's file names no price changes; money is at current prices.",
    "townships": "The records name no township.",
    "monitoring": "The records hold no monitoring of households, or no questionnaire about it.",
    "questionnaires": "No questionnaires were delivered.",
    "reconciliation": "There is no second record of subsidies to compare with.",
    "facts": "The region's file names no published facts.",
    "design_subsidies": "No design beyond the panel regression is supported for subsidies.",
    "design_projects": "No design beyond the panel regression is supported for projects.",
    "design_posts": "No design beyond the panel regression is supported for posts.",
    "band": "The band of post funds cannot be looked for.",
    "band_regimes": "The tests support no threshold of post funds.",
    "band_range": "No range of post funds is supported.",
    "band_low": "The range of post funds has no lower end.",
    "band_high": "The range of post funds has no upper end.",
    "simulation": "No simulation is recorded, or the records are not synthetic.",
    "simulation_stale": "The recorded simulation belongs to the code as it is, or there is none.",
    "synthetic": "The records are not synthetic, so that their true effects are not known.",
}
MONITORING = {"under_monitoring"}
QUESTIONNAIRES = {"township_questionnaire", "village_questionnaire"}


def features(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> dict[str, bool]:
    """Return for each feature of the paper whether the region supports it."""
    settings = region.settings
    asked = set(tables) >= QUESTIONNAIRES
    return {
        **{name: name in panel.instruments for name in INSTRUMENTS},
        "income_sources": bool(panel.sources),
        "poverty_lines": "below_line" in panel.frame,
        "prices": settings.prices is not None,
        "townships": panel.coarse_cluster is not None,
        "monitoring": set(panel.frame) >= MONITORING and asked and "projects" in tables,
        "questionnaires": asked,
        "reconciliation": "subsidy_income" in panel.frame and "subsidies" in tables,
        "facts": bool(settings.facts),
        "synthetic": settings.synthetic,
    }


def band_features(band: Band | NotApplicable) -> dict[str, bool]:
    """Return whether the band was looked for, whether there are regimes, a range, and ends of it."""
    found = band.range if isinstance(band, Band) else None
    return {
        "band": isinstance(band, Band),
        "band_regimes": isinstance(band, Band) and band.selection.regression is not None,
        "band_range": isinstance(found, WorthwhileRange),
        "band_low": isinstance(found, WorthwhileRange) and found.low is not None,
        "band_high": isinstance(found, WorthwhileRange) and found.high is not None,
    }


def design_features(
    designs: tuple[InstrumentDesigns, ...], record: SimulationRecord | None
) -> dict[str, bool]:
    """Return for each instrument whether it has a primary design, and whether a simulation can be shown."""
    primary = {found.instrument: found.primary is not None for found in designs}
    return {
        **{f"design_{name}": name in primary and primary[name] for name in INSTRUMENTS},
        "simulation": record is not None,
        "simulation_stale": record is not None and not record.fresh,
    }

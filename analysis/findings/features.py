"""What the records of a region hold, and the reason where they do not."""

from collections.abc import Mapping

import pandas as pd

from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import INSTRUMENTS

REASONS: Mapping[str, str] = {
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
    "synthetic": "The records are not synthetic, so that their true effects are not known.",
}
QUESTIONNAIRES = {"township_questionnaire", "village_questionnaire"}


def lacking(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> dict[str, str]:
    """Return for each feature of the records why the region lacks it, empty where it does not."""
    settings = region.settings
    there: dict[str, bool] = {
        **{name: name in panel.instruments for name in INSTRUMENTS},
        "income_sources": bool(panel.sources),
        "poverty_lines": "below_line" in panel.frame,
        "prices": settings.prices is not None,
        "townships": panel.coarse_cluster is not None,
        "monitoring": is_monitored(panel, tables),
        "questionnaires": set(tables) >= QUESTIONNAIRES,
        "reconciliation": "subsidy_income" in panel.frame and "subsidies" in tables,
        "facts": bool(settings.facts),
        "synthetic": settings.synthetic,
    }
    return {name: "" if found else REASONS[name] for name, found in there.items()}


def is_monitored(panel: Panel, tables: Mapping[str, pd.DataFrame]) -> bool:
    """Say whether the records follow monitored households, projects, and what officials say."""
    return "under_monitoring" in panel.frame and set(tables) >= QUESTIONNAIRES | {"projects"}

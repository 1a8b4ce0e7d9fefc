"""Words that depend on the region: its name, its setting, its instruments, the title block."""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.estimates.effects import Effects
from analysis.findings.data import fact_value
from analysis.findings.effects import specification_name
from analysis.findings.formats import percent
from analysis.findings.markdown import escape
from analysis.region import Column, Region

INSTRUMENT_WORDS = {
    "subsidies": "subsidies",
    "projects": "industrial projects",
    "posts": "public-welfare posts",
}


def texts_of(effects: Effects, tables: Mapping[str, pd.DataFrame], region: Region) -> dict[str, str]:
    """Return the words that the text asks for by name."""
    settings = region.settings
    facts = {name: fact_value(fact.value) for name, fact in settings.facts.items()}
    label = region.label(effects.outcome)
    texts = {
        "name": escape(settings.name.en),
        "place": escape(settings.place.en),
        "setting": settings.setting.en.format_map(facts),
        "outcome": escape(f"{label[0].lower()}{label[1:]}"),
        "outcome_unit": escape(settings.outcome.unit.en),
        "instruments": joined(INSTRUMENT_WORDS[name] for name in region.instruments),
        "headline": specification_name(effects.headline),
        "level": escape(percent(effects.fit(effects.outcome).estimates[0].level, 0)),
    }
    if "subsidies" in region.instruments:
        texts["subsidies_change"] = subsidies_change(region)
    if "projects" in tables:
        texts["top_sector"] = top_sector(tables["projects"], region)
    return texts


def subsidies_change(region: Region) -> str:
    """Return the subject of the sentence: a yuan of the ledger, or the region's own column."""
    entry = region.settings.instruments["subsidies"]
    if isinstance(entry, Column):
        return escape(f"The programme ({region.label('subsidies').lower()})")
    return "One more yuan of subsidy"


def top_sector(projects: pd.DataFrame, region: Region) -> str:
    """Return the sector that took the largest investment."""
    top = projects.groupby("project_sector", observed=True)["investment"].sum().idxmax()
    return region.codebook.variable("project_sector").values[str(top)].en


def joined(words: Iterable[str]) -> str:
    """Return words as a phrase: `a`, `a and b`, `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last

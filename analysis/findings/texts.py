"""Words that depend on the region: its name, its setting, its instruments, the title block."""

from analysis.estimates.effects import Effects
from analysis.findings.data import fact_value
from analysis.findings.formats import joined, percent
from analysis.findings.markdown import escape
from analysis.findings.wording import place_word, place_words, specification_name, unit_of
from analysis.region import Region
from analysis.region_file import Column

INSTRUMENT_WORDS = {
    "subsidies": "subsidies",
    "projects": "industrial projects",
    "posts": "public-welfare posts",
}


def texts_of(effects: Effects, region: Region) -> dict[str, str]:
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
        "place_word": place_word(region),
        "place_words": place_words(region),
        "instruments": joined(INSTRUMENT_WORDS[name] for name in region.instruments),
        "headline": specification_name(effects.headline),
        "level": escape(percent(effects.fit(effects.outcome).estimates[0].level, 0)),
    }
    if "subsidies" in region.instruments:
        texts["subsidies_change"] = subsidies_change(region)
        texts["subsidies_unit"] = subsidies_unit(region)
    if settings.prices is not None:
        texts["price_base"] = str(settings.prices.base)
    return texts


def subsidies_change(region: Region) -> str:
    """Return the subject of the sentence: a yuan of the ledger, or the region's own column."""
    entry = region.settings.instruments["subsidies"]
    if isinstance(entry, Column):
        return f"The programme, as recorded in *{escape(region.label('subsidies').lower())}*,"
    return "One more yuan of subsidy"


def subsidies_unit(region: Region) -> str:
    """Return the unit of the effect within a sentence: a yuan of the ledger is compared with a yuan."""
    own = isinstance(region.settings.instruments["subsidies"], Column)
    return escape(unit_of("subsidies", region)) if own else "yuan"

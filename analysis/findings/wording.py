"""The words of effects: names of specifications, units, decimals, intervals, places."""

from analysis.estimates.panel_design import Specification
from analysis.estimates.results import Estimate
from analysis.findings.formats import percent, plain
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import Column as HouseholdColumn
from analysis.region_file import Instrument


def specification_name(specification: Specification) -> str:
    """Return a specification's name as the text uses it, townships being the groups."""
    return specification.name.replace("group-by-year", "township-by-year").removesuffix(" with year effects")


def short_name(specification: Specification) -> str:
    """Return a specification's part of an id: `pooled`, `household_year`, `household_township_year`."""
    words = specification_name(specification).replace("township-by-year", "township year")
    return "_".join(word for word in words.split() if word not in ("and", "effects"))


def decimals_of(instrument: Instrument, region: Region) -> int:
    """Return the decimals of an effect: those of the outcome, three for a yuan on a yuan."""
    own = isinstance(region.settings.instruments[instrument], HouseholdColumn)
    return 3 if instrument == "subsidies" and not own else region.settings.outcome.decimals


def unit_of(instrument: Instrument, region: Region) -> str:
    """Return the unit of an effect."""
    if isinstance(region.settings.instruments[instrument], HouseholdColumn):
        return region.settings.outcome.unit.en
    return {
        "subsidies": "yuan per yuan",
        "projects": "yuan a year per capita",
        "posts": "yuan a year per capita for a post-year",
    }[instrument]


def label_in_text(name: str, region: Region) -> str:
    """Return a label as it stands within a sentence."""
    label = region.label(name)
    return label[0].lower() + label[1:]


def place_word(region: Region) -> str:
    """Return what the text calls the places that errors are clustered by."""
    return "village" if region.settings.townships else "locality"


def place_words(region: Region) -> str:
    """Return the plural of `place_word`."""
    return "villages" if region.settings.townships else "localities"


def reached_clusters(instrument: Instrument, panel: Panel, region: Region) -> str:
    """Return in how many clusters anybody is reached by an instrument, empty without clusters."""
    treated = treated_clusters(instrument, panel)
    if treated is None:
        return ""
    every = panel.study[str(panel.fine_cluster)].nunique()
    return f"The instrument reaches {plain(treated)} of {plain(every)} {place_words(region)}."


def treated_clusters(instrument: Instrument, panel: Panel) -> int | None:
    """Return in how many clusters anybody is reached by an instrument, None where there are no clusters."""
    if panel.fine_cluster is None:
        return None
    return int(panel.study.loc[panel.study[instrument] != 0, panel.fine_cluster].nunique())


def interval(estimate: Estimate, decimals: int) -> str:
    """Return an interval for a table cell, in one piece."""
    return bounds(estimate.conf_low, estimate.conf_high, decimals)


def estimate_cells(estimate: Estimate, decimals: int) -> tuple[str, str, str, str, str]:
    """Return effect, error, interval, rows, and clusters (reached ones in brackets) as cells."""
    reached = estimate.n_treated_clusters
    treated = "" if reached is None else f" ({plain(reached)})"
    return (
        plain(estimate.estimate, decimals),
        plain(estimate.std_error, decimals),
        interval(estimate, decimals),
        plain(estimate.n_obs),
        f"{plain(estimate.n_clusters or 0)}{treated}",
    )


def bounds(low: float, high: float, decimals: int) -> str:
    """Return two bounds for a table cell, in one piece."""
    return f"[{plain(low, decimals)},\N{NO-BREAK SPACE}{plain(high, decimals)}]"


def percent_bounds(low: float, high: float, decimals: int) -> str:
    """Return two shares as the bounds of a table cell, in one piece."""
    return f"[{percent(low, decimals)},\N{NO-BREAK SPACE}{percent(high, decimals)}]"


def township_names(region: Region) -> dict[str, str]:
    """Return what the text calls each township."""
    return {code: label.en for code, label in region.settings.townships.items()}


def township_name(code: str, region: Region) -> str:
    """Return what the text calls a township, its code where the region gives no name."""
    return township_names(region).get(code, code)


def errors_of(estimate: Estimate, region: Region) -> str:
    """Return the sentence of a table's notes that says how the standard errors were made."""
    return f"Standard errors clustered by {place_word(region)}; correction {estimate.correction}."

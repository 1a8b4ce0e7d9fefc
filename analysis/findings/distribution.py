"""Findings about the distribution, with what the records support and the words that follow from tests."""

from collections.abc import Iterator

from analysis.designs.distribution import Distribution
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.drawings import Finding
from analysis.findings.formats import reason_of
from analysis.findings.markdown import escape
from analysis.findings.poverty_effects import poverty_effect_findings, refuted_text
from analysis.findings.quantiles import quantile_findings, spread_text
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import INSTRUMENTS


def distribution_findings(found: Distribution, panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield the findings about quantiles and poverty that the records support."""
    if not isinstance(found.quantiles, NotApplicable):
        yield from quantile_findings(found.quantiles, panel, region)
    if not isinstance(found.poverty, NotApplicable):
        yield from poverty_effect_findings(found.poverty, found.kept, panel, region)


def distribution_reasons(found: Distribution, panel: Panel, region: Region) -> dict[str, str]:
    """Return for each feature of the section the reason why it is not supported, empty where it is."""
    kept = {entry.instrument for entry in found.kept}
    no_kept = "The records do not support an effect on the headcount, or a test refutes it."
    poverty = found.poverty
    missing = reason_of(poverty)
    refuted = "" if isinstance(poverty, NotApplicable) else refuted_text(poverty, panel, region)
    return {
        "quantiles": reason_of(found.quantiles),
        "poverty_effects": missing,
        "poverty_refuted": "" if refuted else missing or "No effect on the headcount is refuted.",
        **{f"kept_{name}": "" if name in kept else no_kept for name in INSTRUMENTS},
    }


def distribution_texts(found: Distribution, panel: Panel, region: Region) -> dict[str, str]:
    """Return the words that follow from the tests."""
    texts = {}
    if not isinstance(found.quantiles, NotApplicable):
        texts["who_gains"] = escape(spread_text(found.quantiles, panel, region))
    if not isinstance(found.poverty, NotApplicable):
        texts["poverty_refuted"] = escape(refuted_text(found.poverty, panel, region))
    return texts

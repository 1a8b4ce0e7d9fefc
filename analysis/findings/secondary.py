"""Findings of the designs beside the primary ones: a table an instrument, the paths of posts."""

from collections.abc import Iterator, Mapping

from analysis.designs.kinds import InstrumentDesigns
from analysis.designs.secondary import Secondary
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.designs import design_number
from analysis.findings.doses import dose_findings
from analysis.findings.drawings import Finding
from analysis.findings.kinds import Number
from analysis.findings.secondary_tables import Truths, paths_drawing, secondary_table
from analysis.findings.township_lines import line_findings
from analysis.region import Region
from analysis.region_file import Instrument
from analysis.synthetic.known import Known

PLACEBOS = ("switch_in_placebo", "switch_out_placebo")
QUOTED: Mapping[str, frozenset[str]] = {
    "secondary_posts": frozenset(
        {
            "fig-path-posts",
            "posts.switch_in",
            "posts.switch_in_placebo",
            "posts.switch_out",
            "posts.switch_out_placebo",
        }
    ),
    "secondary_subsidies": frozenset(
        {
            "subsidies.able",
            "subsidies.unable",
            "subsidies.labour_gap",
            "subsidies.rule_bootstrap",
            "subsidies.review",
            "subsidies.review_dip",
            "subsidies.weighted",
            "subsidies.unweighted",
        }
    ),
    "doses": frozenset({"doses.forgone", "doses.spillover", "doses.invested_slope", "doses.sectors_slope"}),
    "township_lines": frozenset({"tbl-township-lines", "tbl-checks-lines"}),
}
"""For each feature the findings that its text quotes."""
REASONS: Mapping[str, str] = {
    "secondary_posts": "No design beside the end of a term is supported for posts.",
    "secondary_subsidies": "No design beside the revision of amounts is supported for subsidies.",
    "doses": "The records do not give months and pay of posts, or investment and sectors of projects.",
    "township_lines": "The records hold no months of inclusion, or no official line to compare with.",
}


def secondary_findings(secondary: Secondary, known: Known | None, region: Region) -> Iterator[Finding]:
    """Yield the findings of all secondary designs; in a synthetic region with what was planted."""
    for designs in secondary.designs:
        for found in designs.estimates:
            if not found.refused:
                yield design_number(f"{designs.instrument}.{found.key}", found, designs, region)
        truths = truths_of(designs.instrument, known, region)
        yield secondary_table(designs, truths, region)
        if truths:
            yield from held_numbers(designs, truths)
        if designs.paths:
            yield paths_drawing(designs, region)
    yield from dose_findings(secondary.doses)
    if not isinstance(secondary.lines, NotApplicable):
        yield from line_findings(secondary.lines, known, region)
    if known is not None:
        yield from sector_numbers(known)


def secondary_reasons(secondary: Secondary, findings: tuple[Finding, ...]) -> dict[str, str]:
    """Return for each feature why its text is not shown, empty where all that it quotes is there."""
    made = {finding.id for finding in findings}
    reasons = {name: "" if quoted <= made else REASONS[name] for name, quoted in QUOTED.items()}
    if isinstance(secondary.lines, NotApplicable):
        reasons["township_lines"] = f"Not estimated: {secondary.lines.reason}."
    nothing = "The records hold no ledger of help, with places, months and amounts."
    return {**reasons, "secondary": nothing if all(reasons.values()) else ""}


def held_numbers(designs: InstrumentDesigns, truths: Truths) -> Iterator[Number]:
    """Yield how many shown intervals have a truth, and how many hold it or a part of its range."""
    shown = [found for found in designs.estimates if not found.refused]
    held = 0
    for found in shown:
        truth = truths.get(found.key, truths[""])
        held += found.estimate.conf_low <= max(truth) and min(truth) <= found.estimate.conf_high
    name = designs.instrument
    yield Number(f"secondary.{name}_known", len(shown), "Other designs with a known truth", "intervals")
    yield Number(f"secondary.{name}_held", held, "Other designs whose interval holds the truth", "intervals")


def sector_numbers(known: Known) -> Iterator[Number]:
    """Yield the planted factors on the effect of projects by sectors in the village."""
    for name, factor in zip(("one", "two", "more"), known.sector_gains, strict=True):
        label = f"Planted factor on the effect of projects, sectors in the village: {name}"
        yield Number(f"planted.sectors_{name}", factor, label, "times", 1)


def truths_of(instrument: Instrument, known: Known | None, region: Region) -> Truths:
    """Return the planted value, or both ends of its range, by key of a design; `""` is that of all others."""
    if known is None:
        return {}
    average: Truths = {"": (known.effect(instrument, region.settings.outcome.variable),)}
    if instrument == "posts":
        return {**average, **dict.fromkeys(PLACEBOS, (0.0,))}
    able, unable = known.pass_through["able"], known.pass_through["unable"]
    return {
        **average,
        **dict.fromkeys(("able", "able_effects"), able),
        **dict.fromkeys(("unable", "unable_effects"), unable),
        "labour_gap": tuple(end - unable[0] for end in able),
    }

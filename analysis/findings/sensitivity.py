"""Findings of sensitivity: what is held against each effect, as numbers and one table an instrument."""

from collections.abc import Iterator, Mapping

from analysis.designs.sensitivity_kinds import Sensitivity, Threat
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.drawings import Finding
from analysis.findings.formats import p_value, percent, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.specification_curve import curve_drawing
from analysis.findings.wording import decimals_of, label_in_text, specification_name, unit_of
from analysis.region import Region
from analysis.region_file import INSTRUMENTS, Instrument

P_DECIMALS = 4
NO_TOWNSHIP = "The records name no township, or no effect can be held against anything."
NO_CURVES = "No specifications are declared, or they name columns or values that these records lack."
NO_FAILURE = "Effects on pensions do not differ from zero, or are not known."
PENSIONS = {"placebo.design", "placebo.regression"}
TOLD = {"townships.design", "few.p_family", "oster.adjusted", *PENSIONS}
TRENDS_TOLD = {"dates.1", "trends.effect", "trend.slope50", "trend.bias50", "break.step", "break.bend"}
MORE_TOLD: Mapping[Instrument, set[str]] = {
    "subsidies": {"curve.median", "curve.headline"},
    "projects": {"curve.median", "curve.headline", "break.step.narrow", *TRENDS_TOLD},
    "posts": {"curve.median", "curve.headline", "lee.lower", "lee.upper", "lee.deaths", *TRENDS_TOLD},
}
"""What the text quotes of each instrument: without one of them it shows the table alone."""


def sensitivity_findings(found: Sensitivity, region: Region) -> Iterator[Finding]:
    """Yield numbers, table and figure of one instrument; nothing where its records allow no threat."""
    if found.found:
        yield from (threat_number(threat, found.instrument, region) for threat in found.found)
        yield threat_table(found, region)
    if not isinstance(found.curve, NotApplicable):
        yield curve_drawing(found.curve, found.instrument, found.primary, region)


def sensitivity_reasons(held: tuple[Sensitivity, ...]) -> dict[str, str]:
    """Return for each part of the text why there is nothing to tell, empty where there is."""
    keys = {one.instrument: {threat.key for threat in one.found} for one in held}
    drawn = bool(held) and not any(isinstance(one.curve, NotApplicable) for one in held)
    fails = any(threat.key in PENSIONS and not holds_zero(threat) for one in held for threat in one.found)
    told = {name for name, found in keys.items() if found >= TOLD | MORE_TOLD[name]}
    untold = "Not every figure that the text tells about {} can be had."
    return {
        "sensitivity": "" if any(keys.values()) else NO_TOWNSHIP,
        "curves": "" if drawn else NO_CURVES,
        "pensions_fail": "" if fails else NO_FAILURE,
        **{f"sensitivity_{name}": "" if name in told else untold.format(name) for name in INSTRUMENTS},
    }


def holds_zero(threat: Threat) -> bool:
    """Say whether the interval of a threat holds zero."""
    return threat.low is not None and threat.high is not None and threat.low <= 0 <= threat.high


def unit_and_decimals(threat: Threat, instrument: Instrument, region: Region) -> tuple[str, int]:
    """Return the unit of a threat's figure and its decimals."""
    outcome = region.settings.outcome
    match threat.measure:
        case "effect":
            return unit_of(instrument, region), decimals_of(instrument, region)
        case "outcome":
            return outcome.unit.en, outcome.decimals
        case "slope":
            return f"{outcome.unit.en}, each year", outcome.decimals
        case "multiple":
            return "multiple", 2
        case "share":
            return "share", 1
        case "p":
            return "p", P_DECIMALS


def threat_number(threat: Threat, instrument: Instrument, region: Region) -> Number:
    """Return the figure of a threat with its passport."""
    unit, decimals = unit_and_decimals(threat, instrument, region)
    return Number(
        f"{instrument}.{threat.key}",
        threat.value,
        f"{threat.label} ({label_in_text(instrument, region)})",
        unit,
        decimals,
        low=threat.low,
        high=threat.high,
        n_obs=threat.n_obs,
        n_clusters=threat.n_clusters,
        sample=threat.says,
    )


def threat_table(found: Sensitivity, region: Region) -> Table:
    """Return every threat with its figure; what the records do not allow with the reason."""
    rows: list[tuple[str, ...]] = []
    for part in found.parts:
        rows.append((part.title, "", ""))
        for threat in part.threats:
            if isinstance(threat, NotApplicable):
                rows.append((threat.name, "none", f"does not apply: {threat.reason}"))
            else:
                rows.append((threat.label, figure_of(threat, found.instrument, region), threat.says))
    columns = (
        Column("Threat", "left", 40),
        Column("Figure [interval or range]", width=24),
        Column("What it says", "left", 48),
    )
    unit = unit_of(found.instrument, region)
    notes = (
        f"Effects in {unit}; income growth, paths and trends in {region.settings.outcome.unit.en}. Intervals "
        "have a level of 95%; a range goes from the lowest to the highest. Leave-one-out of imputed effects "
        "keeps the coefficients of the controls. Panel regression: "
        f"{specification_name(found.headline)}. Reached: by the middle year of the records."
    )
    label = region.label(found.instrument)
    return Table(
        f"tbl-sensitivity-{found.instrument}",
        f"{label}: what is held against the effect.",
        columns,
        tuple(rows),
        notes,
    )


def figure_of(threat: Threat, instrument: Instrument, region: Region) -> str:
    """Return the figure of a threat for a cell, with its interval or range."""
    if threat.measure == "p":
        return p_value(threat.value)
    decimals = unit_and_decimals(threat, instrument, region)[1]

    def shown(value: float) -> str:
        return percent(value, decimals) if threat.measure == "share" else plain(value, decimals)

    if threat.low is None or threat.high is None:
        return shown(threat.value)
    return f"{shown(threat.value)} [{shown(threat.low)},\N{NO-BREAK SPACE}{shown(threat.high)}]"

"""Findings about quantiles: whether the top or the bottom of each year's distribution gains more."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import StrMethodFormatter

from analysis.designs.distribution import HIGH, LOW, MEAN, SPREAD, StatisticEffects, TestedEffect
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.estimate_number import estimate_number
from analysis.findings.formats import p_value, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.style import COLOURS, INK, canvas
from analysis.findings.wording import decimals_of, errors_of, interval, label_in_text, unit_of
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import Instrument

REFUTED = "\N{DAGGER}"
DATA = ["instrument", "quantile", "estimate", "conf_low", "conf_high", "refuted", "mean"]
QUOTED = {f"{LOW:g}": "low", "0.5": "median", f"{HIGH:g}": "high", SPREAD: "spread"}


def quantile_findings(found: tuple[StatisticEffects, ...], panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield effects at the quoted quantiles, the table and the picture."""
    for statistic in found:
        if statistic.statistic in QUOTED:
            for instrument in panel.instruments:
                yield quantile_number(statistic, instrument, region)
    yield quantile_table(found, panel, region)
    yield quantile_drawing(found, panel, region)


def quantile_number(found: StatisticEffects, instrument: Instrument, region: Region) -> Number:
    """Return the effect of an instrument at one quantile."""
    tested = found.effects[instrument]
    estimate = tested.estimate
    return estimate_number(
        f"{instrument}.quantile_{QUOTED[found.statistic]}",
        estimate,
        f"Effect of {label_in_text(instrument, region)} at quantile {found.statistic}",
        unit_of(instrument, region),
        decimals_of(instrument, region),
        estimator=f"RIF of each year, {estimate.estimator}",
        sample="refuted by next year's treatment" if tested.refuted else None,
    )


def quantile_table(found: tuple[StatisticEffects, ...], panel: Panel, region: Region) -> Table:
    """Return one row a quantile, then the mean and the distance between the outer quantiles."""
    columns = (
        Column("Quantile", "left", 14),
        Column("Value", width=9),
        *(Column(region.label(name), width=28) for name in panel.instruments),
    )
    rows = tuple(quantile_row(statistic, panel, region) for statistic in found)
    first = found[0].effects[panel.instruments[0]].estimate
    notes = (
        f"Effects with 95% intervals: {units_of(panel, region)}. Value: the statistic, mean over the years. "
        f"n = {plain(first.n_obs)}. {REFUTED}: next year's treatment predicts this year's outcome (p below "
        f"0.05), so that selection is in the figure. {untested(found)}Errors take quantiles and "
        f"densities as known. {errors_of(first, region)}"
    )
    return Table("tbl-rif", "Effects at quantiles of each year's distribution.", columns, rows, notes)


def units_of(panel: Panel, region: Region) -> str:
    """Return the unit of each instrument's effect."""
    return "; ".join(
        f"{label_in_text(name, region)} in {unit_of(name, region)}" for name in panel.instruments
    )


def untested(found: tuple[StatisticEffects, ...]) -> str:
    """Return the sentence about records that do not allow the test, empty where they do."""
    if any(effect.lead is None for effect in found[0].effects.values()):
        return "These records have too few years for that test. "
    return ""


def quantile_row(found: StatisticEffects, panel: Panel, region: Region) -> tuple[str, ...]:
    """Return one statistic as a row."""
    cells = [effect_cell(found.effects[name], decimals_of(name, region)) for name in panel.instruments]
    return (found.statistic.capitalize(), plain(found.value, region.settings.outcome.decimals), *cells)


def effect_cell(found: TestedEffect, decimals: int) -> str:
    """Return an effect with its interval, marked where it is refuted."""
    estimate = found.estimate
    mark = REFUTED if found.refuted else ""
    return f"{plain(estimate.estimate, decimals)}{mark} {interval(estimate, decimals)}"


def quantile_drawing(found: tuple[StatisticEffects, ...], panel: Panel, region: Region) -> Drawing:
    """Return effects over quantiles, one panel an instrument, the mean effect as a line."""
    mean = next(statistic for statistic in found if statistic.statistic == MEAN)
    rows = [
        {
            "instrument": region.label(name),
            "quantile": float(statistic.statistic),
            "estimate": statistic.effects[name].estimate.estimate,
            "conf_low": statistic.effects[name].estimate.conf_low,
            "conf_high": statistic.effects[name].estimate.conf_high,
            "refuted": statistic.effects[name].refuted,
            "mean": mean.effects[name].estimate.estimate,
        }
        for name in panel.instruments
        for statistic in found
        if statistic.statistic not in (MEAN, SPREAD)
    ]
    data = pd.DataFrame(rows)[DATA]
    ends = data.groupby("instrument", sort=False)["estimate"].agg(["first", "last"])
    told = "; ".join(
        f"{name}: from {row['first']:,.2f} to {row['last']:,.2f}" for name, row in ends.iterrows()
    )
    return Drawing(
        "fig-quantiles",
        "Effects at quantiles of each year's distribution, with 95% intervals; the broken line is the effect "
        f"on the mean. Units: {units_of(panel, region)}. Hollow: next year's treatment predicts this year's "
        "outcome, so that selection is in the figure.",
        f"Effects from the lowest to the highest quantile. {told}.",
        data,
        draw_quantiles,
    )


def draw_quantiles(data: pd.DataFrame) -> Canvas:
    """Draw a panel an instrument on a scale of its own."""
    panels = list(dict.fromkeys(data["instrument"]))
    figure, all_axes = canvas(len(panels), height=3.0)
    for axes, name, colour in zip(all_axes, panels, COLOURS, strict=False):
        rows = data[data["instrument"] == name]
        axes.axhline(0, color=INK, linewidth=0.8)
        axes.axhline(rows["mean"].iloc[0], color=colour, linewidth=1.2, linestyle=(0, (4, 3)))
        for refuted, fill in ((False, colour), (True, "white")):
            here = rows[rows["refuted"] == refuted]
            reach = [here["estimate"] - here["conf_low"], here["conf_high"] - here["estimate"]]
            axes.errorbar(
                here["quantile"],
                here["estimate"],
                yerr=reach,
                fmt="o",
                color=colour,
                markerfacecolor=fill,
                capsize=2.5,
                markersize=5,
            )
        axes.set_title(name)
        axes.set_xlabel("Quantile")
        axes.set_xticks([LOW, 0.3, 0.5, 0.7, HIGH])
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.4g}"))
    return figure


def spread_text(found: tuple[StatisticEffects, ...], panel: Panel, region: Region) -> str:
    """Return a sentence an instrument that says whether high quantiles gain more than low ones."""
    spread = next(statistic for statistic in found if statistic.statistic == SPREAD)
    return " ".join(
        f"{region.label(name)}: {spread_clause(spread.effects[name])}." for name in panel.instruments
    )


def spread_clause(found: TestedEffect) -> str:
    """Return what the effect on the distance between the outer quantiles says."""
    if found.refuted and found.lead is not None:
        return f"the test of next year's treatment refutes a comparison (p {p_value(found.lead.p_value)})"
    if found.estimate.conf_low > 0:
        return "the distance grows"
    if found.estimate.conf_high < 0:
        return "the distance shrinks"
    return "no change of the distance can be told"

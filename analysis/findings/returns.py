"""Findings about returns below the line: hazard ratios of the instruments, and who stays above."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.designs.returns import Returns, Survival
from analysis.estimates.dynamics.kaplan_meier import SurvivalTable
from analysis.estimates.results import Estimate
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.formats import p_value, percent, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.style import COLOURS, MUTED, canvas
from analysis.findings.wording import bounds, errors_of
from analysis.panel.build import Panel
from analysis.region import Region
from analysis.region_file import Column as HouseholdColumn

DATA = ["instrument", "group", "duration", "survival", "conf_low", "conf_high"]
ROOM = 0.06
REACHED, OTHERS = "reached in the year of the rise", "not reached"


def return_findings(found: Returns, panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield counts, hazard ratios, the share that stays above, and the curves."""
    whole, hazard = found.whole, found.hazard
    last = whole.table.iloc[-1]
    yield Number("returns.spells", whole.n_spells, "Rises above the line that can be followed", "spells")
    yield Number("returns.count", whole.n_returns, "Returns below the line after a rise", "returns")
    yield Number("returns.years", float(last["duration"]), "Longest time followed above the line", "years")
    yield Number(
        "returns.staying",
        float(last["survival"]),
        "Households that rose above the line and were still above it at the end of the longest time followed",
        "share",
        1,
        std_error=float(last["std_error"]),
        low=float(last["conf_low"]),
        high=float(last["conf_high"]),
        estimator="Kaplan and Meier (1958)",
    )
    for instrument in panel.instruments:
        yield ratio_number(instrument, hazard.estimate(instrument), region)
    yield hazard_table(found, region)
    if found.survival:
        yield survival_drawing(found.survival, region)


def ratio(estimate: Estimate) -> tuple[float, float, float]:
    """Return the hazard ratio and the ends of its interval."""
    value, low, high = np.exp([estimate.estimate, estimate.conf_low, estimate.conf_high]).tolist()
    return value, low, high


def ratio_number(name: str, estimate: Estimate, region: Region) -> Number:
    """Return the hazard ratio of an instrument."""
    value, low, high = ratio(estimate)
    return Number(
        f"hazard.{name}",
        value,
        f"Hazard of return below the line: {covariate(name, region)}",
        "times the hazard without",
        2,
        low=low,
        high=high,
        n_obs=estimate.n_obs,
        n_clusters=estimate.n_clusters,
        estimator=f"{estimate.estimator}, {estimate.engine}",
        sample="household-years after a rise above the line; association, not effect",
    )


def covariate(name: str, region: Region) -> str:
    """Return the label of a covariate, with its unit where that is not one."""
    entry = region.settings.instruments.get("subsidies")
    if name == "subsidies" and not isinstance(entry, HouseholdColumn):
        return f"{region.label(name)}, a thousand yuan per capita"
    return region.label(name)


def hazard_table(found: Returns, region: Region) -> Table:
    """Return the hazard ratio of every covariate."""
    columns = (
        Column("Covariate", "left", 40),
        Column("Hazard ratio", width=14),
        Column("95% interval", width=18),
        Column("p", width=9),
    )
    hazard = found.hazard
    rows = tuple(hazard_row(estimate, region) for estimate in hazard.estimates)
    first = hazard.estimates[0]
    notes = (
        f"Household-years at risk: {plain(first.n_obs)} in {plain(hazard.n_spells)} spells, with "
        f"{plain(hazard.n_returns)} returns. A spell begins with a rise from below the line; households "
        "never seen below it are not in the sample. Complementary log-log regression with a constant for "
        "each year above the line (the later ones together), instruments and controls of the year; pay and "
        f"payments are part of the income that the line is held against. {errors_of(first, region)}"
    )
    return Table("tbl-hazard", "Hazard of falling below the line again.", columns, rows, notes)


def hazard_row(estimate: Estimate, region: Region) -> tuple[str, ...]:
    """Return one covariate as a row."""
    value, low, high = ratio(estimate)
    name = covariate(estimate.term, region)
    return (name, plain(value, 2), bounds(low, high, 2), p_value(estimate.p_value))


def survival_drawing(curves: tuple[Survival, ...], region: Region) -> Drawing:
    """Return the share still above the line by years, for each instrument reached or not."""
    parts = [
        curve_rows(table, group).assign(instrument=region.label(curve.instrument))
        for curve in curves
        for group, table in ((REACHED, curve.reached), (OTHERS, curve.others))
    ]
    told = "; ".join(
        f"{region.label(curve.instrument)}: {percent(curve.reached.table['survival'].iloc[-1])} of those "
        f"reached, {percent(curve.others.table['survival'].iloc[-1])} of the others"
        for curve in curves
    )
    return Drawing(
        "fig-survival",
        "Share of households still above the line by years since they rose above it, by whether the "
        "instrument reached them in the year of the rise, with 95% intervals. A description, not an effect.",
        f"Still above the line at the end of the time followed. {told}.",
        pd.concat(parts, ignore_index=True)[DATA],
        draw_survival,
    )


def curve_rows(table: SurvivalTable, group: str) -> pd.DataFrame:
    """Return a curve from the year of the rise, when all are above the line."""
    start = pd.DataFrame({"duration": [0], "survival": [1.0], "conf_low": [1.0], "conf_high": [1.0]})
    return pd.concat([start, table.table[list(start.columns)]], ignore_index=True).assign(group=group)


def draw_survival(data: pd.DataFrame) -> Canvas:
    """Draw a panel an instrument with a step for each group."""
    panels = list(dict.fromkeys(data["instrument"]))
    figure, all_axes = canvas(len(panels), height=3.0, sharey=True)
    for axes, name in zip(all_axes, panels, strict=True):
        for group, colour, style in ((REACHED, COLOURS[0], "-"), (OTHERS, MUTED, "--")):
            rows = data[(data["instrument"] == name) & (data["group"] == group)]
            axes.step(
                rows["duration"], rows["survival"], where="post", color=colour, linestyle=style, label=group
            )
            axes.fill_between(
                rows["duration"],
                rows["conf_low"],
                rows["conf_high"],
                step="post",
                color=colour,
                alpha=0.15,
                linewidth=0,
            )
        axes.set_title(name)
        axes.set_xlabel("Years since the rise")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axes.set_ylim(bottom=data["conf_low"].min() - ROOM)
    all_axes[0].legend(loc="lower left", fontsize=7.5)
    return figure

"""Findings of the achievements chapter: income and its sources, poverty, reach of the instruments."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.findings.drawings import Drawing, Finding
from analysis.findings.estimate_number import estimate_number
from analysis.findings.formats import joined
from analysis.findings.income_sources import source_findings
from analysis.findings.kinds import Number
from analysis.findings.outcome_means import mean_by_year, mean_outcome
from analysis.findings.poverty import poverty_findings
from analysis.findings.style import COLOURS, MARKERS, canvas, thousands
from analysis.panel.build import Panel
from analysis.region import Region

SMALLEST_GROUP = 8
BAND = ["type", "year", "estimate", "conf_low", "conf_high", "n_obs"]


def achievement_findings(panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield the findings of the chapter that the panel's columns allow."""
    if panel.sources:
        yield from income_findings(panel, region)
        yield from source_findings(panel, region)
    else:
        yield outcome_drawing(panel, region)
    if "below_line" in panel.frame:
        yield from poverty_findings(panel, region)
    yield reach_drawing(panel, region)


def income_findings(panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield income per capita in the first and last year, its growth, and its course by type of household."""
    years = region.settings.years
    first, last = (
        mean_outcome(panel.study[panel.study["year"] == year], panel) for year in (years.first, years.last)
    )
    for end, year, index in (("first", years.first, first), ("last", years.last, last)):
        label = f"Mean net income per capita of the study sample, {year}"
        how = "mean over persons, errors by village"
        yield estimate_number(f"income.{end}", index, label, "yuan", estimator=how, sample="study sample")
    growth = (last.estimate / first.estimate) ** (1 / (years.last - years.first)) - 1
    yield Number("income.growth", growth, "Mean annual growth of real income per capita", "share", 1)
    yield income_drawing(panel, region)


def income_drawing(panel: Panel, region: Region) -> Drawing:
    """Return mean income by year and type of household with 95% intervals."""
    labels = {code: value.en for code, value in region.codebook.variable("household_type").values.items()}
    parts = [
        mean_by_year(rows, panel).assign(type=labels[str(code)])
        for code, rows in panel.frame.groupby("household_type", observed=True)
    ]
    data = pd.concat(parts, ignore_index=True)
    data = data.loc[data["n_obs"] >= SMALLEST_GROUP, BAND]
    ends = data.groupby("type", sort=False)["estimate"].agg(["first", "last"])
    courses = [
        f"{name} households from {row['first']:,.0f} to {row['last']:,.0f}" for name, row in ends.iterrows()
    ]
    year = region.settings.years.last
    means = [f"{row['last']:,.0f} yuan for {name} households" for name, row in ends.iterrows()]
    return Drawing(
        "fig-income",
        "Net income per capita in constant prices by type of household, with 95% intervals. "
        f"In {year} the means are {joined(means)}.",
        f"Mean income over the years of the records, in yuan: {'; '.join(courses)}.",
        data,
        draw_income,
    )


def draw_income(data: pd.DataFrame) -> Canvas:
    """Draw one line a type with its band."""
    figure, (axes,) = canvas()
    for (name, rows), colour, marker in zip(data.groupby("type", sort=False), COLOURS, MARKERS, strict=False):
        axes.fill_between(
            rows["year"], rows["conf_low"], rows["conf_high"], color=colour, alpha=0.18, linewidth=0
        )
        axes.plot(rows["year"], rows["estimate"], color=colour, marker=marker, markersize=4.5, label=name)
    axes.set_ylim(bottom=0)
    axes.set_ylabel("Yuan a year per capita")
    thousands(axes)
    axes.legend(loc="upper left")
    return figure


def outcome_drawing(panel: Panel, region: Region) -> Drawing:
    """Return the mean outcome by period of households that an instrument ever reached and of the others."""
    study = panel.study
    reached = study[list(panel.instruments)].gt(0).any(axis="columns")
    ever = reached.groupby(study["household_id"]).transform("any")
    names = {True: "reached by an instrument", False: "never reached"}
    parts = [mean_by_year(rows, panel).assign(type=names[bool(flag)]) for flag, rows in study.groupby(ever)]
    data = pd.concat(parts, ignore_index=True)[BAND]
    ends = data.groupby("type", sort=False)["estimate"].agg(["first", "last"])
    courses = [
        f"households {name} from {row['first']:,.1f} to {row['last']:,.1f}" for name, row in ends.iterrows()
    ]
    return Drawing(
        "fig-outcome",
        f"{region.label(panel.outcome)} by period, in {region.settings.outcome.unit.en}, with 95% intervals. "
        "The distance between the groups is not by itself an effect.",
        f"Mean from the first to the last period: {'; '.join(courses)}.",
        data,
        draw_outcome,
    )


def draw_outcome(data: pd.DataFrame) -> Canvas:
    """Draw one line a group with its interval in each period."""
    figure, (axes,) = canvas(height=3.2)
    for (name, rows), colour, marker in zip(data.groupby("type", sort=False), COLOURS, MARKERS, strict=False):
        reach = [rows["estimate"] - rows["conf_low"], rows["conf_high"] - rows["estimate"]]
        axes.errorbar(
            rows["year"], rows["estimate"], reach, color=colour, marker=marker, capsize=3, label=name
        )
    axes.set_xticks(sorted(data["year"].unique()))
    axes.set_xlabel("Period")
    axes.margins(x=0.15)
    axes.set_ylim(bottom=0)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return figure


def reach_drawing(panel: Panel, region: Region) -> Drawing:
    """Return the share of households that each instrument reached, by year."""
    study = panel.study
    reached = study[list(panel.instruments)].gt(0).groupby(study["year"]).mean() * 100
    data = reached.rename(columns=lambda name: region.label(str(name))).reset_index()
    ends = data.drop(columns="year").iloc[[0, -1]]
    reached_last = [f"{str(name).lower()} {values.iloc[-1]:.0f}%" for name, values in ends.items()]
    courses = [
        f"{str(name).lower()} from {values.iloc[0]:.0f} to {values.iloc[-1]:.0f}"
        for name, values in ends.items()
    ]
    return Drawing(
        "fig-reach",
        "Households of the study sample that each instrument reached, percent. "
        f"In the last year: {', '.join(reached_last)}.",
        f"Percent of households from the first to the last year: {'; '.join(courses)}.",
        data,
        draw_reach,
    )


def draw_reach(data: pd.DataFrame) -> Canvas:
    """Draw one line an instrument."""
    figure, (axes,) = canvas(height=3.2)
    for name, colour, marker in zip(data.columns.drop("year"), COLOURS, MARKERS, strict=False):
        axes.plot(data["year"], data[name], color=colour, marker=marker, markersize=5, label=name)
    axes.set_xticks(data["year"])
    axes.set_ylim(0, 100)
    axes.set_ylabel("Percent of households")
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return figure

"""Findings about the sources that income is composed of."""

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.estimates.composition import composition
from analysis.estimates.index_estimate import IndexEstimate, by_period
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.estimate_number import estimate_number
from analysis.findings.kinds import Number
from analysis.findings.outcome_means import mean_by_year
from analysis.findings.style import COLOURS, canvas, thousands
from analysis.panel.build import Panel
from analysis.region import Region

TRANSFERS = ("income_subsidies", "income_pensions", "income_transfers")


def source_findings(panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield the composition of income by source."""

    def shares_of(part: pd.DataFrame) -> tuple[IndexEstimate, ...]:
        return composition(part, panel.sources, weights="household_size", clusters=panel.fine_cluster)

    year = region.settings.years.last
    last = {index.name: index for index in shares_of(panel.study[panel.study["year"] == year])}
    for source in ("income_wages", "income_posts"):
        label = f"{region.label(source)} as a share of income, {year}"
        how = "over persons, errors by village"
        yield estimate_number(
            f"share.{source}", last[source], label, "share", estimator=how, sample="study sample"
        )
    label = f"Subsidies, pensions and other transfers as a share of income, {year}"
    yield Number("share.public_transfers", sum(last[name].estimate for name in TRANSFERS), label, "share", 0)
    shares = by_period(panel.study, "year", shares_of)
    total = mean_by_year(panel.study, panel).set_index("year")["estimate"]
    data = shares.pivot_table(index="year", columns="name", values="estimate", sort=False)
    data = data.mul(total, axis="index").rename(columns=lambda name: region.label(str(name))).reset_index()
    amounts = [f"{str(name).lower()} {value:,.0f}" for name, value in data.iloc[-1].drop("year").items()]
    yield Drawing(
        "fig-sources",
        f"Income per capita of the study sample by source, constant prices. In {year} wages are "
        f"{last['income_wages'].estimate:.0%} of it and {largest_but_wages(last, region)}.",
        f"Yuan a year per capita in {year}: {'; '.join(amounts)}.",
        data,
        draw_sources,
    )


def largest_but_wages(shares: Mapping[str, IndexEstimate], region: Region) -> str:
    """Return the largest source beside wages, with its share."""
    name = max((name for name in shares if name != "income_wages"), key=lambda name: shares[name].estimate)
    return f"{region.label(name).lower()}, the next largest source, {shares[name].estimate:.0%}"


def draw_sources(data: pd.DataFrame) -> Canvas:
    """Draw stacked bars by year."""
    figure, (axes,) = canvas()
    bottom = pd.Series(0.0, index=data.index)
    for colour, source in zip(COLOURS, data.columns.drop("year"), strict=True):
        axes.bar(
            data["year"],
            data[source],
            bottom=bottom,
            color=colour,
            label=source,
            width=0.72,
            edgecolor="white",
        )
        bottom = bottom + data[source]
    axes.set_ylabel("Yuan a year per capita")
    thousands(axes)
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], labels[::-1], loc="center left", bbox_to_anchor=(1, 0.5))
    return figure

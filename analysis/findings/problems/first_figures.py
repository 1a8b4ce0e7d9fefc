"""First figures about the five problems, from questionnaires and ledgers."""

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.findings.drawings import Drawing, Finding
from analysis.findings.kinds import Number
from analysis.findings.style import COLOURS, canvas
from analysis.region import Region


def problem_findings(tables: Mapping[str, pd.DataFrame], region: Region) -> Iterator[Finding]:
    """Yield what the records and questionnaires show about each problem."""
    yield from investment_findings(tables["projects"], region)
    yield same_amount(tables["subsidies"])


def investment_findings(projects: pd.DataFrame, region: Region) -> Iterator[Finding]:
    """Yield the concentration of investment on one sector and its course over the years."""
    labels = {code: value.en for code, value in region.codebook.variable("project_sector").values.items()}
    by_sector = projects.groupby("project_sector", observed=True)["investment"].sum()
    top = by_sector.idxmax()
    yield Number(
        "problems.top_sector_share",
        by_sector.max() / by_sector.sum(),
        f"Share of all investment that went into {labels[str(top)]}",
        "share",
        0,
        n_obs=len(projects),
    )
    by_year = projects.groupby(["project_year", "project_sector"], observed=True)["investment"].sum() / 1e6
    data = by_year.rename("million_yuan").reset_index()
    data["sector"] = data["project_sector"].astype(str).map(labels)
    order = by_sector.sort_values(ascending=False).index.map(labels)
    data["sector"] = pd.Categorical(data["sector"], categories=order, ordered=True)
    peak = by_year.groupby("project_year").sum().idxmax()
    amounts = [
        f"{labels[str(code)]} {amount / 1e6:.1f}"
        for code, amount in by_sector.sort_values(ascending=False).items()
    ]
    yield Drawing(
        "fig-investment",
        f"Investment in industrial projects by year and sector. The largest sector over all years is "
        f"{labels[str(top)]}; the year with the largest investment is {peak}.",
        f"Million yuan over all years: {'; '.join(amounts)}.",
        data[["project_year", "sector", "million_yuan"]].sort_values(["project_year", "sector"]),
        draw_investment,
    )


def draw_investment(data: pd.DataFrame) -> Canvas:
    """Draw stacked bars, the largest sector at the bottom."""
    figure, (axes,) = canvas()
    wide = data.pivot_table(
        index="project_year", columns="sector", values="million_yuan", aggfunc="sum", observed=True
    )
    bottom = pd.Series(0.0, index=wide.index)
    for colour, sector in zip(COLOURS, wide.columns, strict=False):
        height = wide[sector].where(wide[sector].notna(), 0.0)
        axes.bar(wide.index, height, bottom=bottom, color=colour, label=sector, width=0.7, edgecolor="white")
        bottom = bottom + height
    axes.set_ylabel("Million yuan")
    axes.set_xlabel("First year of the project")
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return figure


def same_amount(ledger: pd.DataFrame) -> Number:
    """Return the share of allowances that equal the household's allowance of the year before."""
    dibao = ledger.loc[ledger["subsidy_type"] == "dibao", ["household_id", "year", "subsidy_amount"]]
    before = dibao.assign(year=dibao["year"] + 1).rename(columns={"subsidy_amount": "before"})
    pairs = dibao.merge(before, on=["household_id", "year"], how="inner", validate="one_to_one")
    same = pairs["subsidy_amount"] == pairs["before"]
    return Number(
        "problems.same_amount_share",
        same.mean(),
        "Minimum living allowances equal to the household's allowance of the year before",
        "share",
        0,
        n_obs=len(pairs),
    )

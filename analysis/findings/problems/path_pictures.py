"""Pictures about the path of investment: money and reach over time, money against diversity by township."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.drawings import Drawing
from analysis.findings.formats import percent, plain
from analysis.findings.style import COLOURS, INK, MUTED, canvas, thousands
from analysis.problems.mix import Mix
from analysis.problems.path import SinglePath

MILLION = 1e6
SMALLEST, LARGEST = 24.0, 210.0
REACH, CLOSE = 0.17, 0.05
"""A name that would run into another mark stands on the left of its own."""
SHADES = ("#0b4f6c", "#d1782f", "#9fc5d6", "#e9bd94", "#b7d3bf", "#cdb6d6", "#d9cfa0", "#c9ced4")


def investment_drawing(mix: Mix, labels: Mapping[str, str]) -> Drawing:
    """Return money by year and sector beside the households reached."""
    money = mix.by_year.assign(
        sector=mix.by_year["sector"].astype(str).map(labels), million_yuan=mix.by_year["money"] / MILLION
    )
    reach = mix.reached.assign(reached=mix.reached["households"].cumsum())
    years = (
        money.groupby("year", as_index=False)["million_yuan"]
        .sum()
        .merge(reach, on="year", how="outer", validate="one_to_one")
    )
    order = [labels[code] for code in mix.sectors]
    money["rank"] = money["sector"].map({name: rank for rank, name in enumerate(order)})
    data = money.merge(years[["year", "reached"]], on="year", how="outer", validate="many_to_one")
    peak = int(years.dropna(subset="million_yuan").sort_values("million_yuan")["year"].iloc[-1])
    total = years["million_yuan"].sum()
    return Drawing(
        "fig-investment",
        f"Investment in industrial projects by first year and sector (left), and households reached so far "
        f"(right). {percent(mix.county.shares[mix.main], 0)} of {plain(total, 1)} million yuan went into "
        f"{order[0]}; most was begun in {peak}.",
        f"Stacked bars by year with the largest part, {order[0]}, at the bottom; a rising line of households "
        f"reached that ends at {plain(float(mix.reached['households'].sum()))}.",
        data[["year", "sector", "rank", "million_yuan", "reached"]].sort_values(["year", "rank"]),
        draw_investment,
    )


def draw_investment(data: pd.DataFrame) -> Canvas:
    """Draw stacked bars, the largest sector at the bottom, and the households reached."""
    figure, (left, right) = canvas(2, height=3.6)
    wide = data.dropna(subset=["sector"]).pivot_table(
        index="year", columns=["rank", "sector"], values="million_yuan", aggfunc="sum"
    )
    bottom = np.zeros(len(wide))
    for shade, (key, height) in zip(SHADES, wide.items(), strict=False):
        assert isinstance(key, tuple)
        filled = height.where(height.notna(), 0.0).to_numpy()
        left.bar(wide.index, filled, bottom=bottom, color=shade, label=key[1], width=0.75, edgecolor="white")
        bottom += filled
    left.set_title("Million yuan")
    left.legend(fontsize=7.5, loc="upper right")
    reach = data.dropna(subset=["reached"]).drop_duplicates("year")
    right.plot(reach["year"], reach["reached"], color=COLOURS[0], marker="o", markersize=5)
    right.set_ylim(bottom=0)
    right.set_title("Households reached so far")
    thousands(right)
    for axes in (left, right):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    return figure


def township_drawing(found: SinglePath, names: Mapping[str, str]) -> Drawing:
    """Return money against diversity, a mark a township, its size what its projects pay."""
    data = pd.DataFrame(
        [
            {
                "township": names.get(of.code, of.code),
                "million_yuan": of.money / MILLION,
                "diversity": 1 - of.mix.herfindahl.estimate,
                "conf_low": 1 - of.mix.herfindahl.conf_high,
                "conf_high": 1 - of.mix.herfindahl.conf_low,
                "main_share": of.mix.shares[found.mix.main],
                "paid": of.paid,
                "equal": 1 - of.mix.herfindahl.equal,
                "county": 1 - found.mix.county.herfindahl.estimate,
            }
            for of in found.mix.townships
            if not isinstance(of.mix, NotApplicable)
        ]
    )
    ordered = data.sort_values("diversity", kind="stable")
    least, most = ordered.iloc[0], ordered.iloc[-1]
    return Drawing(
        "fig-path-townships",
        "Money in projects against diversity, one mark a township: the chance that two yuan lie in different "
        "sectors, with 95% intervals. Darker and larger marks pay a higher yield. The dashed line is an "
        "equal "
        "split of the same money, the dotted line the county.",
        f"Diversity runs from {percent(least['diversity'], 0)} in {least['township']} to "
        f"{percent(most['diversity'], 0)} in {most['township']}; an equal split would give "
        f"{percent(data['equal'].iloc[0], 0)}, the county has {percent(data['county'].iloc[0], 0)}.",
        data,
        draw_townships,
    )


def draw_townships(data: pd.DataFrame) -> Canvas:
    """Draw the townships with their intervals, the equal split and the county."""
    figure, (axes,) = canvas(height=4.8)
    axes.axhline(data["equal"].iloc[0], color=INK, linestyle="--", linewidth=1.2)
    axes.axhline(data["county"].iloc[0], color=MUTED, linestyle=":", linewidth=1.2)
    reach = [data["diversity"] - data["conf_low"], data["conf_high"] - data["diversity"]]
    axes.errorbar(data["million_yuan"], data["diversity"], reach, fmt="none", ecolor=MUTED, linewidth=0.9)
    known = data["paid"].notna().all()
    size = scaled(data["paid"]) if known else np.full(len(data), SMALLEST)
    marks = axes.scatter(
        data["million_yuan"],
        data["diversity"],
        s=size,
        c=data["paid"] if known else None,
        cmap="cividis_r",
        edgecolor=INK,
        linewidth=0.7,
        zorder=3,
    )
    if known:
        figure.colorbar(
            marks, ax=axes, label="Yield paid, a year", format=PercentFormatter(1, decimals=0), aspect=30
        )
    named(axes, data)
    axes.set_ylim(-0.03, 1)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Million yuan in the township's projects")
    axes.set_ylabel("Chance that two yuan lie in different sectors")
    return figure


def named(axes: Axes, data: pd.DataFrame) -> None:
    """Write the names beside the marks, and what the lines are."""
    for _, row in data.iterrows():
        aside = data["million_yuan"] - row["million_yuan"]
        close = (data["diversity"] - row["diversity"]).abs() < CLOSE
        left = bool(((aside > 0) & (aside < REACH * np.ptp(data["million_yuan"])) & close).any())
        axes.annotate(
            row["township"],
            (row["million_yuan"], row["diversity"]),
            xytext=(-8 if left else 8, 3),
            ha="right" if left else "left",
            textcoords="offset points",
            fontsize=7,
        )
    right = data["million_yuan"].max()
    for column, words in (("equal", "the same money in equal parts"), ("county", "the county as it is")):
        axes.text(right, data[column].iloc[0] + 0.012, words, ha="right", fontsize=8, color=INK)


def scaled(values: pd.Series) -> np.ndarray:
    """Return areas of marks that grow with the values."""
    span = values.max() - values.min()
    share = (values - values.min()) / span if span > 0 else values * 0
    return np.asarray(SMALLEST + (LARGEST - SMALLEST) * share)

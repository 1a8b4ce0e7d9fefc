"""The picture of investment: money by sector and households reached over the years."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from analysis.findings.drawings import Drawing
from analysis.findings.formats import percent, plain
from analysis.findings.problems.measures import MILLION
from analysis.findings.style import COLOURS, canvas, thousands
from analysis.problems.mix import Mix

HATCHES = ("", "//", "..", "xx")
"""Sectors beyond as many as there are colours take the same ones with a pattern."""


def investment_drawing(mix: Mix, labels: Mapping[str, str]) -> Drawing:
    """Return money by year and sector, beside the households reached where the records name them."""
    money = mix.by_year.assign(
        sector=mix.by_year["sector"].astype(str).map(labels), million_yuan=mix.by_year["money"] / MILLION
    )
    order = [labels[code] for code in mix.sectors]
    money["rank"] = money["sector"].map({name: rank for rank, name in enumerate(order)})
    by_year = money.groupby("year")["million_yuan"].sum()
    columns = ["year", "sector", "rank", "million_yuan"]
    share, total = percent(mix.county.shares[mix.largest], 0), plain(float(by_year.sum()), 1)
    reach_words, reach_alt = "", ""
    if mix.reached is not None:
        reach = mix.reached.assign(reached=mix.reached["households"].cumsum())[["year", "reached"]]
        money = money.merge(reach, on="year", how="outer", validate="many_to_one")
        columns.append("reached")
        ever = plain(float(mix.reached["households"].sum()))
        reach_words = " (left), and households reached so far (right)"
        reach_alt = f"; beside them a rising line of households reached that ends at {ever}"
    return Drawing(
        "fig-investment",
        f"Investment in industrial projects by first year and sector{reach_words}. {share} of {total} "
        f"million yuan went into {order[0]}; the largest sum was begun in {by_year.idxmax()}.",
        f"Stacked bars by year with the largest part, {order[0]}, at the bottom{reach_alt}.",
        money[columns].sort_values(["year", "rank"]),
        draw_investment,
    )


def draw_investment(data: pd.DataFrame) -> Canvas:
    """Draw stacked bars, the largest sector at the bottom, and the households reached."""
    figure, axes_of = canvas(2 if "reached" in data else 1, height=3.6)
    wide = data.dropna(subset=["sector"]).pivot_table(
        index="year", columns=["rank", "sector"], values="million_yuan", aggfunc="sum"
    )
    left, bottom = axes_of[0], np.zeros(len(wide))
    for number, (key, height) in enumerate(wide.items()):
        assert isinstance(key, tuple)
        again, colour = divmod(number, len(COLOURS))
        filled = height.where(height.notna(), 0.0).to_numpy()
        left.bar(
            wide.index,
            filled,
            bottom=bottom,
            color=COLOURS[colour],
            hatch=HATCHES[again % len(HATCHES)],
            label=key[1],
            width=0.75,
            edgecolor="white",
        )
        bottom += filled
    left.set_title("Million yuan")
    left.legend(fontsize=7.5, loc="upper right")
    if "reached" in data:
        right = axes_of[1]
        reach = data.dropna(subset=["reached"]).drop_duplicates("year")
        right.plot(reach["year"], reach["reached"], color=COLOURS[0], marker="o", markersize=5)
        right.set_ylim(bottom=0)
        right.set_title("Households reached so far")
        thousands(right)
    for axes in axes_of:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    return figure

"""Pictures about subsidies and need: receipt against need, and the years around a shock."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.estimates.means import mean
from analysis.findings.disclosure import SMALLEST
from analysis.findings.drawings import Drawing
from analysis.findings.formats import percent, plain
from analysis.findings.style import COLOURS, INK, MARKERS, MUTED, canvas, thousands
from analysis.problems.need import Need
from analysis.problems.shock_response import THOUSAND, ShockResponse
from analysis.problems.shock_times import TIMES

EDGES = (*np.arange(0.0, 3.01, 0.25),)
OUTCOMES = {"own": "Income without subsidies", "need": "Need", "received": "Subsidies"}


def need_drawing(need: Need) -> Drawing:
    """Return receipt by income without subsidies, what would close the gap, and where the money goes."""
    rows = need.rows.assign(
        at=(need.rows["own"] / need.rows["line"]).clip(EDGES[0], EDGES[-1] - 1e-9),
        receipt=need.rows["received"] / need.rows["line"],
        money=need.rows["received"] * need.rows["household_size"],
    )
    total = rows["money"].sum()
    binned = rows.groupby(pd.cut(rows["at"], EDGES, right=False), observed=True)
    data = pd.DataFrame(
        [
            {
                "at": interval.mid,
                "estimate": index.estimate,
                "conf_low": index.conf_low,
                "conf_high": index.conf_high,
                "money": inside["money"].sum() / total,
                "n_obs": len(inside),
            }
            for interval, inside in binned
            if inside["household_id"].nunique() >= SMALLEST
            for index in [mean(inside, "receipt", weights="household_size", clusters=need.village)]
        ]
    )
    lowest, highest = data.iloc[0], data.iloc[-1]
    above = data.loc[data["at"] > 1, "money"].sum()
    return Drawing(
        "fig-rigidity-need",
        "Subsidies received by income without them, both in percent of the line, with 95% intervals; the "
        "dashed "
        "line is what would lift each household to the line (left). Where the money goes (right): "
        f"{percent(above, 0)} of it to households that the line would give nothing.",
        f"Households with the lowest incomes receive {percent(lowest['estimate'], 0)} of the line on "
        "average, "
        f"those with the highest {percent(highest['estimate'], 0)}; the dashed line of what closes the "
        "gap falls "
        "from the whole line to nothing.",
        data,
        draw_need,
    )


def draw_need(data: pd.DataFrame) -> Canvas:
    """Draw receipt with the line of need, and the money by income."""
    figure, (left, right) = canvas(2, height=3.7)
    left.plot([0, 1, EDGES[-1]], [1, 0, 0], color=INK, linestyle="--", linewidth=1.4)
    left.text(0.12, 0.93, "closes the gap", fontsize=8, color=INK)
    reach = [data["estimate"] - data["conf_low"], data["conf_high"] - data["estimate"]]
    left.errorbar(
        data["at"], data["estimate"], reach, color=COLOURS[0], marker="o", markersize=4.5, capsize=3
    )
    left.set_ylim(bottom=0)
    left.set_title("Subsidies received, of the line")
    short = data["at"] < 1
    width = 0.9 * (EDGES[1] - EDGES[0])
    right.bar(
        data.loc[short, "at"], data.loc[short, "money"], width, color=COLOURS[0], label="short of the line"
    )
    right.bar(
        data.loc[~short, "at"],
        data.loc[~short, "money"],
        width,
        color="white",
        edgecolor=COLOURS[1],
        hatch="///",
        label="above it",
    )
    right.legend(fontsize=8)
    right.set_title("Share of all money")
    right.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    for axes in (left, right):
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.axvline(1, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
        axes.set_xlabel("Income without subsidies, of the line")
    return figure


def shock_drawing(shocks: ShockResponse) -> Drawing:
    """Return the fall of income and the rise of subsidies around a shock."""
    data = pd.DataFrame(
        [
            {
                "outcome": OUTCOMES[of.outcome],
                "event_time": time,
                "estimate": THOUSAND * estimate.estimate,
                "conf_low": THOUSAND * estimate.conf_low,
                "conf_high": THOUSAND * estimate.conf_high,
            }
            for of in shocks.responses
            if not of.shock and of.outcome in OUTCOMES
            for time, estimate in zip(TIMES, of.by_time, strict=True)
        ]
    )
    now = data[data["event_time"] == 0].set_index("outcome")["estimate"]
    lost, lacked, paid = (plain(now[name]) for name in OUTCOMES.values())
    return Drawing(
        "fig-rigidity-shocks",
        "Income without subsidies, need and subsidies in the years around a shock, with 95% intervals. In "
        f"its year income changes by {lost} yuan per capita, need by {lacked} and subsidies by {paid}.",
        f"Income without subsidies changes by {lost} yuan in the year of the shock, need by {lacked} yuan, "
        f"subsidies by {paid} yuan; all are given from the year before to two years after.",
        data,
        draw_shocks,
    )


def draw_shocks(data: pd.DataFrame) -> Canvas:
    """Draw the paths on one scale."""
    figure, (axes,) = canvas(height=3.4)
    axes.axhline(0, color=INK, linewidth=1.0)
    for (name, rows), colour, marker in zip(
        data.groupby("outcome", sort=False), (COLOURS[1], COLOURS[2], COLOURS[0]), MARKERS, strict=False
    ):
        reach = [rows["estimate"] - rows["conf_low"], rows["conf_high"] - rows["estimate"]]
        axes.errorbar(
            rows["event_time"], rows["estimate"], reach, color=colour, marker=marker, capsize=3, label=name
        )
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("Years since the shock")
    axes.set_ylabel("Yuan a year per capita")
    thousands(axes)
    axes.legend(loc="lower right")
    return figure

"""The picture of bounds on township lines: both errors by how far lines may differ."""

import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import PercentFormatter

from analysis.countermeasures.autonomy import Autonomy
from analysis.findings.drawings import Drawing
from analysis.findings.formats import percent
from analysis.findings.style import COLOURS, canvas

LEFT_OUT, BEYOND = "left out below the official line", "included beyond it"


def autonomy_drawing(found: Autonomy) -> Drawing:
    """Return both errors by the bound, with their intervals, and those of today."""
    rows = [
        {"width": one.width, "what": what, "value": drawn.value, "low": drawn.low, "high": drawn.high}
        for one in found.bounds
        for what, drawn in ((LEFT_OUT, one.left_out), (BEYOND, one.beyond))
    ]
    today = found.practice
    data = pd.DataFrame(rows).assign(
        today=lambda rows: rows["what"].map({LEFT_OUT: today.left_out.value, BEYOND: today.beyond.value})
    )
    uniform = found.bounds[0]
    return Drawing(
        "fig-autonomy",
        "Both errors of inclusion by how far a township's line may be from the official one, with 95% "
        "intervals; dashed: as decided today.",
        f"With one line for all {percent(uniform.left_out.value, 0)} of the household-years below the "
        f"official line are left out and {percent(uniform.beyond.value, 0)} of the included are beyond it; "
        f"today it is {percent(today.left_out.value, 0)} and {percent(today.beyond.value, 0)}.",
        data,
        draw_autonomy,
    )


def draw_autonomy(data: pd.DataFrame) -> Canvas:
    """Draw a line with its band for each error, and today's as a level."""
    figure, (axes,) = canvas()
    for colour, marker, (what, rows) in zip(COLOURS, "os", data.groupby("what", sort=False), strict=False):
        axes.fill_between(rows["width"], rows["low"], rows["high"], color=colour, alpha=0.15, linewidth=0)
        axes.plot(rows["width"], rows["value"], color=colour, marker=marker, markersize=5, label=str(what))
        axes.axhline(rows["today"].iloc[0], color=colour, linestyle=(0, (4, 3)), linewidth=1.1)
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("Lines may differ from the official one by")
    axes.set_ylabel("Share")
    axes.legend()
    return figure

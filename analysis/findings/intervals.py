"""Points with intervals, one row a specification: the drawing that effects and recovery share."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from analysis.findings.style import COLOURS, INK, MARKERS, canvas

TITLE_WIDTH = 26
OFF_SCALE = 3


def draw_intervals(data: pd.DataFrame, by: str, reference: float) -> Canvas:
    """Draw one panel a value of `by`, with columns `specification, estimate, conf_low, conf_high`.

    An estimate more than three times as far from the reference as every other one stands at the
    edge with its value, so that it does not squeeze the others.
    """
    panels = list(dict.fromkeys(data[by]))
    figure, all_axes = canvas(len(panels), height=3.1, sharey=True)
    for axes, name, colour, marker in zip(all_axes, panels, COLOURS, MARKERS, strict=False):
        rows = data[data[by] == name].reset_index(drop=True)
        axes.axvline(reference, color=INK, linewidth=1.0)
        far = off_scale(rows, reference)
        near = rows[~far]
        reach = [near["estimate"] - near["conf_low"], near["conf_high"] - near["estimate"]]
        axes.errorbar(
            near["estimate"], near.index, xerr=reach, fmt=marker, color=colour, capsize=3, markersize=5
        )
        for position, value in rows.loc[far, "estimate"].items():
            mark_off_scale(axes, int(str(position)), value, reference, colour)
        axes.set_yticks(rows.index, rows["specification"])
        axes.set_title("\n".join(textwrap.wrap(name, TITLE_WIDTH)))
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", visible=True)
        axes.margins(x=0.12)
    all_axes[0].invert_yaxis()
    return figure


def off_scale(rows: pd.DataFrame, reference: float) -> pd.Series:
    """Say of each row whether it is more than three times as far from the reference as all others."""
    distance = (rows["estimate"] - reference).abs()
    others = [distance.drop(index).max() for index in distance.index]
    return distance > OFF_SCALE * pd.Series(others, index=rows.index)


def mark_off_scale(axes: Axes, row: int, value: float, reference: float, colour: str) -> None:
    """Mark an estimate at the edge it lies beyond, with its value."""
    right = value > reference
    axes.annotate(
        f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}",
        xy=(1.0 if right else 0.0, row),
        xytext=(-34 if right else 34, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right" if right else "left",
        va="center",
        color=colour,
        arrowprops={"arrowstyle": "->", "color": colour},
    )

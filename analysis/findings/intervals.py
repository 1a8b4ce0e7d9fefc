"""Points with intervals, one row a specification: the drawing that effects and recovery share."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from analysis.findings.style import COLOURS, INK, MARKERS, canvas

TITLE_CHARACTERS = 44
LABEL_CHARACTERS = 26
OFF_SCALE = 8
TICKS = 4
MARGIN = 0.08


def draw_intervals(data: pd.DataFrame, by: str, reference: float) -> Canvas:
    """Draw one panel a value of `by`, with columns `specification, estimate, conf_low, conf_high`.

    The panels share one scale. An interval that ends more than eight times as far from the reference as
    the median one stands at the edge with its value, so that it does not squeeze the others.
    """
    panels = list(dict.fromkeys(data[by]))
    figure, all_axes = canvas(len(panels), height=3.4, sharey=True)
    far_away = off_scale(data, reference)
    low, high = limits(data[~far_away], reference)
    width = TITLE_CHARACTERS // len(panels)
    for axes, name, colour, marker in zip(all_axes, panels, COLOURS, MARKERS, strict=False):
        here = data[by] == name
        rows, far = data[here].reset_index(drop=True), far_away[here].reset_index(drop=True)
        axes.axvline(reference, color=INK, linewidth=1.0)
        near = rows[~far]
        reach = [near["estimate"] - near["conf_low"], near["conf_high"] - near["estimate"]]
        axes.errorbar(
            near["estimate"], near.index, xerr=reach, fmt=marker, color=colour, capsize=3, markersize=5
        )
        for position, value in rows.loc[far, "estimate"].items():
            mark_off_scale(axes, int(str(position)), value, reference, colour)
        axes.set_yticks(
            rows.index,
            [
                textwrap.fill(label, LABEL_CHARACTERS, break_on_hyphens=False)
                for label in rows["specification"]
            ],
        )
        axes.set_title(textwrap.fill(name, width))
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", visible=True)
        axes.set_xlim(low, high)
        axes.xaxis.set_major_locator(MaxNLocator(TICKS))
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.4g}" if high - low < 100 else "{x:,.0f}"))
    all_axes[0].set_ylim(data.groupby(by).size().max() - 0.4, -0.6)
    return figure


def off_scale(rows: pd.DataFrame, reference: float) -> pd.Series:
    """Say of each row whether its interval ends more than eight times as far off as the median one."""
    ends = rows[["conf_low", "conf_high"]].sub(reference).abs().max(axis="columns")
    return ends > OFF_SCALE * ends.median()


def arrow_note(rows: pd.DataFrame, reference: float) -> str:
    """Return the sentence of a caption about arrows, empty where the drawing has none."""
    return (
        " An arrow gives the value of an estimate beyond the scale."
        if off_scale(rows, reference).any()
        else ""
    )


def limits(rows: pd.DataFrame, reference: float) -> tuple[float, float]:
    """Return the ends of an axis that shows every interval and the reference, with a margin."""
    low = min(rows["conf_low"].min(), reference)
    high = max(rows["conf_high"].max(), reference)
    margin = MARGIN * (high - low)
    return low - margin, high + margin


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

"""The figure of a specification curve: sorted effects above, the choices behind each of them below."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import StrMethodFormatter

from analysis.designs.sensitivity_curve import TOTAL
from analysis.estimates.results import Estimate
from analysis.estimates.sensitivity.specification_axes import Axis
from analysis.estimates.sensitivity.specification_curve import SpecificationCurve
from analysis.findings.drawings import Drawing
from analysis.findings.formats import percent, plain
from analysis.findings.style import COLOURS, INK, MUTED, WIDTH
from analysis.findings.wording import decimals_of, unit_of
from analysis.region import Region
from analysis.region_file import Instrument

PRIMARY = "primary"
TOP, ROW, MARK = 2.5, 0.165, 0.26
SMALL, NORMAL = 7.5, 9
EFFECT_WORDS = {
    "pooled": "years",
    "pooled_group_year": "township-years",
    "household_year": "households and years",
    "household_group_year": "households and township-years",
}
AXIS_WORDS: dict[Axis, str] = {
    "form": "Form of the outcome",
    "tails": "Tails of the outcome",
    "dose": "Treatment as",
    "effects": "Effects removed",
    "controls": "Controls",
    "sample": "Sample",
}


def curve_drawing(
    curve: SpecificationCurve, instrument: Instrument, primary: Estimate | None, region: Region
) -> Drawing:
    """Return the curve of the outcome; `primary` is drawn as a line where a design supports an effect."""
    total = curve.only("outcome", TOTAL)
    summary = total.summary()
    done = total.table[total.table["note"] == ""]
    data = done[[*AXIS_WORDS, "effect", "effect_low", "effect_high", "n_obs"]].replace(
        {"effects": EFFECT_WORDS}
    )
    decimals = decimals_of(instrument, region)
    median, low, high = (
        plain(value, decimals) for value in (summary.median, summary.lowest, summary.highest)
    )
    at = np.nan if primary is None else primary.estimate
    line = "" if primary is None else f" The dashed line is the primary design's {plain(at, decimals)}."
    return Drawing(
        f"fig-curve-{instrument}",
        f"{region.label(instrument)}: effect under {summary.n_estimated} declared specifications, in "
        f"{unit_of(instrument, region)}, with 95% intervals. Marks below show what each chooses.{line}",
        f"Effects of {summary.n_estimated} specifications in rising order, from {low} to {high} with median "
        f"{median}; {percent(summary.share_significant_same_sign, 0)} have the sign of the median and an "
        f"interval without zero.{line} {ends(data)}",
        data.reset_index(drop=True).assign(**{PRIMARY: at}),
        draw_curve,
    )


def ends(data: pd.DataFrame) -> str:
    """Return in words what the lowest and the highest specification choose."""
    lowest, highest = (", ".join(data.iloc[at][list(AXIS_WORDS)]) for at in (0, -1))
    return f"The lowest: {lowest}. The highest: {highest}."


def choice_rows(data: pd.DataFrame) -> list[tuple[str, Axis | None]]:
    """Return the rows of the lower part: a heading an axis that varies, then its values."""
    rows: list[tuple[str, Axis | None]] = []
    for axis in AXIS_WORDS:
        if len(set(data[axis])) < 2:
            continue
        rows.append((AXIS_WORDS[axis], None))
        rows += [(value, axis) for value in sorted(data[axis].unique())]
    return rows


def draw_curve(data: pd.DataFrame) -> Canvas:
    """Draw the effects over their rank, and below a mark for each choice."""
    rows = choice_rows(data)
    below = ROW * len(rows)
    figure, (above, marks) = plt.subplots(
        2, 1, figsize=(WIDTH, TOP + below + 0.3), sharex=True, height_ratios=[TOP, below]
    )
    draw_effects(above, data)
    draw_choices(marks, data, rows)
    return figure


def draw_effects(axes: Axes, data: pd.DataFrame) -> None:
    """Draw sorted effects with intervals, zero, and the primary design's effect."""
    rank = np.arange(1, len(data) + 1)
    strokes(axes, rank, data["effect_low"], data["effect_high"], COLOURS[5])
    axes.plot(rank, data["effect"], ".", color=COLOURS[0], markersize=2.5)
    axes.axhline(0, color=INK, linewidth=1.0)
    if data[PRIMARY].notna().all():
        axes.axhline(data[PRIMARY].iloc[0], color=COLOURS[1], linewidth=1.3, linestyle=(0, (5, 3)))
    wide = np.ptp(data["effect"]) > 10
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}" if wide else "{x:,.2f}"))
    axes.tick_params(axis="x", length=0)
    axes.tick_params(axis="y", labelsize=NORMAL)
    axes.margins(x=0.01)


def strokes(axes: Axes, at: np.ndarray, low: pd.Series | float, high: pd.Series | float, colour: str) -> None:
    """Draw vertical strokes as one path: with one path each the file is twice as large."""
    apart = np.full(len(at), np.nan)
    x = np.column_stack([at, at, apart]).ravel()
    y = np.column_stack([np.broadcast_to(low, len(at)), np.broadcast_to(high, len(at)), apart]).ravel()
    axes.plot(x, y, color=colour, linewidth=0.7, solid_capstyle="butt")


def draw_choices(axes: Axes, data: pd.DataFrame, rows: list[tuple[str, Axis | None]]) -> None:
    """Mark the choices of each specification under its effect."""
    for position, (value, axis) in enumerate(rows):
        if axis is not None:
            chosen = np.flatnonzero(data[axis] == value) + 1
            strokes(axes, chosen, position - MARK, position + MARK, COLOURS[0])
    axes.set_yticks(range(len(rows)), [value for value, _ in rows], fontsize=SMALL)
    for label, (_, axis) in zip(axes.get_yticklabels(), rows, strict=True):
        if axis is None:
            label.set(fontweight="bold", color=MUTED)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(visible=False)
    axes.tick_params(axis="x", labelsize=NORMAL)
    axes.set_xlabel("Specifications in order of their effect", fontsize=NORMAL)

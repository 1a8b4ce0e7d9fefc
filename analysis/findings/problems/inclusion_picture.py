"""The picture of the lines: what townships do, and what they say, against the official line."""

import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import StrMethodFormatter

from analysis.findings.drawings import Drawing
from analysis.findings.formats import plain
from analysis.findings.style import COLOURS, INK, canvas
from analysis.findings.wording import township_names
from analysis.problems.lines_applied import LinesApplied, Stated
from analysis.region import Region

ROW = 0.27
"""Height of a township's row in inches."""


def lines_drawing(lines: LinesApplied, region: Region) -> Drawing:
    """Return each township's effective line with its interval, and its stated line, lowest first."""
    names = township_names(region)
    said = lines.stated.lines if isinstance(lines.stated, Stated) else pd.Series(dtype=float)
    rows = [
        {
            "township": names.get(str(line.group), str(line.group)),
            "effective": 1 + line.line,
            "conf_low": 1 + line.conf_low,
            "conf_high": 1 + line.conf_high,
            "stated": 1 + said[str(line.group)] if str(line.group) in said.index else float("nan"),
        }
        for line in lines.lines.lines
    ]
    data = pd.DataFrame(rows).sort_values("effective", ignore_index=True)
    below, above = (data["conf_high"] < 1).sum(), (data["conf_low"] > 1).sum()
    first, last = data.iloc[0], data.iloc[-1]
    stated = data["stated"].notna()
    nearer = ((data["stated"] - 1).abs() < (data["effective"] - 1).abs())[stated].sum()
    told = (
        f" Of {stated.sum()} stated lines {nearer} are nearer to the official one than the effective line."
        if stated.any()
        else ""
    )
    return Drawing(
        "fig-lines",
        f"The line by which each township includes households, found in its decisions, against the official "
        f"line. Of {len(data)} townships, {below} surely apply a lower line and {above} a higher one.",
        f"From {first['township']} at {plain(first['effective'], 2)} times the official line "
        f"to {last['township']} at {plain(last['effective'], 2)} times, with 95% intervals.{told}",
        data,
        draw_lines,
    )


def draw_lines(data: pd.DataFrame) -> Canvas:
    """Draw a point with its interval and a hollow diamond a township, and the official line."""
    figure, (axes,) = canvas(height=1.2 + ROW * len(data))
    axes.axvline(1, color=INK, linestyle="--", linewidth=1.2, zorder=1)
    axes.hlines(data.index, data["conf_low"], data["conf_high"], color=COLOURS[0], linewidth=2.6, alpha=0.55)
    axes.scatter(
        data["effective"], data.index, color=COLOURS[0], s=34, zorder=3, label="effective line, 95% interval"
    )
    if data["stated"].notna().any():
        axes.scatter(
            data["stated"],
            data.index,
            facecolor="white",
            edgecolor=COLOURS[1],
            linewidth=1.4,
            marker="D",
            s=30,
            zorder=4,
            label="stated line",
        )
    axes.set_yticks(data.index, data["township"])
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.2f}"))
    axes.set_xlabel("Times the official line (dashed)")
    axes.legend(loc="upper left")
    return figure

"""Paths over event time: points with intervals, the time before the event in grey."""

import textwrap
from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from analysis.designs.kinds import EventPath
from analysis.findings.formats import plain
from analysis.findings.style import COLOURS, INK, MARKERS, MUTED, canvas

TITLE_CHARACTERS = 56


def rows_of(paths: tuple[EventPath, ...]) -> pd.DataFrame:
    """Return the rows of several paths with the name of each as `path`."""
    data = pd.concat([path.rows.assign(path=path.label) for path in paths], ignore_index=True)
    return data[["path", "event_time", "estimate", "conf_low", "conf_high"]]


def told(paths: tuple[EventPath, ...], decimals: int) -> str:
    """Return the effects of each path from the event on, in words."""
    return "; ".join(f"{path.label}: {', '.join(years(path.rows, decimals))}" for path in paths)


def years(rows: pd.DataFrame, decimals: int) -> Iterator[str]:
    """Yield the effect of each year from the event on."""
    since = rows[rows["event_time"] >= 0]
    for time, estimate in zip(since["event_time"], since["estimate"], strict=True):
        yield f"{plain(estimate, decimals)} in year {plain(time)}"


def draw_event_paths(data: pd.DataFrame) -> Canvas:
    """Draw one panel a path."""
    return draw_paths(data, "path")


def draw_paths(data: pd.DataFrame, by: str) -> Canvas:
    """Draw a panel a value of `by`, with columns `event_time, estimate, conf_low, conf_high`."""
    panels = list(dict.fromkeys(data[by]))
    figure, all_axes = canvas(len(panels), height=3.2, sharey=True)
    for axes, name, colour, marker in zip(all_axes, panels, COLOURS, MARKERS, strict=False):
        rows = data[data[by] == name]
        axes.axhline(0, color=INK, linewidth=1.0)
        axes.axvline(-0.5, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
        for part, tone in ((rows["event_time"] < 0, MUTED), (rows["event_time"] >= 0, colour)):
            here = rows[part]
            reach = [here["estimate"] - here["conf_low"], here["conf_high"] - here["estimate"]]
            axes.errorbar(
                here["event_time"],
                here["estimate"],
                yerr=reach,
                fmt=marker,
                color=tone,
                capsize=3,
                markersize=5,
            )
        axes.set_title(textwrap.fill(name, TITLE_CHARACTERS // len(panels)))
        axes.set_xlabel("Years since the event")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    return figure

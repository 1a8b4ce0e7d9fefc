"""The picture of post funds: every village against the range, a row a township."""

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.countermeasures.post_range import PostRange
from analysis.findings.drawings import Drawing
from analysis.findings.formats import plain
from analysis.findings.style import COLOURS, INK, canvas, thousands
from analysis.findings.wording import township_names
from analysis.region import Region

ROW = 0.24
"""Height of a township's row in inches."""


def range_drawing(found: PostRange, region: Region) -> Drawing:
    """Return one point a village, township by township, with the range that is aimed at."""
    names = township_names(region)
    rows = found.villages[found.villages["funds"] > 0]
    data = pd.DataFrame(
        {
            "township": rows["township"].astype(str).map(lambda code: names.get(code, code)),
            "funds": rows["funds"],
            "low": found.low,
            "high": found.high,
        }
    )
    middle = data.groupby("township")["funds"].median().sort_values()
    order = {name: place for place, name in enumerate(middle.index)}
    data = data.assign(row=data["township"].map(order)).sort_values(["row", "funds"], ignore_index=True)
    below, above = int((data["funds"] < found.low).sum()), int((data["funds"] > found.high).sum())
    return Drawing(
        "fig-post-range",
        "Post funds of every village with posts in the last year, a row a township, and the range in which a "
        "yuan is worth its cost (shaded).",
        f"Of {len(data)} villages {below} have less than {plain(found.low)} yuan per registered household "
        f"and {above} more than the range. Township medians go from {plain(middle.iloc[0])} in "
        f"{middle.index[0]} to {plain(middle.iloc[-1])} in {middle.index[-1]}.",
        data,
        draw_range,
    )


def draw_range(data: pd.DataFrame) -> Canvas:
    """Draw the shaded range and the villages, hollow where they are outside."""
    names = list(dict.fromkeys(data["township"]))
    figure, (axes,) = canvas(height=1.0 + ROW * len(names))
    low, high = data["low"].iloc[0], min(data["high"].iloc[0], data["funds"].max())
    axes.axvspan(low, high, color=COLOURS[0], alpha=0.12, linewidth=0)
    inside = data["funds"].between(data["low"], data["high"])
    for rows, face in ((data[inside], COLOURS[0]), (data[~inside], "white")):
        edge = COLOURS[0] if face != "white" else COLOURS[1]
        axes.scatter(
            rows["funds"], rows["row"], s=20, facecolor=face, edgecolor=edge, linewidth=1.1, alpha=0.85
        )
    for place in (low, high):
        axes.axvline(place, color=INK, linestyle="--", linewidth=1.0)
    axes.set_yticks(range(len(names)), names)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    thousands(axes, "x")
    axes.set_xlabel("Post funds of the village, yuan per registered household a year")
    return figure

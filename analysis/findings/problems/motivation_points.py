"""The picture of townships as points: what officials do against how villages judge them."""

from collections.abc import Iterator
from textwrap import fill
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from analysis.codebook import SMALLEST
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.disclosure import NOTE
from analysis.findings.drawings import Drawing
from analysis.findings.formats import percent, plain
from analysis.findings.style import COLOURS, INK, MARKERS, canvas
from analysis.findings.wording import bounds, township_name
from analysis.problems.motivation import Motivation
from analysis.problems.motivation_views import Views
from analysis.region import Region

PANELS = {
    "months": "Months from alert to first measure",
    "late": "More than a month without a measure",
    "visits": "Visits to households a month, as stated",
}
LINE = 22
"""Letters of a title before it is broken."""


def points_drawing(found: Motivation, region: Region) -> Iterator[Drawing]:
    """Yield what officials do against what villages say, nothing where no outcome may be shown."""
    if not isinstance(found.views, Views):
        return
    parts, told = [], []
    for pair in found.associations:
        rows = shown_points(found, found.views, pair.outcome, region)
        if pair.outcome not in PANELS or isinstance(pair.view, NotApplicable) or rows.empty:
            continue
        ranks, label = pair.view, PANELS[pair.outcome]
        title = f"{fill(label, LINE)}\nrank correlation {plain(ranks.estimate, 2)}"
        parts.append(rows.assign(panel=title, share=pair.outcome == "late"))
        told.append(
            f"{label}: rank correlation {plain(ranks.estimate, 2)} "
            f"{bounds(ranks.conf_low, ranks.conf_high, 2)}, {plain(ranks.n_obs)} townships"
        )
    if not parts:
        return
    yield Drawing(
        "fig-motivation-points",
        "What officials do against how villages judge them, one point a township. No line is fitted: so few "
        f"points show an order, not a slope. {NOTE}",
        f"{'; '.join(told)}.",
        pd.concat(parts, ignore_index=True),
        draw_points,
    )


def shown_points(found: Motivation, views: Views, outcome: str, region: Region) -> pd.DataFrame:
    """Return `township, view, value` of townships whose outcome may be published."""
    cells = found.outcomes.get(outcome, {})
    values = {code: cell.value for code, cell in cells.items() if cell.n >= SMALLEST}
    values |= dict(found.visits) if outcome == "visits" else {}
    rows = [
        (township_name(code, region), views.townships[code].value, float(value))
        for code, value in values.items()
        if code in views.townships and views.townships[code].n
    ]
    return pd.DataFrame(rows, columns=["township", "view", "value"])


def draw_points(data: pd.DataFrame) -> Canvas:
    """Draw a panel an outcome; the first names the townships at both ends of the villages' judgement."""
    panels = list(dict.fromkeys(data["panel"]))
    figure, all_axes = canvas(len(panels), height=3.4)
    for axes, panel, colour, marker in zip(all_axes, panels, COLOURS, MARKERS, strict=False):
        rows = data[data["panel"] == panel].sort_values("view")
        axes.scatter(rows["view"], rows["value"], s=32, color=colour, marker=marker, zorder=3, clip_on=False)
        if panel == panels[0]:
            name_point(axes, rows.iloc[0], 1)
            name_point(axes, rows.iloc[-1], -1)
        axes.set_title(panel, fontsize=8.5)
        axes.set_ylim(0, max(rows["value"].max() * 1.12, 0.01))
        axes.tick_params(labelsize=9)
        axes.set_xlabel("Judgement of villages", fontsize=9)
        if rows["share"].all():
            axes.yaxis.set_major_formatter(lambda value, _: percent(value, 0))
    return figure


def name_point(axes: Axes, row: pd.Series, side: Literal[-1, 1]) -> None:
    """Write a name to the right of a point, or above it to the left."""
    axes.annotate(
        str(row["township"]),
        (row["view"], row["value"]),
        xytext=(6, 3) if side > 0 else (6, 7),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        fontsize=7.5,
        color=INK,
    )

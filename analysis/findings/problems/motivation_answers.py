"""The picture of every answer about officials, split at the middle."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.drawings import Drawing
from analysis.findings.formats import percent
from analysis.findings.problems.motivation_tables import item_label
from analysis.findings.style import INK, canvas
from analysis.problems.motivation import Motivation
from analysis.problems.motivation_scale import HIGHEST, ITEMS, LOWEST, MIDDLE
from analysis.problems.motivation_views import VIEW
from analysis.region import Region

ANSWERS = range(LOWEST, HIGHEST + 1)
TONES = ("#a8480f", "#eeb98a", "#dfe3e7", "#9cc7dc", "#0b4f6c")
OFFICIALS = (*ITEMS, "criteria_clear")
VILLAGES = (VIEW, "policy_known", "subsidies_fit", "posts_useful")
ENDS = {LOWEST: " (not at all)", HIGHEST: " (fully)"}
WRITTEN = 0.08
"""Shares below this are drawn without their figure."""


def answers_drawing(found: Motivation, tables: Mapping[str, pd.DataFrame], region: Region) -> Drawing:
    """Return the answers to every item, split at the middle."""
    parts = []
    if not isinstance(found.scale, NotApplicable):
        parts.append(counted(tables["township_questionnaire"], OFFICIALS, "Township officials", region))
    if not isinstance(found.views, NotApplicable):
        parts.append(counted(tables["village_questionnaire"], VILLAGES, "Villages", region))
    data = pd.concat(parts, ignore_index=True)
    told = "; ".join(
        f"{item}: {percent(rows.loc[rows['answer'] < MIDDLE, 'share'].sum(), 0)} below the middle, "
        f"{percent(rows.loc[rows['answer'] > MIDDLE, 'share'].sum(), 0)} above"
        for item, rows in data.groupby("item", sort=False)
    )
    return Drawing(
        "fig-motivation-answers",
        f"What township officials and villages answered, from {LOWEST} (not at all) to {HIGHEST} (fully). "
        "Each bar is all answers to one item, placed so that answers below the middle lie left of the line "
        "and answers above it right.",
        f"Diverging bars, one an item. {told}.",
        data,
        draw_answers,
    )


def counted(answers: pd.DataFrame, items: tuple[str, ...], who: str, region: Region) -> pd.DataFrame:
    """Return the share of each answer to the items that were asked."""
    parts = []
    for item in items:
        if item not in answers:
            continue
        known = answers[item].dropna().astype(int)
        shares = known.value_counts(normalize=True).reindex(ANSWERS, fill_value=0.0)
        rows = pd.DataFrame({"answer": list(ANSWERS), "share": shares.to_numpy(), "n": len(known)})
        parts.append(rows.assign(group=f"{who} (n = {len(known)})", item=item_label(item, region)))
    return pd.concat(parts, ignore_index=True)[["group", "item", "answer", "share", "n"]]


def draw_answers(data: pd.DataFrame) -> Canvas:
    """Draw a bar an item, groups apart, answers of the middle halved by the line."""
    rows = data.drop_duplicates("item")
    figure, (axes,) = canvas(height=1.2 + 0.33 * (len(rows) + rows["group"].nunique()))
    axes.axvline(0, color=INK, linewidth=1.0, zorder=0)
    position, ticks, reach = 0.0, {}, 0.0
    for group, items in rows.groupby("group", sort=False):
        ticks[position] = str(group)
        for item in items["item"]:
            position += 1
            ticks[position] = item
            shares = data[data["item"] == item].sort_values("answer")["share"].to_numpy()
            reach = max(reach, draw_item(axes, position, shares))
        position += 1.1
    axes.set_yticks(list(ticks), list(ticks.values()), fontsize=9)
    for label in axes.get_yticklabels():
        label.set_fontweight("bold" if label.get_text() in set(rows["group"]) else "normal")
    axes.tick_params(axis="both", length=0, labelsize=9)
    axes.set(xlim=(-reach, reach), ylim=(position - 0.4, -0.6))
    axes.xaxis.set_major_formatter(lambda value, _: percent(abs(value), 0))
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("Share of answers, below the middle and above it", fontsize=9)
    legend = [
        Patch(facecolor=tone, label=f"{answer}{ENDS.get(answer, '')}")
        for answer, tone in zip(ANSWERS, TONES, strict=True)
    ]
    figure.legend(handles=legend, loc="outside upper right", ncols=len(legend), fontsize=9)
    return figure


def draw_item(axes: Axes, position: float, shares: np.ndarray) -> float:
    """Draw the answers to one item, their shares where there is room; return how far the bar reaches."""
    start = first = -(shares[: MIDDLE - LOWEST].sum() + shares[MIDDLE - LOWEST] / 2)
    for share, tone in zip(shares, TONES, strict=True):
        axes.barh(position, share, left=start, color=tone, edgecolor="white", height=0.74, linewidth=0.6)
        if share >= WRITTEN:
            dark = tone in (TONES[0], TONES[-1])
            axes.text(
                start + share / 2,
                position,
                percent(share, 0),
                ha="center",
                va="center",
                fontsize=7.5,
                color="white" if dark else INK,
            )
        start += share
    return 1.04 * max(-first, start)

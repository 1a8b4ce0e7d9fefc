"""The picture of all claims: where each interval lies between harmless and serious."""

from dataclasses import replace
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from analysis.findings.drawings import Drawing
from analysis.findings.formats import joined
from analysis.findings.style import COLOURS, INK, MUTED, canvas
from analysis.problems.claims import Declared, Grade, Measured, Problem, grade

PROBLEMS: dict[Problem, str] = {
    "inclusion": "Inconsistent inclusion",
    "exit": "Non-uniform exit",
    "path": "Large investment on a single path",
    "rigidity": "Inflexible subsidies",
    "motivation": "Motivation of officials",
}
SHADES: dict[Grade, tuple[str, str]] = {
    "not found": (MUTED, "o"),
    "weak": (COLOURS[5], "s"),
    "moderate": (COLOURS[1], "^"),
    "strong": (COLOURS[6], "D"),
}
LINE = 44
"""Letters of a claim before it is broken."""
ENDS = (-1.0, 3.0)
"""Intervals are drawn from one benchmark's distance below `harmless` to two beyond `serious`."""


def summary_drawing(claims: list[tuple[Problem, Declared, Measured]]) -> Drawing:
    """Return each interval on the scale of its own benchmarks: 0 is harmless, 1 is serious."""
    rows = []
    for problem, claim, found in claims:
        scaled = on_scale(found, claim)
        rows.append(
            {
                "problem": PROBLEMS[problem],
                "claim": claim.claim,
                "value": scaled.value,
                "low": scaled.low,
                "high": scaled.high,
                "grade": grade(found, claim),
            }
        )
    data = pd.DataFrame(rows)
    told = [
        f"{name}: {joined(data.loc[data['grade'] == name, 'claim'])}"
        for name in reversed(SHADES)
        if (data["grade"] == name).any()
    ]
    return Drawing(
        "fig-claims",
        "Each claim with its 95% interval, on the scale of its own benchmarks: what matters begins at the "
        "dashed line, what is serious at the solid line. Arrows leave the picture.",
        f"Intervals of claims by grade. {'. '.join(told)}.",
        data,
        draw_claims,
    )


def on_scale(found: Measured, claim: Declared) -> Measured:
    """Return a figure as a multiple of the distance from `harmless` to `serious`, above `harmless`."""
    low, value, high = (
        (end - claim.harmless) / (claim.serious - claim.harmless)
        for end in (found.low, found.value, found.high)
    )
    return replace(found, value=value, low=low, high=high)


def draw_claims(data: pd.DataFrame) -> Canvas:
    """Draw one claim a line, problems apart, intervals beyond the picture as arrows."""
    figure, (axes,) = canvas(height=0.9 + 0.34 * (len(data) + data["problem"].nunique()))
    axes.axvspan(ENDS[0], 0, color="#f0f2f4", zorder=0)
    axes.axvline(0, color=INK, linewidth=1.0, linestyle=(0, (4, 3)))
    axes.axvline(1, color=INK, linewidth=1.2)
    ticks: dict[float, str] = {}
    position = 0.0
    for problem, rows in data.groupby("problem", sort=False):
        ticks[position] = str(problem)
        for row in rows.to_dict("records"):
            position += 1
            ticks[position] = fill(str(row["claim"]), LINE)
            colour, marker = SHADES[row["grade"]]
            ends = np.clip([row["low"], row["high"]], *ENDS)
            axes.plot(ends, [position, position], color=colour, linewidth=2.0)
            for end, wing, arrow in ((row["low"], ENDS[0], "<"), (row["high"], ENDS[1], ">")):
                if (end - wing) * np.sign(wing) > 0:
                    axes.plot(wing, position, arrow, color=colour, markersize=6, clip_on=False)
            if ENDS[0] <= row["value"] <= ENDS[1]:
                axes.plot(row["value"], position, marker, color=colour, markersize=6)
        position += 1.1
    axes.set_yticks(list(ticks), list(ticks.values()), fontsize=8)
    for label in axes.get_yticklabels():
        label.set_fontweight("bold" if label.get_text() in set(data["problem"]) else "normal")
    axes.set(xlim=ENDS, ylim=(position - 0.5, -0.7))
    axes.set_xticks([0, 1], ["harmless", "serious"])
    axes.tick_params(axis="both", length=0, labelsize=8.5)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    figure.legend(
        handles=[
            Line2D([], [], color=colour, marker=marker, markersize=6, label=name)
            for name, (colour, marker) in SHADES.items()
            if (data["grade"] == name).any()
        ],
        loc="outside upper right",
        ncols=len(SHADES),
        fontsize=8.5,
    )
    return figure

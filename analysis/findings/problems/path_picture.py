"""The picture of the path of investment: money against diversity by township."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import PercentFormatter

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.drawings import Drawing
from analysis.findings.formats import percent
from analysis.findings.problems.measures import MILLION
from analysis.findings.style import INK, MUTED, canvas
from analysis.problems.mix import Mix

SMALLEST, LARGEST = 24.0, 210.0
REACH, CLOSE = 0.17, 0.05
"""A name that would run into another mark stands on the left of its own."""


def township_drawing(mix: Mix, names: Mapping[str, str], word: str) -> Drawing:
    """Return money against diversity, a mark a township, its size what its projects pay."""
    data = pd.DataFrame(
        [
            {
                "township": names.get(of.code, of.code),
                "million_yuan": of.money / MILLION,
                "diversity": 1 - of.mix.herfindahl.estimate,
                "conf_low": 1 - of.mix.herfindahl.conf_high,
                "conf_high": 1 - of.mix.herfindahl.conf_low,
                "even": 1 - of.mix.herfindahl.even,
                "main_share": of.mix.shares[mix.largest],
                "paid": of.paid,
                "all": 1 - mix.county.herfindahl.estimate,
            }
            for of in mix.townships
            if not isinstance(of.mix, NotApplicable)
        ]
    )
    ordered = data.sort_values("diversity", kind="stable")
    least, most = ordered.iloc[0], ordered.iloc[-1]
    paid = " Darker and larger marks pay a higher yield." if data["paid"].notna().all() else ""
    return Drawing(
        "fig-path-townships",
        f"Money in projects against diversity, one mark a place ({word.lower()}): the chance that two yuan "
        f"lie in different sectors, with 95% intervals.{paid} Each bar above is what the most even use of "
        "the same projects would reach; the dotted line is all places together.",
        f"Diversity runs from {percent(least['diversity'], 0)} in {least['township']} to "
        f"{percent(most['diversity'], 0)} in {most['township']}; the most even use of the same projects "
        f"would give {percent(data['even'].min(), 0)} to {percent(data['even'].max(), 0)}, all together have "
        f"{percent(data['all'].iloc[0], 0)}.",
        data,
        draw_townships,
    )


def draw_townships(data: pd.DataFrame) -> Canvas:
    """Draw the townships with their intervals, the most even use of each, and all together."""
    figure, (axes,) = canvas(height=4.8)
    axes.axhline(data["all"].iloc[0], color=MUTED, linestyle=":", linewidth=1.2)
    axes.scatter(data["million_yuan"], data["even"], marker="_", s=120, color=INK, linewidth=1.6)
    reach = [data["diversity"] - data["conf_low"], data["conf_high"] - data["diversity"]]
    axes.errorbar(data["million_yuan"], data["diversity"], reach, fmt="none", ecolor=MUTED, linewidth=0.9)
    known = data["paid"].notna().all()
    size = scaled(data["paid"]) if known else np.full(len(data), SMALLEST)
    marks = axes.scatter(
        data["million_yuan"],
        data["diversity"],
        s=size,
        c=data["paid"] if known else None,
        cmap="cividis_r",
        edgecolor=INK,
        linewidth=0.7,
        zorder=3,
    )
    if known:
        figure.colorbar(
            marks, ax=axes, label="Yield paid, a year", format=PercentFormatter(1, decimals=0), aspect=30
        )
    named(axes, data)
    axes.set_ylim(-0.03, 1)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Million yuan in projects")
    axes.set_ylabel("Chance that two yuan lie in different sectors")
    return figure


def named(axes: Axes, data: pd.DataFrame) -> None:
    """Write the names beside the marks, and what the lines are."""
    for _, row in data.iterrows():
        aside = data["million_yuan"] - row["million_yuan"]
        close = (data["diversity"] - row["diversity"]).abs() < CLOSE
        left = bool(((aside > 0) & (aside < REACH * np.ptp(data["million_yuan"])) & close).any())
        axes.annotate(
            row["township"],
            (row["million_yuan"], row["diversity"]),
            xytext=(-8 if left else 8, 3),
            ha="right" if left else "left",
            textcoords="offset points",
            fontsize=7,
        )
    right = data["million_yuan"].max()
    words = {"even": (data["even"].max(), "most even use"), "all": (data["all"].iloc[0], "all together")}
    for height, text in words.values():
        axes.text(right, height + 0.015, text, ha="right", fontsize=8, color=INK)


def scaled(values: pd.Series) -> np.ndarray:
    """Return areas of marks that grow with the values."""
    span = values.max() - values.min()
    share = (values - values.min()) / span if span > 0 else values * 0
    return np.asarray(SMALLEST + (LARGEST - SMALLEST) * share)

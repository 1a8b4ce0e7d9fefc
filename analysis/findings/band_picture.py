"""The picture of the band of post funds: the gain of a yuan by the funds of the village."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.estimates.threshold.band import Band
from analysis.findings.drawings import Drawing
from analysis.findings.formats import plain
from analysis.findings.style import COLOURS, INK, MUTED, canvas, thousands
from analysis.region import Region

SPLINE, STEPS, COST = "spline", "regimes", "public cost"
TOLD = 5


def band_drawing(band: Band, region: Region) -> Drawing:
    """Return the gain as a spline with its band, beside the regimes and the public cost of a yuan."""
    cost = region.settings.public_cost
    assert cost is not None
    curve = band.curve.curve
    data = pd.concat(
        [curve_rows(curve), regime_rows(band, curve["value"]), cost_rows(cost.per_yuan, curve["value"])],
        ignore_index=True,
    )
    told = curve.iloc[np.linspace(0, len(curve) - 1, TOLD).astype(int)]
    points = ", ".join(
        f"{plain(slope, 2)} at {plain(value)}"
        for value, slope in zip(told["value"], told["slope"], strict=True)
    )
    return Drawing(
        "fig-band",
        "What a yuan of post pay leaves, by the post funds of the village: spline with 95% band for the "
        "whole curve, regimes of the threshold regression, and the public cost of a yuan (dashed).",
        f"Gain of a yuan of post pay by post funds in yuan per registered household. Spline: {points}.",
        data,
        draw_band,
    )


def curve_rows(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the spline as tidy rows."""
    named = curve.rename(columns={"slope": "gain", "uniform_low": "low", "uniform_high": "high"})
    return named[["value", "gain", "low", "high"]].assign(what=SPLINE)


def regime_rows(band: Band, values: pd.Series) -> pd.DataFrame:
    """Return both ends of each regime within the curve, none without thresholds."""
    found = band.selection.regression
    if found is None:
        return pd.DataFrame(columns=["value", "gain", "low", "high"], dtype="float64").assign(what=STEPS)
    inner = [threshold.value for threshold in found.thresholds]
    edges = np.clip([values.min(), *inner, values.max()], values.min(), values.max())
    return pd.DataFrame(
        [
            {"value": edge, "gain": slope.estimate, "low": slope.conf_low, "high": slope.conf_high}
            for slope, *ends in zip(found.slopes, edges, edges[1:], strict=False)
            for edge in ends
        ]
    ).assign(what=STEPS)


def cost_rows(cost: float, values: pd.Series) -> pd.DataFrame:
    """Return the public cost as a level line."""
    ends = [values.min(), values.max()]
    return pd.DataFrame({"value": ends, "gain": cost, "low": cost, "high": cost, "what": COST})


def draw_band(data: pd.DataFrame) -> Canvas:
    """Draw curve with band, regimes and cost."""
    figure, (axes,) = canvas()
    curve, steps, cost = (data[data["what"] == what] for what in (SPLINE, STEPS, COST))
    axes.fill_between(curve["value"], curve["low"], curve["high"], color=COLOURS[0], alpha=0.15, linewidth=0)
    axes.plot(curve["value"], curve["gain"], color=COLOURS[0], label="Spline")
    axes.plot(steps["value"], steps["gain"], color=COLOURS[1], label="Regimes")
    axes.plot(cost["value"], cost["gain"], color=MUTED, linestyle=(0, (4, 3)), label="Public cost of a yuan")
    axes.axhline(0, color=INK, linewidth=1.0)
    axes.set_xlabel("Post funds of the village, yuan per registered household")
    axes.set_ylabel("Gain of a yuan of pay, yuan")
    thousands(axes, "x")
    axes.legend()
    return figure

"""The picture of exits: how long households stay monitored, a panel a township."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MultipleLocator, PercentFormatter

from analysis.estimates.dynamics.kaplan_meier import kaplan_meier
from analysis.estimates.dynamics.spells import DURATION, RETURN, SPELL, Spells
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_sample import codes
from analysis.findings.disclosure import SMALLEST
from analysis.findings.drawings import Drawing
from analysis.findings.formats import plain
from analysis.findings.style import COLOURS, INK, MUTED, WIDTH
from analysis.findings.wording import township_names
from analysis.problems.exit import Exit
from analysis.region import Region

COUNTY = "the whole county"
ACROSS, YEARS = 4, 3
PANEL = 1.35
"""Panels side by side, years shown, height of a panel in inches."""


def monitoring_drawing(found: Exit, region: Region) -> Drawing:
    """Return the share still monitored by months since inclusion, shortest spell first."""
    spells = found.rules.spells
    assert not isinstance(spells, NotApplicable)
    shortest = {str(code): float(mean) for code, mean in zip(spells.groups, spells.spread.means, strict=True)}
    names = township_names(region)
    own = pd.concat(list(curves(found.months, shortest, names)), ignore_index=True)
    own = own.sort_values(["shortest", "township", "month"], ignore_index=True)
    data = pd.concat([own, known_part(found.months).assign(township=COUNTY)], ignore_index=True)
    first, last = own.iloc[0], own.iloc[-1]
    return Drawing(
        "fig-monitoring",
        "The share of households still monitored by months since inclusion, a panel a township, the shortest "
        "spell first. Grey: the whole county. Dashed: the shortest spell that the township allows.",
        f"Small panels of falling steps. In {first['township']} the first removals come after "
        f"{plain(first['shortest'])} months, in {last['township']} after {plain(last['shortest'])}; a curve "
        f"ends where fewer than {SMALLEST} households are left.",
        data,
        draw_monitoring,
    )


def curves(months: pd.DataFrame, shortest: dict[str, float], names: dict[str, str]) -> Iterator[pd.DataFrame]:
    """Yield the curve of each township, as far as enough households are at risk."""
    for code, own in months.groupby("township_code", observed=True):
        name = str(code)
        yield known_part(own).assign(township=names.get(name, name), shortest=shortest[name])


def known_part(months: pd.DataFrame) -> pd.DataFrame:
    """Return the part of a curve at which enough households are at risk: `month, survival`."""
    curve = survival_by_month(months)
    return curve.loc[(curve["at_risk"] >= SMALLEST) | (curve["month"] == 0), ["month", "survival"]]


def survival_by_month(months: pd.DataFrame) -> pd.DataFrame:
    """Return the share still monitored after each month since inclusion: `month, at_risk, survival`."""
    rows = months.rename(columns={"left": RETURN}).assign(**{SPELL: codes(months["household_id"])})
    rows[DURATION] = months["elapsed"] + 1
    n = int(months["household_id"].nunique())
    table = kaplan_meier(Spells(rows, "removed", n, int(months["left"].sum()), n, ())).table
    curve = table.assign(month=table["duration"] - 1)[["month", "at_risk", "survival"]]
    return curve[curve["month"] <= 12 * YEARS]


def draw_monitoring(data: pd.DataFrame) -> Canvas:
    """Draw a panel a township."""
    townships = [name for name in dict.fromkeys(data["township"]) if name != COUNTY]
    down = -(-len(townships) // ACROSS)
    figure, grid = plt.subplots(
        down, ACROSS, figsize=(WIDTH, 0.5 + PANEL * down), sharex=True, sharey=True, squeeze=False
    )
    county = data[data["township"] == COUNTY]
    for axes, name in zip(grid.flat, townships, strict=False):
        rows = data[data["township"] == name]
        line = rows["shortest"].iloc[0]
        axes.step(county["month"], county["survival"], where="post", color=MUTED, linewidth=1.2, alpha=0.7)
        axes.step(rows["month"], rows["survival"], where="post", color=COLOURS[0], linewidth=2.0)
        axes.axvline(line, color=COLOURS[1], linestyle=(0, (3, 2)), linewidth=1.3)
        axes.text(line + 1, 0.04, f"{line:.0f}", color=INK, fontsize=8, va="bottom")
        axes.set_title(name, fontsize=9)
    for axes in list(grid.flat)[len(townships) :]:
        axes.set_visible(False)
    grid[0, 0].yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    grid[0, 0].set_ylim(0, 1.02)
    grid[0, 0].set_xlim(0, 12 * YEARS)
    grid[0, 0].xaxis.set_major_locator(MultipleLocator(12))
    figure.supxlabel("Months since inclusion", fontsize=9.5, color=INK)
    figure.supylabel("Still monitored", fontsize=9.5, color=INK)
    return figure

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
from analysis.problems.exit import Exit
from analysis.region import Region

ACROSS, YEARS = 4, 3
PANEL = 1.35
"""Panels side by side, years shown, height of a panel in inches."""


def monitoring_drawing(found: Exit, region: Region) -> Drawing:
    """Return the share still monitored by months since inclusion, shortest spell first."""
    spells = found.rules.spells
    assert not isinstance(spells, NotApplicable)
    shortest = {str(code): float(mean) for code, mean in zip(spells.groups, spells.spread.means, strict=True)}
    names = {code: label.en for code, label in region.settings.townships.items()}
    county = survival_by_month(found.months).rename(columns={"survival": "county"}).drop(columns="at_risk")
    data = pd.concat(list(curves(found.months, shortest, names)), ignore_index=True)
    data = data.merge(county, on="month", how="left", validate="many_to_one")
    data = data.sort_values(["shortest", "township", "month"], ignore_index=True)
    first, last = data.iloc[0], data.iloc[-1]
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
        curve = survival_by_month(own)
        shown = curve[(curve["at_risk"] >= SMALLEST) | (curve["month"] == 0)]
        yield shown.drop(columns="at_risk").assign(
            township=names.get(str(code), str(code)), shortest=shortest[str(code)]
        )


def survival_by_month(months: pd.DataFrame) -> pd.DataFrame:
    """Return the share still monitored after each month: `month, at_risk, survival`, 1 in month 0."""
    rows = months.rename(columns={"left": RETURN}).assign(**{SPELL: codes(months["household_id"])})
    rows[DURATION] = months["elapsed"] + 1
    n = int(months["household_id"].nunique())
    table = kaplan_meier(Spells(rows, "removed", n, int(months["left"].sum()), n, ())).table
    start = pd.DataFrame({"month": [0], "at_risk": [n], "survival": [1.0]})
    after = table.rename(columns={"duration": "month"})[["month", "at_risk", "survival"]]
    both = pd.concat([start, after], ignore_index=True)
    return both[both["month"] <= 12 * YEARS]


def draw_monitoring(data: pd.DataFrame) -> Canvas:
    """Draw a panel a township."""
    townships = list(dict.fromkeys(data["township"]))
    down = -(-len(townships) // ACROSS)
    figure, grid = plt.subplots(
        down, ACROSS, figsize=(WIDTH, 0.5 + PANEL * down), sharex=True, sharey=True, squeeze=False
    )
    county = data.drop_duplicates("month").sort_values("month")
    for axes, name in zip(grid.flat, townships, strict=False):
        rows = data[data["township"] == name]
        line = rows["shortest"].iloc[0]
        axes.step(county["month"], county["county"], where="post", color=MUTED, linewidth=1.2, alpha=0.7)
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

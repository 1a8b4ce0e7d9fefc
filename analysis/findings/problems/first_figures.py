"""First figures about the five problems, from questionnaires and ledgers."""

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.findings.drawings import Drawing, Finding
from analysis.findings.kinds import Number
from analysis.findings.style import COLOURS, INK, MUTED, canvas, thousands
from analysis.region import Region

ITEMS = ["motivation_1", "motivation_2", "motivation_3", "motivation_4"]


def problem_findings(tables: Mapping[str, pd.DataFrame], region: Region) -> Iterator[Finding]:
    """Yield what the records and questionnaires show about each problem."""
    answers = tables["township_questionnaire"]
    yield from stated_rules(answers)
    yield lines_drawing(answers, region)
    scale = answers[ITEMS].mean(axis="columns")
    yield Number(
        "problems.motivation",
        scale.mean(),
        "Mean of the motivation items",
        "points of five",
        1,
        n_obs=len(scale),
    )


def stated_rules(answers: pd.DataFrame) -> Iterator[Number]:
    """Yield the range of lines and shortest spells that townships say they apply."""
    asked = {
        "line": ("stated_line", "Stated income line", "yuan"),
        "spell": ("stated_min_spell", "Stated shortest spell of monitoring", "months"),
    }
    for name, (column, label, unit) in asked.items():
        for end, value in (("low", answers[column].min()), ("high", answers[column].max())):
            which = "lowest" if end == "low" else "highest"
            yield Number(
                f"problems.stated_{name}_{end}",
                float(value),
                f"{label}, {which} township",
                unit,
                n_obs=len(answers),
            )


def lines_drawing(answers: pd.DataFrame, region: Region) -> Drawing:
    """Return the stated line of each township against the official one."""
    year = region.settings.years.last
    names = {code: label.en for code, label in region.settings.townships.items()}
    data = pd.DataFrame(
        {
            "township": answers["township_code"].astype(str).map(names),
            "stated_line": answers["stated_line"],
            "official_line": region.line_by_year[year],
        }
    ).sort_values("stated_line", ignore_index=True)
    below = int((data["stated_line"] < data["official_line"]).sum())
    above = int((data["stated_line"] > data["official_line"]).sum())
    return Drawing(
        "fig-lines",
        f"The income line that each township says it applies, and the official line of {year}. Of "
        f"{len(data)} townships, {below} state a lower line and {above} a higher one.",
        f"Lines from {data['stated_line'].min():,.0f} yuan in {data['township'].iloc[0]} to "
        f"{data['stated_line'].max():,.0f} yuan in {data['township'].iloc[-1]}; the official line is "
        f"{region.line_by_year[year]:,.0f} yuan.",
        data,
        draw_lines,
    )


def draw_lines(data: pd.DataFrame) -> Canvas:
    """Draw one point a township and the official line."""
    figure, (axes,) = canvas(height=4.4)
    official = data["official_line"].iloc[0]
    axes.axvline(official, color=INK, linestyle="--", linewidth=1.2)
    axes.hlines(data.index, official, data["stated_line"], color=MUTED, linewidth=1.2)
    axes.scatter(data["stated_line"], data.index, color=COLOURS[0], s=34, zorder=3)
    axes.set_yticks(data.index, data["township"])
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.set_xlabel("Line stated by the township, yuan a year per capita (dashed: official)")
    thousands(axes, "x")
    return figure

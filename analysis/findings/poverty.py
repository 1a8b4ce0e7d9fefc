"""Findings about poverty and inequality by year, and about moves over the line."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure as Canvas

from analysis.estimates.index_estimate import IndexEstimate, by_period
from analysis.estimates.inequality import inequality_indices
from analysis.estimates.poverty import poverty_indices
from analysis.estimates.transitions import quantile_groups, transitions
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.estimate_number import estimate_number
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.style import INK, canvas
from analysis.panel.build import Panel
from analysis.region import Region

PERSONS = "household_size"
GROUPS = 5


def poverty_findings(panel: Panel, region: Region) -> Iterator[Finding]:
    """Yield poverty and inequality of the study sample by year, and transitions."""
    rows = panel.study.assign(line=panel.study["year"].map(region.line_by_year))
    for end, year in (("first", region.settings.years.first), ("last", region.settings.years.last)):
        head, *_ = indices_of(rows[rows["year"] == year], panel)
        label = f"Persons of the study sample below the line, {year}"
        how = "headcount over persons, errors by village"
        yield estimate_number(
            f"poverty.headcount_{end}", head, label, "share", 1, estimator=how, sample="study sample"
        )
    yield poverty_table(by_period(rows, "year", lambda part: indices_of(part, panel)), region)
    yield from transition_findings(panel)


def indices_of(part: pd.DataFrame, panel: Panel) -> tuple[IndexEstimate, ...]:
    """Return the poverty and inequality indices of one year."""
    cluster = panel.fine_cluster
    return (
        *poverty_indices(part, "income_nominal", "line", weights=PERSONS, clusters=cluster),
        *inequality_indices(part, "income_total", weights=PERSONS, clusters=cluster),
    )


def poverty_table(indices: pd.DataFrame, region: Region) -> Table:
    """Return one row a year: line, headcount with interval, gap, severity, Gini, Theil."""
    rows = tuple(poverty_row(int(str(year)), part, region) for year, part in indices.groupby("year"))
    columns = (
        Column("Year", "left", 7),
        Column("Line, yuan", width=9),
        Column("Headcount", width=10),
        Column("95% interval", width=17),
        Column("Gap", width=8),
        Column("Severity", width=9),
        Column("Gini", width=7),
        Column("Theil", width=7),
    )
    return Table(
        "tbl-poverty",
        "Poverty and inequality in the study sample, over persons.",
        columns,
        rows,
        "Headcount, gap and severity after Foster, Greer and Thorbecke (1984), against the line of the year "
        "at current prices; Gini and Theil of income in constant prices. Standard errors behind the "
        "intervals are clustered by village.",
    )


def poverty_row(year: int, part: pd.DataFrame, region: Region) -> tuple[str, ...]:
    """Return the row of one year."""
    by_name = part.set_index("name")
    value, low, high = by_name["estimate"], by_name["conf_low"], by_name["conf_high"]
    return (
        str(year),
        plain(region.line_by_year[year]),
        percent(value["headcount"]),
        f"{percent(low['headcount'])} to {percent(high['headcount'])}",
        percent(value["gap"]),
        percent(value["severity"]),
        plain(value["Gini"], 3),
        plain(value["Theil T"], 3),
    )


def transition_findings(panel: Panel) -> Iterator[Finding]:
    """Yield moves over the line from year to year, and moves between fifths of income."""
    study = panel.study
    over = transitions(study, entity="household_id", period="year", state="below_line", weights=PERSONS)
    moves = {
        "fall": (0, 1, "from at or above the line to below it"),
        "rise": (1, 0, "from below the line to above it"),
    }
    for name, (origin, destination, words) in moves.items():
        share = over.shares.to_numpy()[origin, destination]
        yield Number(
            f"transition.{name}", float(share), f"Moves {words} within a year", "share", 1, n_obs=over.n_pairs
        )
    fifths = study.assign(
        fifth=quantile_groups(study, "income_total", period="year", groups=GROUPS, weights=PERSONS)
    )
    between = transitions(fifths, entity="household_id", period="year", state="fifth", weights=PERSONS)
    wide = between.shares.rename_axis(index="from").reset_index()
    data = wide.melt(id_vars="from", var_name="to", value_name="share")
    stayed = [f"{100 * share:.0f}" for share in between.shares.to_numpy().diagonal()]
    yield Drawing(
        "fig-transitions",
        "Moves between fifths of income from one year to the next, percent of the persons of a fifth. Of "
        f"those in the lowest fifth {stayed[0]}% are there again a year later, of those in the highest "
        f"{stayed[-1]}%.",
        f"Percent that stay in their fifth, from the lowest to the highest: {', '.join(stayed)}.",
        data,
        draw_transitions,
    )


def draw_transitions(data: pd.DataFrame) -> Canvas:
    """Draw the transition matrix as a grid of shares."""
    figure, (axes,) = canvas(height=3.6)
    wide = data.pivot_table(index="from", columns="to", values="share") * 100
    axes.imshow(wide, cmap="Blues", vmin=0, vmax=100)
    for row, shares in enumerate(wide.to_numpy()):
        for column, share in enumerate(shares):
            colour = "white" if share > 55 else INK
            axes.text(column, row, f"{share:.0f}", ha="center", va="center", color=colour)
    axes.grid(visible=False)
    axes.set_xticks(range(len(wide)), wide.columns)
    axes.set_yticks(range(len(wide)), wide.index)
    axes.set_xlabel("Fifth of income a year later (1 is lowest)")
    axes.set_ylabel("Fifth of income")
    return figure

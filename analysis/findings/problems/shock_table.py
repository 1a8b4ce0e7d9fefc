"""The table of what subsidies do when a household is struck, by kind of shock."""

from collections.abc import Mapping

from analysis.findings.formats import plain
from analysis.findings.kinds import Column, Table
from analysis.findings.problems.measures import figure_cell
from analysis.problems.shock_response import THOUSAND, Response, ShockResponse
from analysis.problems.shock_times import TIMES

WHEN = {-1: "Year before", 0: "Year of the shock", 1: "Year after", 2: "Two years after"}
ALL = {"own": "income without subsidies", "need": "need", "received": "all subsidies"}


def shock_table(shocks: ShockResponse, labels: Mapping[str, str]) -> Table:
    """Return the response of each outcome by years since each kind of shock."""
    columns = (
        Column("Yuan per capita [95% interval]", "left", 24),
        *(Column(WHEN[time], width=16) for time in TIMES),
        Column("Elasticity to income", width=16),
        Column("Wait, years", width=14),
    )
    rows: list[tuple[str, ...]] = []
    for shock in dict.fromkeys(of.shock for of in shocks.responses):
        heading = labels[shock].capitalize() if shock else "Any shock"
        rows.append((heading, *[""] * (len(columns) - 1)))
        rows += [response_row(of, labels) for of in shocks.responses if of.shock == shock]
    notes = (
        f"{plain(shocks.n_struck)} struck household-years, within households and years, household controls "
        "given; errors by village. Only household-years whose neighbouring years are recorded. The year "
        "before should show nothing; later years are held apart. Elasticity: of the kind to income without "
        "subsidies, through the shock in its year, at the means of these rows. Wait: mean years until what "
        "is paid in the year of the shock and the two after; a dash where that sum cannot be told from "
        "nothing. Kinds of shock that struck too few are part of the first block only."
    )
    return Table(
        "tbl-rigidity-shocks", "What subsidies do when a household is struck.", columns, tuple(rows), notes
    )


def response_row(of: Response, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return one outcome as a row."""
    label = ALL.get(of.outcome) or labels[of.outcome.removeprefix("pay_")]
    times = (figure_cell(estimate, 0, THOUSAND) for estimate in of.by_time)
    return (label, *times, figure_cell(of.elasticity, 1), figure_cell(of.delay, 1))

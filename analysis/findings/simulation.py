"""Findings about the designs themselves: bias, coverage and rejection over many counties of known truth."""

from collections.abc import Iterator

from analysis.findings.drawings import Finding
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.simulation.measures import Performance
from analysis.simulation.record import SimulationRecord
from analysis.simulation.scenarios import EFFECTS


def simulation_findings(record: SimulationRecord) -> Iterator[Finding]:
    """Yield the table of each kind of county, its numbers, and the code it belongs to."""
    for name in dict.fromkeys(found.scenario for found in record.performances):
        mine = [found for found in record.performances if found.scenario == name]
        yield performance_table(name, mine)
        for found in mine:
            yield from performance_numbers(found)
    yield Number(
        "simulation.counties",
        sum(
            max(f.counties + f.refused for f in record.performances if f.scenario == name)
            for name in record.scenarios
        ),
        "Synthetic counties of the simulation",
        "counties",
    )


def simulation_reasons(name: str, record: SimulationRecord | None) -> dict[str, str]:
    """Return why no record is shown, and why it is not stale; empty where it is."""
    missing = "No simulation is recorded, or the records are not synthetic."
    return {
        name: missing if record is None else "",
        f"{name}_stale": missing if record is None else "It is of the code as it is." if record.fresh else "",
    }


def performance_numbers(found: Performance) -> Iterator[Number]:
    """Yield coverage, bias and rejection of one design in one kind of county."""
    stem = f"simulation.{found.scenario}.{found.design}"
    about = f"{found.design.replace('_', ' ')}, {EFFECTS[found.scenario].meaning}"
    shares = {
        "coverage": (found.coverage, found.coverage_mc, "Share of 95% intervals that hold the truth"),
        "rejected": (found.rejected, found.rejected_mc, "Share of tests of no effect that reject"),
    }
    for name, (value, error, label) in shares.items():
        if value == value:
            yield Number(f"{stem}.{name}", value, f"{label}: {about}", "share", 1, std_error=error)


def performance_table(name: str, rows: list[Performance]) -> Table:
    """Return the performance of every design in one kind of county."""
    columns = (
        Column("Design", "left", 34),
        Column("Counties (refused)", width=11),
        Column("Truth", width=11),
        Column("Bias (error)", width=17),
        Column("RMSE", width=10),
        Column("Mean standard error", width=11),
        Column("Holds own truth (error)", width=17),
        Column("Holds mean truth (error)", width=17),
        Column("Rejected (error)", width=17),
    )
    notes = (
        f"Each county has {plain(EFFECTS[name].truth.households_registered)} registered households in "
        f"{plain(EFFECTS[name].truth.villages)} villages and the townships of the region. Refused: "
        "counties with too few records for the design, which says so instead of estimating. Truth is the "
        "planted effect with the design's own weights. Holds: the share of 95% intervals that hold the truth "
        "of their own county, and the mean truth of all counties, which is what errors by village are for. "
        "Rejected: the share of tests of no effect at 5%. In brackets: Monte Carlo errors, by county."
    )
    meaning = EFFECTS[name].meaning
    return Table(
        f"tbl-simulation-{name.replace('_', '-')}",
        f"Designs over many counties: {meaning}.",
        columns,
        tuple(performance_row(found) for found in rows),
        notes,
    )


def performance_row(found: Performance) -> tuple[str, ...]:
    """Return one design as a row; a figure that it does not have is an empty cell."""
    decimals = 3 if max(abs(found.truth), found.rmse) < 10 else 0
    return (
        found.design.replace("_", " ").capitalize(),
        f"{plain(found.counties)} ({plain(found.refused)})",
        number(found.truth, decimals),
        bracketed(found.bias, found.bias_mc, decimals),
        number(found.rmse, decimals),
        number(found.std_error, decimals),
        shared(found.coverage, found.coverage_mc),
        shared(found.coverage_mean, found.coverage_mean_mc),
        shared(found.rejected, found.rejected_mc),
    )


def number(value: float, decimals: int) -> str:
    """Return a number for a cell, empty where there is none."""
    return plain(value, decimals) if value == value else ""


def bracketed(value: float, error: float, decimals: int) -> str:
    """Return a number with its Monte Carlo error, empty where there is none."""
    return f"{plain(value, decimals)} ({plain(error, decimals + (decimals == 0))})" if value == value else ""


def shared(value: float, error: float) -> str:
    """Return a share with its Monte Carlo error in percent, empty where there is none."""
    return f"{percent(value)} ({plain(100 * error, 1)})" if value == value else ""

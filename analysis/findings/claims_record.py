"""Findings about the claims themselves: what many counties with and without the problems say of them."""

from collections.abc import Iterator, Mapping

from analysis.findings.claims import shown
from analysis.findings.drawings import Finding
from analysis.findings.formats import plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.simulation import shared
from analysis.problems.claims import Declared
from analysis.simulation.claim_scenarios import CLAIMS, NO_PROBLEM, PROBLEMS
from analysis.simulation.measures import Performance
from analysis.simulation.record import SimulationRecord

Found = Mapping[tuple[str, str], Performance]


def claims_record_findings(record: SimulationRecord, declared: Mapping[str, Declared]) -> Iterator[Finding]:
    """Yield the table of the claims over many counties, and what the text says of all of them."""
    found = {(one.scenario, one.design): one for one in record.performances}
    yield claims_table(found, declared)
    drawn = {one.scenario: one.counties + one.refused for one in record.performances}
    label = "Synthetic counties in which claims are graded"
    yield Number("claims_record.counties", sum(drawn.values()), label, "counties")
    label = "Of these without any of the problems"
    yield Number("claims_record.without", drawn.get(NO_PROBLEM, 0), label, "counties")
    yield from extremes(record)


def extremes(record: SimulationRecord) -> Iterator[Number]:
    """Yield the claim that is most often found where it is not so, and the one whose intervals hold least."""
    without = [one for one in record.performances if one.scenario == NO_PROBLEM]
    if without:
        worst = max(without, key=lambda one: one.rejected)
        label = "Largest share of counties without a problem in which its claim is above weak"
        yield extreme("wrong", worst, label, worst.rejected, worst.rejected_mc)
    told = [one for one in record.performances if one.scenario == PROBLEMS and one.coverage == one.coverage]
    if told:
        least = min(told, key=lambda one: one.coverage)
        label = "Smallest share of 95% intervals of a claim that hold the planted figure"
        yield extreme("coverage", least, label, least.coverage, least.coverage_mc)


def extreme(name: str, of: Performance, label: str, share: float, error: float) -> Number:
    """Return the share of one claim with its Monte Carlo error."""
    told = f"{label}: {of.design}"
    return Number(f"claims_record.{name}", share, told, "share", 1, std_error=error, n_obs=of.counties)


def claims_table(found: Found, declared: Mapping[str, Declared]) -> Table:
    """Return one claim a row: planted and mean figure, coverage, grades with and without the problem."""
    columns = (
        Column("Claim", "left", 34),
        Column("Planted", width=9),
        Column("Mean figure", width=9),
        Column("Holds planted (error)", width=15),
        Column("Above weak (error)", width=15),
        Column("Without: planted", width=9),
        Column("Without: mean figure", width=9),
        Column("Without: above weak (error)", width=15),
    )
    rows = tuple(
        (
            claim.claim,
            *cells(found.get((PROBLEMS, key)), claim),
            *null_cells(found.get((NO_PROBLEM, key)), claim),
        )
        for key, claim in declared.items()
    )
    small = CLAIMS[PROBLEMS].truth
    notes = (
        f"Without: {CLAIMS[NO_PROBLEM].meaning}. Each county has {plain(small.households_registered)} "
        f"registered households in {plain(small.villages)} villages. Planted: the figure as the process sets "
        "it, empty where it sets none. Holds: the share of 95% intervals that hold it. In brackets: Monte "
        "Carlo errors. Empty where the claim is not measured."
    )
    caption = "Claims over many counties with and without the problems."
    return Table("tbl-claims-record", caption, columns, rows, notes)


def cells(found: Performance | None, claim: Declared) -> tuple[str, ...]:
    """Return planted and mean figure, coverage and the share graded above weak."""
    if found is None:
        return ("",) * 4
    figures = (shown(found.truth, claim), shown(found.mean, claim))
    return (
        *figures,
        shared(found.coverage, found.coverage_mc),
        shared(found.rejected, found.rejected_mc),
    )


def null_cells(found: Performance | None, claim: Declared) -> tuple[str, ...]:
    """Return planted and mean figure and the share graded above weak."""
    planted, mean, _, above = cells(found, claim)
    return planted, mean, above

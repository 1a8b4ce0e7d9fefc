"""Findings about public money: net yuan in the household's hands for each yuan."""

from collections.abc import Iterable, Iterator

from analysis.designs.net import Net
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.drawings import Finding
from analysis.findings.estimate_number import estimate_number
from analysis.findings.formats import plain
from analysis.findings.kinds import Column, Table
from analysis.findings.wording import estimate_cells
from analysis.panel.income import OWN_PAYMENT
from analysis.region import Region
from analysis.synthetic.known import Known

DECIMALS = 3
WORDS = {
    ("subsidies", "paid"): "yuan paid",
    ("posts", "paid"): "yuan of pay",
    ("projects", "paid"): "yuan of dividend",
    ("projects", "invested"): "yuan invested, a year",
}


QUOTED = {"net.subsidies_paid", "net.posts_paid", "net.projects_invested"}


def net_reasons(findings: Iterable[Finding]) -> dict[str, str]:
    """Return why net yuan are not shown, empty where all that the text quotes is there."""
    there = {finding.id for finding in findings} >= QUOTED
    return {"net_yuan": "" if there else "Not every instrument has a design that gives it."}


def net_findings(
    net: tuple[Net, ...] | NotApplicable, known: Known | None, region: Region
) -> Iterator[Finding]:
    """Yield a number for each kind of public yuan, and the table."""
    if isinstance(net, NotApplicable):
        return
    for of in net:
        found = of.found.net
        yield estimate_number(
            f"net.{of.instrument}_{of.per}",
            found,
            f"Net yuan in the household's hands for each {WORDS[of.instrument, of.per]}",
            "yuan per yuan",
            DECIMALS,
            estimator=f"{found.estimator}, {found.engine}",
        )
    if net:
        yield net_table(net, known, region)


def net_table(net: tuple[Net, ...], known: Known | None, region: Region) -> Table:
    """Return net yuan per public yuan, crowding out beside it."""
    columns = (
        Column("Instrument", "left", 24),
        Column("Public yuan", "left", 20),
        Column("Net yuan", width=10),
        Column("Standard error", width=10),
        Column("95% interval", width=18),
        Column("n", width=10),
        Column("Clusters (treated)", width=12),
        *((Column("Truth", width=9),) if known else ()),
    )
    notes = (
        "Effect on total income over the public money, by the design that the text quotes for each "
        "instrument; errors by the delta method. What a payment adds less than one is other income given up. "
        "Investment is counted once, its yield each year. The records hold no cost of administration and "
        "supervision, so that figures are before them."
    )
    return Table(
        "tbl-net",
        "Net yuan in the household's hands for each public yuan.",
        columns,
        tuple(net_row(of, known, region) for of in net),
        notes,
    )


def net_row(of: Net, known: Known | None, region: Region) -> tuple[str, ...]:
    """Return one kind of public yuan as a row."""
    return (
        region.label(of.instrument),
        WORDS[of.instrument, of.per],
        *estimate_cells(of.found.net, DECIMALS),
        *((plain(true_net(of, known, region), DECIMALS),) if known else ()),
    )


def true_net(of: Net, known: Known, region: Region) -> float:
    """Return the true effect over the true payment, or over the recorded investment."""
    total = known.effect(of.instrument, region.settings.outcome.variable)
    payment = known.effect(of.instrument, OWN_PAYMENT[of.instrument])
    return total / (payment if of.per == "paid" else of.found.payment.estimate)

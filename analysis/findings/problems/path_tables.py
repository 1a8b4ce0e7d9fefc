"""Tables about the path of investment: concentration, returns by sector, townships."""

from collections.abc import Mapping

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.disclosure import NOTE, share_cell
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.problems.measures import MILLION, NOTHING, figure_cell, percent_cell
from analysis.problems.mix import Mix, TownshipMix
from analysis.problems.sector_returns import SectorReturns


def concentration_table(mix: Mix) -> Table:
    """Return the indices of all money beside the most even use and an equal split."""
    county = mix.county
    rows = (
        ("Herfindahl (one: a single sector)", county.herfindahl, 3),
        ("The same, beyond an equal split", county.beyond, 3),
        ("Effective number of sectors", county.effective, 1),
        ("Shannon (nats)", county.shannon, 2),
        ("Theil, distance to an equal split (nats)", county.theil, 2),
    )
    columns = (
        Column("Index", "left", 34),
        Column("Value [95% interval]", width=24),
        Column("Shares as they are", width=14),
        Column("Most even use of the same projects", width=16),
        Column("Equal split", width=12),
    )
    notes = (
        f"Money of {plain(county.n_obs)} projects, which weigh like {plain(county.n_effective)} of equal "
        "size. Values are corrected for chance: a few large projects make any mix look concentrated. The "
        "most even use gives the projects that there are, the largest first, each to the sector with least "
        f"money. Sectors are the {plain(len(mix.open_sectors))} of the codebook."
    )
    cells = tuple(
        (label, figure_cell(of, d), plain(of.uncorrected, d), plain(of.even, d), plain(of.equal, d))
        for label, of, d in rows
    )
    return Table("tbl-path-concentration", "Concentration of investment over sectors.", columns, cells, notes)


def returns_table(returns: tuple[SectorReturns, ...], labels: Mapping[str, str]) -> Table:
    """Return a row a sector, all together first."""
    columns = (
        Column("Sector", "left", 18),
        Column("Projects", width=9),
        Column("Million yuan", width=9),
        Column("Yield paid", width=18),
        Column("Guaranteed", width=15),
        Column("Dividends of households", width=18),
        Column("Projects idle", width=18),
        Column("Money idle", width=18),
    )
    rows = tuple(
        (
            labels[of.sector] if of.sector else "all",
            plain(of.n_projects),
            plain(of.money / MILLION, 1),
            percent_cell(of.paid, 1),
            NOTHING if isinstance(of.guaranteed, NotApplicable) else percent(of.guaranteed.estimate, 1),
            percent_cell(of.dividend, 1, of.n_households),
            NOTHING if isinstance(of.idle, NotApplicable) else share_cell(of.idle),
            NOTHING if isinstance(of.idle_money, NotApplicable) else share_cell(of.idle_money),
        )
        for of in returns
    )
    notes = (
        "Yields are those of the ledger, projects weighing by their money. Dividends are what households "
        "with one project report from its third year on, for each yuan invested a year; errors by village. "
        "Wilson's intervals for idle assets, of money with the effective number of projects. A dash: not "
        f"recorded. {NOTE} Of fewer than eight projects none is shown as idle."
    )
    return Table("tbl-path-returns", "What a yuan invested returns, by sector.", columns, rows, notes)


def township_table(mix: Mix, labels: Mapping[str, str], names: Mapping[str, str], word: str) -> Table:
    """Return a row a township, the least diverse first."""
    columns = (
        Column(word, "left", 16),
        Column("Projects", width=8),
        Column("Million yuan", width=9),
        Column(f"In {labels[mix.largest]}", width=16),
        Column("Herfindahl", width=18),
        Column("Effective number", width=18),
        Column("Theil", width=18),
        Column("Effective number, most even use", width=12),
    )
    rows = tuple(township_row(of, mix, names) for of in sorted(mix.townships, key=order))
    notes = (
        "Corrected for chance, with 95% intervals. The most even use gives the same projects, the largest "
        "first, each to the sector with least money. The ledger of projects is public by township."
    )
    return Table("tbl-path-townships", "Money and diversity by township.", columns, rows, notes)


def order(of: TownshipMix) -> float:
    """Return what townships are sorted by: the most concentrated first, those without a figure last."""
    return 1.0 if isinstance(of.mix, NotApplicable) else -of.mix.herfindahl.estimate


def township_row(of: TownshipMix, mix: Mix, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return one township as a row."""
    start = (names.get(of.code, of.code), plain(of.n_projects), plain(of.money / MILLION, 1))
    if isinstance(of.mix, NotApplicable):
        return (*start, NOTHING, of.mix.reason, "", "", "")
    share = percent(of.mix.shares[mix.largest], 0)
    indices = (of.mix.herfindahl, 2), (of.mix.effective, 1), (of.mix.theil, 2)
    return (*start, share, *(figure_cell(index, d) for index, d in indices), plain(of.mix.effective.even, 1))

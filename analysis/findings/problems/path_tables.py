"""Tables about the path of investment: concentration, returns by sector, townships."""

from collections.abc import Mapping

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Table
from analysis.findings.problems.measures import figures, shares
from analysis.problems.mix import Mix, TownshipMix
from analysis.problems.path import SinglePath
from analysis.problems.sector_returns import SectorReturns

MILLION = 1e6


def concentration_table(mix: Mix) -> Table:
    """Return the indices of the county beside those of an equal split."""
    county = mix.county
    rows = (
        ("Herfindahl (one: a single sector)", county.herfindahl, 2),
        ("Effective number of sectors", county.effective, 1),
        ("Shannon (nats)", county.shannon, 2),
        ("Theil, distance to an equal split (nats)", county.theil, 2),
    )
    columns = (
        Column("Index", "left", 34),
        Column("Value [95% interval]", width=24),
        Column("Shares as they are", width=14),
        Column("Equal split", width=12),
    )
    notes = (
        f"Money of {plain(county.n_obs)} projects, which weigh like {plain(county.n_effective)} of equal "
        "size. Values are corrected for chance: a few large projects make any mix look concentrated. The "
        "equal "
        "split "
        f"is over the {len(mix.sectors)} sectors that the county has."
    )
    cells = tuple(
        (label, figures(index, d), plain(index.uncorrected, d), plain(index.equal, d))
        for label, index, d in rows
    )
    return Table("tbl-path-concentration", "Concentration of investment over sectors.", columns, cells, notes)


def returns_table(returns: tuple[SectorReturns, ...], labels: Mapping[str, str]) -> Table:
    """Return a row a sector, all together first."""
    columns = (
        Column("Sector", "left", 18),
        Column("Projects", width=9),
        Column("Million yuan", width=9),
        Column("Yield paid", width=18),
        Column("Guaranteed", width=11),
        Column("Dividends of households", width=18),
        Column("Projects idle", width=18),
        Column("Money idle", width=18),
    )
    rows = tuple(
        (
            labels[of.sector] if of.sector else "all",
            plain(of.n_projects),
            plain(of.money / MILLION, 1),
            shares(of.paid, 1),
            "–" if isinstance(of.guaranteed, NotApplicable) else percent(of.guaranteed.estimate, 1),
            shares(of.dividend, 1),
            shares(of.idle),
            shares(of.idle_money),
        )
        for of in returns
    )
    notes = (
        "Yields are those of the ledger, projects weighing by their money. Dividends are what households "
        "with one project report from its third year on, for each yuan invested a year. Wilson's "
        "intervals for "
        "idle assets, of money with the effective number of projects. A dash: not recorded, or of fewer than "
        "eight households."
    )
    return Table("tbl-path-returns", "What a yuan invested returns, by sector.", columns, rows, notes)


def township_table(found: SinglePath, labels: Mapping[str, str], names: Mapping[str, str]) -> Table:
    """Return a row a township, the least diverse first."""
    columns = (
        Column("Township", "left", 16),
        Column("Projects", width=9),
        Column("Million yuan", width=10),
        Column("In the largest sector", width=14),
        Column("Herfindahl", width=22),
        Column("Effective number", width=20),
    )
    rows = tuple(township_row(of, found.mix, names) for of in sorted(found.mix.townships, key=order))
    main = labels[found.mix.main]
    notes = f"The largest sector is that of the county, {main}. The projects' ledger is public by township."
    return Table("tbl-path-townships", "Money and diversity by township.", columns, rows, notes)


def order(of: TownshipMix) -> float:
    """Return what townships are sorted by: the most concentrated first, those without a figure last."""
    return 1.0 if isinstance(of.mix, NotApplicable) else -of.mix.herfindahl.estimate


def township_row(of: TownshipMix, mix: Mix, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return one township as a row."""
    start = (names.get(of.code, of.code), plain(of.n_projects), plain(of.money / MILLION, 1))
    if isinstance(of.mix, NotApplicable):
        return (*start, of.mix.reason, "", "")
    share = percent(of.mix.shares[mix.main], 0)
    return (*start, share, figures(of.mix.herfindahl, 2), figures(of.mix.effective, 1))

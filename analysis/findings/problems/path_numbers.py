"""Numbers about the path of investment: its mix, its returns, its risk, and what more would do."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.disclosure import SMALLEST, share_number
from analysis.findings.estimate_number import estimate_number
from analysis.findings.kinds import Number
from analysis.findings.problems.measures import MILLION, interval_number, told
from analysis.problems.mix import Mix
from analysis.problems.path import SinglePath
from analysis.problems.sector_returns import SectorReturns

LINEARISED = "linearised (Deville 1999)"
DIRICHLET = "corrected for chance, Dirichlet draws"


def mix_numbers(mix: Mix) -> Iterator[Number]:
    """Yield what was invested, whom it reached and how it is spread."""
    n = mix.county.n_obs
    money = float(mix.by_year["money"].sum()) / MILLION
    yield Number("path.money", money, "Investment in projects", "million yuan", 1, n_obs=n)
    yield Number("path.projects", n, "Industrial projects", "projects")
    yield Number("path.sectors", len(mix.sectors), "Sectors with projects", "sectors")
    yield Number("path.open_sectors", len(mix.open_sectors), "Sectors of the codebook", "sectors")
    largest = float(mix.county.shares[mix.largest])
    yield Number("path.main_share", largest, "Share of the money in the largest sector", "share", 0, n_obs=n)
    if mix.reached is not None:
        ever = int(mix.reached["households"].sum())
        yield Number("path.households", ever, "Households that a project ever reached", "households")
    indices = {
        "beyond": ("Herfindahl index between an equal split and a single sector", "index", 2),
        "herfindahl": ("Herfindahl index of the money", "index", 2),
        "effective": ("Effective number of sectors", "sectors", 1),
        "shannon": ("Shannon index of the money", "nats", 2),
        "theil": ("Theil distance to an equal split", "nats", 2),
    }
    for name, (label, unit, decimals) in indices.items():
        index = getattr(mix.county, name)
        yield interval_number(f"path.{name}", index, label, unit, decimals, n_obs=n, estimator=DIRICHLET)
    yield Number("path.even", mix.county.effective.even, "Effective number, most even use", "sectors", 1)
    known = sum(not isinstance(of.mix, NotApplicable) for of in mix.townships)
    yield Number("path.townships", known, "Townships with projects enough to speak of a mix", "townships")
    label = "Rank correlation of money and diversity"
    yield from told(
        mix.money_diversity,
        lambda of: interval_number(
            "path.money_diversity", of, label, "correlation", 2, n_obs=of.n_obs, estimator="Spearman (1904)"
        ),
    )


def return_numbers(every: SectorReturns, main: SectorReturns) -> Iterator[Number]:
    """Yield what a yuan returns in all sectors and in the one with most projects, and what stands idle."""
    for name, of, which in (("all", every, "all sectors"), ("main", main, "the sector with most projects")):
        parts = {
            "paid": (of.paid, f"Yield paid, {which}", 1),
            "kept": (of.kept, f"Yield paid over guaranteed, {which}", 0),
            "dividend": (of.dividend, f"Dividends of a yuan, {which}", 1),
        }
        for part, (found, label, decimals) in parts.items():
            if part == "dividend" and of.n_households < SMALLEST:
                continue
            if not isinstance(found, NotApplicable):
                yield estimate_number(
                    f"path.{part}_{name}", found, label, "share", decimals, estimator=LINEARISED
                )
    yield from told(
        every.idle,
        lambda of: share_number("path.idle", of, "Projects whose assets stand idle", "projects", 1),
    )
    yield from told(
        every.idle_money,
        lambda of: share_number("path.idle_money", of, "Money in idle assets", "projects by money", 1),
    )


def risk_numbers(found: SinglePath) -> Iterator[Number]:
    """Yield how returns move together, and what more money and another path add."""
    risk, other, unit = found.risk, found.other_path, "yuan a year per capita"
    if not isinstance(risk, NotApplicable):
        n = risk.correlation.n_obs
        label = "Correlation of returns of sectors, mean over pairs"
        yield interval_number(
            "path.correlation", risk.correlation, label, "correlation", 2, n_obs=n, estimator="jackknife"
        )
        yield Number("path.risk_years", n, "Years of returns that are compared", "years")
    if not isinstance(other, NotApplicable):
        for name, effect, label in (
            ("same_path", other.same_path, "Ten thousand yuan a household more, sectors equal"),
            ("other_path", other.other_path, "One sector more in the village, money equal"),
        ):
            yield estimate_number(f"path.{name}", effect, label, unit, estimator=effect.estimator)

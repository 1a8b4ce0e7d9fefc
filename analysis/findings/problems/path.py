"""Findings about large investment on a single path."""

from collections.abc import Iterator

from scipy.stats import spearmanr

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims import Measured, claim_findings, claim_texts, declared_claims
from analysis.findings.drawings import Finding
from analysis.findings.kinds import Number
from analysis.findings.problems.measures import measured, number_of
from analysis.findings.problems.path_pictures import investment_drawing, township_drawing
from analysis.findings.problems.path_tables import concentration_table, returns_table, township_table
from analysis.problems.mix import Mix
from analysis.problems.path import SinglePath, measure_path
from analysis.region import Region

MILLION = 1e6
FEWEST_TOWNSHIPS = 3


def about_path(evidence: Evidence) -> Chapter:
    """Measure how much money went into projects, on how few paths, and what it returned."""
    region = evidence.region
    found = measure_path(evidence.panel, evidence.tables, region)
    if isinstance(found, NotApplicable):
        return Chapter((), {"path": sentence(found)})
    declared, claims = declared_claims(region.root, "path"), path_claims(found)
    findings = (*path_findings(found, region), *claim_findings("path", declared, claims))
    labels = sector_labels(region)
    return Chapter(
        findings, path_reasons(found), {"top_sector": labels[found.mix.main], **claim_texts(declared, claims)}
    )


def sentence(gap: NotApplicable) -> str:
    """Return a reason as a sentence."""
    return f"{gap.reason[0].upper()}{gap.reason[1:]}."


def sector_labels(region: Region) -> dict[str, str]:
    """Return what the text calls each sector."""
    return {code: value.en for code, value in region.codebook.variable("project_sector").values.items()}


def path_reasons(found: SinglePath) -> dict[str, str]:
    """Return why parts of the chapter are not there, empty where they are."""
    all_returns = found.returns[0]
    parts = {
        "path_yields": all_returns.kept,
        "path_idle": all_returns.idle,
        "path_dividends": found.pays_less,
        "path_risk": found.risk,
        "path_more": found.more_paths if isinstance(found.more_paths, NotApplicable) else found.more_money,
    }
    gaps = {name: sentence(gap) if isinstance(gap, NotApplicable) else "" for name, gap in parts.items()}
    few = f"The ledger of projects has fewer than {FEWEST_TOWNSHIPS} townships with enough projects."
    townships = "" if has_townships(found.mix) else few
    return {"path": "", "path_townships": townships, **gaps}


def path_claims(found: SinglePath) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim."""
    county, paths = found.mix.county, found.more_paths
    n_paid = 0 if isinstance(found.pays_less, NotApplicable) else found.pays_less.n_obs
    risk = found.risk if isinstance(found.risk, NotApplicable) else found.risk.ratio
    return {
        "single_path": measured(county.herfindahl, county.n_obs),
        "path_pays_less": measured(found.pays_less, n_paid),
        "path_risk": measured(risk, 0 if isinstance(risk, NotApplicable) else risk.n_obs),
        "other_path": measured(paths, 0 if isinstance(paths, NotApplicable) else paths.n_obs),
    }


def path_findings(found: SinglePath, region: Region) -> Iterator[Finding]:
    """Yield numbers, tables and pictures."""
    labels = sector_labels(region)
    yield from mix_numbers(found)
    yield from return_numbers(found)
    yield concentration_table(found.mix)
    yield returns_table(found.returns, labels)
    yield investment_drawing(found.mix, labels)
    if has_townships(found.mix):
        yield from township_numbers(found.mix)
        names = {code: label.en for code, label in region.settings.townships.items()}
        yield township_table(found, labels, names)
        yield township_drawing(found, names)


def mix_numbers(found: SinglePath) -> Iterator[Number]:
    """Yield what was invested, whom it reached and how it is spread."""
    mix = found.mix
    n = mix.county.n_obs
    yield Number(
        "path.money", found.returns[0].money / MILLION, "Investment in projects", "million yuan", 1, n_obs=n
    )
    yield Number("path.projects", n, "Industrial projects", "projects")
    yield Number("path.sectors", len(mix.sectors), "Sectors that the county has", "sectors")
    yield Number(
        "path.households",
        float(mix.reached["households"].sum()),
        "Households that a project ever reached",
        "households",
    )
    yield Number(
        "path.main_share",
        mix.county.shares[mix.main],
        "Share of the money in the largest sector",
        "share",
        0,
        n_obs=n,
    )
    indices = {
        "herfindahl": ("Herfindahl index of the money", "index", 2),
        "effective": ("Effective number of sectors", "sectors", 1),
        "shannon": ("Shannon index of the money", "nats", 2),
        "theil": ("Theil distance to an equal split", "nats", 2),
    }
    for name, (label, unit, decimals) in indices.items():
        yield from number_of(f"path.{name}", getattr(mix.county, name), label, unit, decimals, n_obs=n)


def township_numbers(mix: Mix) -> Iterator[Number]:
    """Yield how money and diversity go together over townships."""
    known = [of for of in mix.townships if not isinstance(of.mix, NotApplicable)]
    diversity = [-of.mix.herfindahl.estimate for of in known if not isinstance(of.mix, NotApplicable)]
    rank = float(spearmanr([of.money for of in known], diversity).statistic)
    yield Number(
        "path.townships", len(known), "Townships with projects enough to speak of a mix", "townships"
    )
    label = "Rank correlation of money and diversity"
    yield Number("path.money_diversity", rank, label, "correlation", 2, n_obs=len(known))


def has_townships(mix: Mix) -> bool:
    """Say whether enough townships have a mix to set them side by side."""
    return sum(not isinstance(of.mix, NotApplicable) for of in mix.townships) >= FEWEST_TOWNSHIPS


def return_numbers(found: SinglePath) -> Iterator[Number]:
    """Yield what a yuan returns, what stands idle, how risky the mix is, and what more would do."""
    every, main = found.returns[0], found.returns[1]
    for name, of in (("all", every), ("main", main)):
        which = "all sectors" if name == "all" else "the largest sector"
        yield from number_of(f"path.paid_{name}", of.paid, f"Yield paid, {which}", "share", 1)
        yield from number_of(f"path.kept_{name}", of.kept, f"Yield paid over guaranteed, {which}", "share", 0)
        yield from number_of(
            f"path.dividend_{name}", of.dividend, f"Dividends of a yuan, {which}", "share", 1
        )
    yield from number_of("path.idle", every.idle, "Projects whose assets stand idle", "share", 1)
    yield from number_of("path.idle_money", every.idle_money, "Money in idle assets", "share", 1)
    if not isinstance(found.risk, NotApplicable):
        yield Number(
            "path.correlation", found.risk.correlation, "Correlation of returns of sectors", "correlation", 2
        )
        yield Number("path.risk_years", found.risk.ratio.n_obs, "Years of returns that are compared", "years")
    unit = "yuan a year per capita"
    yield from number_of("path.more_money", found.more_money, "Ten thousand yuan a household more", unit)
    yield from number_of("path.more_paths", found.more_paths, "One sector more in the village", unit)

"""Findings about large investment on a single path: claims, numbers, and what cannot be measured."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.chapter import Chapter, Evidence
from analysis.findings.claims import claim_findings, claim_texts
from analysis.findings.drawings import Finding
from analysis.findings.problems.investment_picture import investment_drawing
from analysis.findings.problems.measures import reasons_of, side_of, value_labels
from analysis.findings.problems.path_numbers import mix_numbers, return_numbers, risk_numbers
from analysis.findings.problems.path_picture import township_drawing
from analysis.findings.problems.path_tables import concentration_table, returns_table, township_table
from analysis.findings.wording import township_names
from analysis.problems.claims import declared_claims
from analysis.problems.mix import Mix
from analysis.problems.path import SinglePath, claims_of, measure_path
from analysis.problems.sector_returns import SectorReturns
from analysis.region import Region

FEATURES = ("townships", "money_diversity", "reached", "yields", "idle", "dividends", "risk", "more")


def about_path(evidence: Evidence) -> Chapter:
    """Measure how much money went into projects, on how few paths, and what it returned."""
    region = evidence.region
    found = measure_path(evidence.panel, evidence.tables, region)
    declared, claims = declared_claims(region.root, "path"), claims_of(found)
    texts = claim_texts(declared, claims)
    if isinstance(found, NotApplicable):
        return Chapter((), path_reasons(found), texts)
    findings = (*path_findings(found, region), *claim_findings("path", declared, claims))
    return Chapter(findings, path_reasons(found), texts | path_texts(found, region))


def path_reasons(found: SinglePath | NotApplicable) -> dict[str, str]:
    """Return the features of the section, each with what keeps the records from it."""
    if isinstance(found, NotApplicable):
        return reasons_of(dict.fromkeys(("path", *(f"path_{name}" for name in FEATURES)), found))
    every, main = found.returns[0], main_returns(found)
    silent = NotApplicable("Reached", "the records do not say whom projects reach")
    few = NotApplicable("Townships", "no township has projects enough to speak of a mix")
    dividends = (found.pays_less, every.dividend, main.dividend)
    return reasons_of(
        {
            "path": None,
            "path_townships": None if has_townships(found.mix) else few,
            "path_money_diversity": found.mix.money_diversity,
            "path_reached": silent if found.mix.reached is None else None,
            "path_yields": first_gap(every.kept, main.kept, every.paid, main.paid),
            "path_idle": every.idle,
            "path_dividends": first_gap(*dividends),
            "path_risk": found.risk,
            "path_more": found.other_path,
        }
    )


def first_gap(*parts: object) -> NotApplicable | None:
    """Return the first part that is not applicable, None where all are."""
    return next((part for part in parts if isinstance(part, NotApplicable)), None)


def main_returns(found: SinglePath) -> SectorReturns:
    """Return the returns of the sector with most projects."""
    return next(of for of in found.returns if of.sector == found.mix.main)


def has_townships(mix: Mix) -> bool:
    """Say whether any township has projects enough to speak of a mix."""
    return any(not isinstance(of.mix, NotApplicable) for of in mix.townships)


def path_texts(found: SinglePath, region: Region) -> dict[str, str]:
    """Return the names of sectors, and words that follow from figures."""
    labels = value_labels("project_sector", region)
    kept = main_returns(found).kept
    texts = {"top_sector": labels[found.mix.largest], "main_sector": labels[found.mix.main]}
    if not isinstance(kept, NotApplicable):
        texts["path_kept"] = side_of(
            kept,
            1.0,
            "By the ledger it pays more than was guaranteed",
            "By the ledger it pays less than was guaranteed",
            "By the ledger it pays about what was guaranteed",
        )
    return texts


def path_findings(found: SinglePath, region: Region) -> Iterator[Finding]:
    """Yield numbers, tables and pictures."""
    labels, names = value_labels("project_sector", region), township_names(region)
    yield from mix_numbers(found.mix)
    yield from return_numbers(found.returns[0], main_returns(found))
    yield from risk_numbers(found)
    yield concentration_table(found.mix)
    yield returns_table(found.returns, labels)
    yield investment_drawing(found.mix, labels)
    if has_townships(found.mix):
        yield township_table(found.mix, labels, names, region.label("township_code"))
        yield township_drawing(found.mix, names, region.label("township_code"))

"""Claims of the study, graded by a rule and benchmarks that are written down before anything is measured."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.settings import Settings, read_settings

DECLARED = Path("data") / "claims.yaml"
Problem = Literal["inclusion", "exit", "path", "rigidity", "motivation"]
Grade = Literal["not measured", "not found", "weak", "moderate", "strong"]


class Words(Settings):
    """What the text says at each grade."""

    not_found: str
    weak: str
    moderate: str
    strong: str


class Declared(Settings):
    """A claim before it is measured: figures above `harmless` make a problem, above `serious` a grave one."""

    problem: Problem
    claim: str
    figure: str
    unit: str
    decimals: int = 2
    harmless: float
    serious: float
    because: str
    words: Words

    @model_validator(mode="after")
    def in_order(self) -> "Declared":
        """What is grave is more than what is harmless."""
        if not self.harmless < self.serious:
            raise ValueError(f"harmless ({self.harmless}) must be below serious ({self.serious})")
        return self


class DeclaredClaims(Settings):
    """The content of the file: claims by key."""

    claims: dict[str, Declared]


@dataclass(frozen=True, slots=True)
class Measured:
    """The figure of a claim with its 95% interval, in the unit that the file declares."""

    value: float
    low: float
    high: float
    n_obs: int


def declared_claims(root: Path, problem: Problem) -> dict[str, Declared]:
    """Return the claims of one problem; raises `Faults` naming key and value that the file gets wrong."""
    every = read_settings(root / DECLARED, DeclaredClaims).claims
    return {key: claim for key, claim in every.items() if claim.problem == problem}


def grade(found: Measured | NotApplicable, declared: Declared) -> Grade:
    """Return the grade of a claim by where its 95% interval lies.

    Strong: wholly above `serious`. Moderate: wholly above `harmless`. Weak: the figure is above `harmless`
    but its interval is not. Not found: the figure is at `harmless` or below. Where there is no problem, a
    claim is graded above weak in at most one of forty samples.
    """
    if isinstance(found, NotApplicable):
        return "not measured"
    if found.low > declared.serious:
        return "strong"
    if found.low > declared.harmless:
        return "moderate"
    return "weak" if found.value > declared.harmless else "not found"


def words(found: Measured | NotApplicable, declared: Declared) -> str:
    """Return what the text says of a claim."""
    match grade(found, declared):
        case "not measured":
            assert isinstance(found, NotApplicable)
            return f"{declared.claim}: not measured, {found.reason}."
        case "not found":
            return declared.words.not_found
        case "weak":
            return declared.words.weak
        case "moderate":
            return declared.words.moderate
        case "strong":
            return declared.words.strong


def claim_findings(
    problem: Problem, declared: dict[str, Declared], measured: dict[str, Measured | NotApplicable]
) -> Iterator[Number | Table]:
    """Yield a number for each claim that is measured, and the table of all claims of a problem."""
    for key, claim in declared.items():
        found = measured[key]
        if isinstance(found, Measured):
            yield Number(
                f"claim.{key}",
                found.value,
                claim.figure,
                claim.unit,
                claim.decimals,
                low=found.low,
                high=found.high,
                n_obs=found.n_obs,
                sample=claim.because,
            )
    columns = (
        Column("Claim", "left", 34),
        Column("Figure", "left", 34),
        Column("Value [95% interval]", width=24),
        Column("Harmless to", width=10),
        Column("Serious from", width=10),
        Column("Grade", "left", 12),
    )
    rows = tuple(claim_row(claim, measured[key]) for key, claim in declared.items())
    notes = (
        "Benchmarks are declared in data/claims.yaml, with reasons and with what was known when they were. "
        "Strong: the interval lies above what is serious; moderate: above what is harmless; weak: the figure "
        "alone does."
    )
    yield Table(f"tbl-claims-{problem}", "Claims and their grades.", columns, rows, notes)


def claim_row(claim: Declared, found: Measured | NotApplicable) -> tuple[str, ...]:
    """Return one claim as a row."""

    def shown(value: float) -> str:
        return percent(value, claim.decimals) if claim.unit == "share" else plain(value, claim.decimals)

    value = (
        found.reason
        if isinstance(found, NotApplicable)
        else f"{shown(found.value)} [{shown(found.low)},\N{NO-BREAK SPACE}{shown(found.high)}]"
    )
    return (
        claim.claim,
        claim.figure,
        value,
        shown(claim.harmless),
        shown(claim.serious),
        grade(found, claim),
    )


def claim_texts(
    declared: dict[str, Declared], measured: dict[str, Measured | NotApplicable]
) -> dict[str, str]:
    """Return what the text says of each claim, by `claim_<key>`."""
    return {f"claim_{key}": words(measured[key], claim) for key, claim in declared.items()}

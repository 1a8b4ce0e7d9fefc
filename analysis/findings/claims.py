"""What the paper says of the claims about each problem: words by grade, numbers, a table."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import bounds, percent_bounds
from analysis.problems.claims import Declared, Measured, Problem, grade

RULE = (
    "Strong: the interval lies above what is serious; moderate: above what is harmless; weak: the figure "
    "alone does; else not found."
)
DECLARATION = (
    "Benchmarks are declared in data/claims.yaml, with reasons and with what was known when they were."
)


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
        Column("Claim", "left", 30),
        Column("Figure", "left", 32),
        Column("Value [95% interval]", width=28),
        Column("Harmless to", width=14),
        Column("Serious from", width=12),
        Column("Grade", "left", 12),
    )
    rows = tuple(claim_row(claim, measured[key]) for key, claim in declared.items())
    notes = f"{DECLARATION} {RULE}"
    yield Table(f"tbl-claims-{problem}", "Claims and their grades.", columns, rows, notes)


def claim_row(claim: Declared, found: Measured | NotApplicable) -> tuple[str, ...]:
    """Return one claim as a row."""
    benchmarks = (shown(claim.harmless, claim), shown(claim.serious, claim))
    return (claim.claim, claim.figure, told(claim, found), *benchmarks, grade(found, claim))


def told(claim: Declared, found: Measured | NotApplicable) -> str:
    """Return the figure of a claim with its interval, or why there is none."""
    if isinstance(found, NotApplicable):
        return found.reason
    ends = percent_bounds if claim.unit == "share" else bounds
    return f"{shown(found.value, claim)} {ends(found.low, found.high, claim.decimals)}"


def shown(value: float, claim: Declared) -> str:
    """Return a figure in the unit of its claim, empty where it is not a number."""
    if value != value:
        return ""
    return percent(value, claim.decimals) if claim.unit == "share" else plain(value, claim.decimals)


def claim_texts(
    declared: dict[str, Declared], measured: dict[str, Measured | NotApplicable]
) -> dict[str, str]:
    """Return what the text says of each claim, by `claim_<key>`."""
    return {f"claim_{key}": words(measured[key], claim) for key, claim in declared.items()}

"""All claims of the study together: a table by problem, and the picture of their intervals."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.claims import DECLARATION, claim_row
from analysis.findings.claims_picture import PROBLEMS, summary_drawing
from analysis.findings.drawings import Drawing, Finding
from analysis.findings.kinds import Column, Number, Table
from analysis.problems.claims import Declared, Measured, Problem, declared_claims


def summary_findings(root: Path, findings: Iterable[Finding]) -> Iterator[Table | Drawing]:
    """Yield the table and the picture of all claims, nothing where none is measured."""
    numbers = {found.id: found for found in findings if isinstance(found, Number)}
    claims = [
        (problem, claim, measured_in(numbers, key))
        for problem in get_args(Problem)
        for key, claim in declared_claims(root, problem).items()
    ]
    measured = [(problem, claim, found) for problem, claim, found in claims if isinstance(found, Measured)]
    if measured:
        yield summary_table(claims)
        yield summary_drawing(measured)


def measured_in(numbers: dict[str, Number], key: str) -> Measured | NotApplicable:
    """Return the figure of a claim among the numbers of the chapters."""
    number = numbers.get(f"claim.{key}")
    if number is None:
        return NotApplicable(key, "not measured")
    assert number.low is not None and number.high is not None and number.n_obs is not None
    return Measured(number.value, number.low, number.high, number.n_obs)


def summary_table(claims: list[tuple[Problem, Declared, Measured | NotApplicable]]) -> Table:
    """Return a heading a problem and a row a claim."""
    columns = (
        Column("Claim", "left", 40),
        Column("Value [95% interval]", width=24),
        Column("Harmless to", width=10),
        Column("Serious from", width=10),
        Column("Grade", "left", 12),
    )
    rows: list[tuple[str, ...]] = []
    for problem, title in PROBLEMS.items():
        own = [(claim, found) for name, claim, found in claims if name == problem]
        if own:
            rows.append((title, "", "", "", ""))
        for claim, found in own:
            name, _, *rest = claim_row(claim, found)
            rows.append((name, *rest))
    notes = f"What each figure is stands in the section of its problem. {DECLARATION}"
    return Table("tbl-claims", "The claims of the study and their grades.", columns, tuple(rows), notes)

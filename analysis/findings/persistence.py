"""Findings about persistence: how much of last year's outcome is left, and what may be believed of it."""

from collections.abc import Iterator

from analysis.designs.persistence import MomentEstimate, Persistence
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.results import Estimate
from analysis.findings.drawings import Finding
from analysis.findings.estimate_number import estimate_number
from analysis.findings.formats import joined, p_value, plain
from analysis.findings.kinds import Column, Number, Table
from analysis.findings.wording import errors_of, interval, label_in_text
from analysis.region import Region

DECIMALS = 3
COLUMNS = (
    Column("Estimator", "left", 27),
    Column("Last year's outcome", width=11),
    Column("95% interval", width=16),
    Column("n", width=9),
    Column("Moments", width=12),
    Column("AR(2), p", width=9),
    Column("Hansen, p", width=10),
    Column("Reading", "left", 34),
)


def persistence_findings(found: Persistence, region: Region) -> Iterator[Finding]:
    """Yield the bounds, the bias, the estimate that no test refutes, and the table."""
    yield persistence_number("pooled", found.pooled)
    yield persistence_number("within", found.within)
    yield Number(
        "persistence.bias",
        found.nickell.bias,
        "Approximate bias of persistence under household effects",
        "of last year's outcome",
        2,
        estimator="Nickell (1981), equation 18",
        sample=f"{found.nickell.n_periods} years a household on average",
    )
    if found.usable is not None:
        yield persistence_number("moments", found.usable.estimate)
    yield persistence_table(found, region)


def persistence_number(key: str, estimate: Estimate) -> Number:
    """Return one coefficient as a share of last year's outcome."""
    return estimate_number(
        f"persistence.{key}",
        estimate,
        "Share of last year's outcome that is left",
        "of last year's outcome",
        2,
        estimator=f"{estimate.estimator}, {estimate.engine}",
    )


def persistence_table(found: Persistence, region: Region) -> Table:
    """Return the coefficient of last year's outcome by each estimator, with what may be believed of it."""
    bias = f"too low, by about {plain(-found.nickell.bias, 2)}: lower bound"
    rows = (
        least_squares_row("Pooled, year effects", found.pooled, "too high: upper bound"),
        least_squares_row("Household and year effects", found.within, bias),
        *(moment_row(entry) for entry in found.moments),
        *((f"{gap.name}: not estimated, {gap.reason}", *("",) * 7) for gap in found.missing),
    )
    notes = (
        f"Outcome: {label_in_text(found.pooled.outcome, region)}; all instruments and controls. Moments: "
        "the method's own instruments, lags collapsed to one each; the instruments of the study are taken as "
        "predetermined, with their lags in the equation. The tests refute at 5%. "
        f"{errors_of(found.pooled, region)}"
    )
    return Table("tbl-persistence", "How much of last year's outcome is left.", COLUMNS, rows, notes)


def least_squares_row(name: str, estimate: Estimate, reading: str) -> tuple[str, ...]:
    """Return the row of a bound."""
    return (*figures(name, estimate), "", "", "", reading)


def figures(name: str, estimate: Estimate) -> tuple[str, str, str, str]:
    """Return name, coefficient, interval and observations."""
    value = plain(estimate.estimate, DECIMALS)
    return (name, value, interval(estimate, DECIMALS), plain(estimate.n_obs))


def moment_row(found: MomentEstimate) -> tuple[str, ...]:
    """Return the row of an estimate by moments, with the verdict of its tests."""
    return (
        *figures(found.estimator, found.estimate),
        plain(found.n_instruments),
        p_of(found.serial_correlation),
        p_of(found.hansen),
        f"not to be used: {found.refused}" if found.refused else "not refuted",
    )


def p_of(test: TestResult | NotApplicable) -> str:
    """Return the p-value of a test."""
    return "none" if isinstance(test, NotApplicable) else p_value(test.p_value)


def refusal_text(found: Persistence) -> str:
    """Return the sentences about estimates by moments that are not to be used, or were not made."""
    told = [f"{entry.estimator}: not to be used, {entry.refused}" for entry in found.moments if entry.refused]
    told += [f"{gap.name}: not estimated, {gap.reason}" for gap in found.missing]
    return f"{joined(told)}." if told else ""

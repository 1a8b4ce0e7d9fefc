"""Measurements as numbers and cells: what the chapters of path and rigidity share."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.disclosure import FEW, SMALLEST
from analysis.findings.formats import percent, plain, reason_of
from analysis.findings.kinds import Number, maker
from analysis.findings.wording import bounds, percent_bounds
from analysis.problems.claims import HasInterval
from analysis.region import Region

MILLION = 1e6
NOTHING = "–"
Found = TypeVar("Found")


def told(found: Found | NotApplicable, make: Callable[[Found], Number]) -> tuple[Number, ...]:
    """Return the number of a measurement, none where it is not applicable."""
    return () if isinstance(found, NotApplicable) else (make(found),)


def interval_number(
    name: str, found: HasInterval, label: str, unit: str, decimals: int, *, n_obs: int, estimator: str
) -> Number:
    """Return a measurement that has an interval but no standard error as a number."""
    return Number(
        name,
        found.estimate,
        label,
        unit,
        decimals,
        low=found.conf_low,
        high=found.conf_high,
        n_obs=n_obs,
        estimator=estimator,
        maker=maker(),
    )


def reasons_of(parts: Mapping[str, object]) -> dict[str, str]:
    """Return why parts of a chapter are not there, empty where they are."""
    return {name: reason_of(part) for name, part in parts.items()}


def percent_cell(found: HasInterval | NotApplicable, decimals: int = 0, n_households: int = SMALLEST) -> str:
    """Return a share with its interval for a table cell, a dash where there is none, or that it is of few."""
    if isinstance(found, NotApplicable):
        return NOTHING
    if n_households < SMALLEST:
        return FEW if n_households else NOTHING
    return f"{percent(found.estimate, decimals)} {percent_bounds(found.conf_low, found.conf_high, decimals)}"


def figure_cell(found: HasInterval | NotApplicable, decimals: int = 0, scale: float = 1.0) -> str:
    """Return a figure times `scale` with its interval for a table cell, a dash where there is none."""
    if isinstance(found, NotApplicable):
        return NOTHING
    ends = bounds(scale * found.conf_low, scale * found.conf_high, decimals)
    return f"{plain(scale * found.estimate, decimals)} {ends}"


def side_of(found: HasInterval, value: float, above: str, below: str, neither: str) -> str:
    """Return the words for an interval above a value, below it, or around it."""
    if found.conf_low > value:
        return above
    return below if found.conf_high < value else neither


def value_labels(variable: str, region: Region) -> dict[str, str]:
    """Return what the text calls each value of a category."""
    return {code: value.en for code, value in region.codebook.variable(variable).values.items()}

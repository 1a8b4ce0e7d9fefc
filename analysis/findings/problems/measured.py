"""Tests of spreads and slopes as the paper has them."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.spread import Spread
from analysis.findings.formats import p_words
from analysis.findings.kinds import Number
from analysis.problems.slope import Slope


def told_p(spread: Spread) -> str:
    """Return the p-value of a test as a sentence has it."""
    return p_words(spread.p_equal)


def named_reason(part: object) -> str:
    """Return why a part is not there with its name, empty where it is."""
    return f"{part.name.capitalize()}: {part.reason}." if isinstance(part, NotApplicable) else ""


def slope_number(
    name: str, slope: Slope | NotApplicable, label: str, unit: str, decimals: int
) -> Iterator[Number]:
    """Yield a slope as a number, nothing where there is none."""
    if isinstance(slope, Slope):
        yield Number(
            name, slope.value, label, unit, decimals, low=slope.low, high=slope.high, n_obs=slope.n_obs
        )

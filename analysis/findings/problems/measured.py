"""Tests of spreads and slopes as the paper has them."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.spread import Spread
from analysis.findings.formats import p_value
from analysis.findings.kinds import Number
from analysis.problems.slope import Slope


def told_p(spread: Spread) -> str:
    """Return the p-value of a test as a sentence has it."""
    return p_words(spread.p_equal)


def p_words(value: float) -> str:
    """Return a p-value as a sentence has it."""
    shown = p_value(value)
    return f"p {shown.replace('<', 'below ')}" if shown.startswith("<") else f"p = {shown}"


def slope_number(
    name: str, slope: Slope | NotApplicable, label: str, unit: str, decimals: int
) -> Iterator[Number]:
    """Yield a slope as a number, nothing where there is none."""
    if isinstance(slope, Slope):
        yield Number(
            name, slope.value, label, unit, decimals, low=slope.low, high=slope.high, n_obs=slope.n_obs
        )

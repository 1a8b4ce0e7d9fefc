"""Spreads, shares of variance and slopes as figures of claims and numbers of the paper."""

from collections.abc import Iterator

from analysis.estimates.group_share import GroupShare
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.spread import Spread
from analysis.findings.claims import Measured
from analysis.findings.formats import p_value
from analysis.findings.kinds import Number
from analysis.problems.slope import Slope


def measured_spread(spread: Spread) -> Measured:
    """Return a spread as the figure of a claim."""
    return Measured(spread.value, spread.low, spread.high, spread.n_groups)


def measured_share(share: GroupShare) -> Measured:
    """Return a share of variance as the figure of a claim."""
    return Measured(share.value, share.low, share.high, share.n_obs)


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

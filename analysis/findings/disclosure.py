"""Cells of tables that speak of too few households are not published."""

from analysis.codebook import SMALLEST
from analysis.estimates.shares import Share
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Number
from analysis.findings.wording import bounds, percent_bounds
from analysis.problems.average import Average

FEW = f"<{SMALLEST}"
NOTE = f"Cells about fewer than {SMALLEST} households are not shown."


def counted(n: int) -> str:
    """Return a count, or that it is too small to be shown; nobody is shown as 0."""
    return FEW if 0 < n < SMALLEST else f"{n:,}"


def share_cell(share: Share, decimals: int = 0) -> str:
    """Return a share with its interval, or that it is one of too few."""
    if share.n < SMALLEST:
        return FEW if share.n else ""
    return f"{percent(share.value, decimals)} {percent_bounds(share.low, share.high, decimals)}"


def average_cell(average: Average, decimals: int = 1) -> str:
    """Return a mean with its interval, or that it is one of too few."""
    if average.n < SMALLEST:
        return FEW if average.n else ""
    return f"{plain(average.value, decimals)} {bounds(average.low, average.high, decimals)}"


def cell_of(told: Share | Average | None, decimals: int = 1) -> str:
    """Return a share (no decimals) or a mean with its interval, empty where there is none."""
    if told is None:
        return ""
    return share_cell(told) if isinstance(told, Share) else average_cell(told, decimals)


def average_number(
    name: str, average: Average, label: str, unit: str, decimals: int = 1, sample: str | None = None
) -> Number:
    """Return a mean as a number of the paper."""
    return Number(
        name,
        average.value,
        label,
        unit,
        decimals,
        low=average.low,
        high=average.high,
        n_obs=average.n,
        sample=sample,
    )


def share_number(name: str, share: Share, label: str, sample: str, decimals: int = 0) -> Number:
    """Return a share as a number of the paper."""
    return Number(
        name,
        share.value,
        label,
        "share",
        decimals,
        low=share.low,
        high=share.high,
        n_obs=share.n,
        estimator="Wilson (1927)",
        sample=sample,
    )

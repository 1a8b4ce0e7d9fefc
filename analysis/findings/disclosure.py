"""Cells of tables that speak of too few households are not published."""

from analysis.estimates.shares import Share
from analysis.findings.formats import percent
from analysis.findings.kinds import Number

SMALLEST = 8
"""Personal variables are published as aggregates of this many households or more (`data/codebook.yaml`)."""
FEW = f"<{SMALLEST}"
NOTE = f"Cells about fewer than {SMALLEST} households are not shown."


def counted(n: int) -> str:
    """Return a count, or that it is too small to be shown; nobody is shown as 0."""
    return FEW if 0 < n < SMALLEST else f"{n:,}"


def share_cell(share: Share, decimals: int = 0) -> str:
    """Return a share with its interval, or that it is one of too few."""
    if share.n < SMALLEST:
        return FEW if share.n else ""
    ends = f"[{percent(share.low, decimals)},\N{NO-BREAK SPACE}{percent(share.high, decimals)}]"
    return f"{percent(share.value, decimals)} {ends}"


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

"""Measurements as numbers, cells and claims: what the chapters of the problems share."""

from typing import Protocol

from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.claims import Measured
from analysis.findings.formats import percent, plain
from analysis.findings.kinds import Number, maker
from analysis.findings.wording import bounds


class HasInterval(Protocol):
    """A figure with its 95% interval."""

    @property
    def estimate(self) -> float:
        """The figure."""

    @property
    def conf_low(self) -> float:
        """Lower end."""

    @property
    def conf_high(self) -> float:
        """Upper end."""


def number_of(
    name: str,
    found: HasInterval | NotApplicable,
    label: str,
    unit: str,
    decimals: int = 0,
    *,
    scale: float = 1.0,
    n_obs: int | None = None,
    estimator: str | None = None,
) -> tuple[Number, ...]:
    """Return a measurement as a number, times `scale`; none where it is not applicable."""
    if isinstance(found, NotApplicable):
        return ()
    low, high = sorted((scale * found.conf_low, scale * found.conf_high))
    return (
        Number(
            name,
            scale * found.estimate,
            label,
            unit,
            decimals,
            low=low,
            high=high,
            n_obs=n_obs,
            estimator=estimator,
            maker=maker(),
        ),
    )


def measured(found: HasInterval | NotApplicable, n_obs: int) -> Measured | NotApplicable:
    """Return a measurement as that of a claim."""
    if isinstance(found, NotApplicable):
        return found
    return Measured(found.estimate, found.conf_low, found.conf_high, n_obs)


def shares(found: HasInterval | NotApplicable, decimals: int = 0) -> str:
    """Return a share with its interval for a table cell, a dash where there is none."""
    if isinstance(found, NotApplicable):
        return "–"
    ends = f"[{percent(found.conf_low, decimals)},\N{NO-BREAK SPACE}{percent(found.conf_high, decimals)}]"
    return f"{percent(found.estimate, decimals)} {ends}"


def figures(found: HasInterval | NotApplicable, decimals: int = 0, scale: float = 1.0) -> str:
    """Return a figure times `scale` with its interval for a table cell, a dash where there is none."""
    if isinstance(found, NotApplicable):
        return "–"
    ends = bounds(scale * found.conf_low, scale * found.conf_high, decimals)
    return f"{plain(scale * found.estimate, decimals)} {ends}"

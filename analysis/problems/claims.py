"""Claims of the study, graded by a rule and benchmarks that are declared in a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from pydantic import model_validator

from analysis.estimates.group_share import GroupShare
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.spread import Spread
from analysis.settings import Settings, read_settings

DECLARED = Path("data") / "claims.yaml"
Problem = Literal["inclusion", "exit", "path", "rigidity", "motivation"]
Grade = Literal["not measured", "not found", "weak", "moderate", "strong"]


class Words(Settings):
    """What the text says at each grade."""

    not_found: str
    weak: str
    moderate: str
    strong: str


class Declared(Settings):
    """A claim before it is measured: figures above `harmless` make a problem, above `serious` a grave one."""

    problem: Problem
    claim: str
    figure: str
    unit: str
    decimals: int = 2
    harmless: float
    serious: float
    because: str
    words: Words

    @model_validator(mode="after")
    def in_order(self) -> "Declared":
        """What is grave is more than what is harmless."""
        if not self.harmless < self.serious:
            raise ValueError(f"harmless ({self.harmless}) must be below serious ({self.serious})")
        return self


class DeclaredClaims(Settings):
    """The content of the file: claims by key."""

    claims: dict[str, Declared]


@dataclass(frozen=True, slots=True)
class Measured:
    """The figure of a claim with its 95% interval, in the unit that the file declares."""

    value: float
    low: float
    high: float
    n_obs: int


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


def declared_claims(root: Path, problem: Problem | None = None) -> dict[str, Declared]:
    """Return all claims or those of one problem; raises `Faults` naming what the file gets wrong."""
    every = read_settings(root / DECLARED, DeclaredClaims).claims
    return {key: claim for key, claim in every.items() if problem in (None, claim.problem)}


def grade(found: Measured | NotApplicable, declared: Declared) -> Grade:
    """Return the grade of a claim by where its 95% interval lies.

    Strong: wholly above `serious`. Moderate: wholly above `harmless`. Weak: the figure is above `harmless`
    but its interval is not. Not found: the figure is at `harmless` or below. Where there is no problem, a
    claim is graded above weak in at most one of forty samples.
    """
    if isinstance(found, NotApplicable):
        return "not measured"
    if found.low > declared.serious:
        return "strong"
    if found.low > declared.harmless:
        return "moderate"
    return "weak" if found.value > declared.harmless else "not found"


def measured_spread(spread: Spread) -> Measured:
    """Return a spread as the figure of a claim."""
    return Measured(spread.value, spread.low, spread.high, spread.n_groups)


def measured_share(share: GroupShare) -> Measured:
    """Return a share of variance as the figure of a claim."""
    return Measured(share.value, share.low, share.high, share.n_obs)


def measured_figure(found: HasInterval, n_obs: int) -> Measured:
    """Return any estimate as the figure of a claim."""
    return Measured(found.estimate, found.conf_low, found.conf_high, n_obs)

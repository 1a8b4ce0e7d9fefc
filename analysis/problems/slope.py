"""A slope or difference with its interval."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope or difference with its 95% interval."""

    value: float
    low: float
    high: float
    n_obs: int

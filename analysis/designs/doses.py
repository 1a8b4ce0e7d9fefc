"""Effects by dose: rows of one dose, and the test of what they have in common."""

from dataclasses import dataclass

from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.results import Estimate


@dataclass(frozen=True, slots=True)
class DoseRow:
    """The effect of doses above `low` up to `high`, `mean` on average; all three None for a single slope."""

    key: str
    estimate: Estimate
    low: float | None = None
    high: float | None = None
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class DoseEffect:
    """Effects by one dose; `test` is of proportionality or equality where there are bins."""

    key: str
    rows: tuple[DoseRow, ...]
    test: TestResult | NotApplicable | None = None


Doses = tuple[DoseEffect | NotApplicable, ...]

"""Results of tests: a statistic with its null, or the reason why the test does not apply."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TestResult:
    """A test statistic with its null hypothesis and its distribution under it, e.g. `F(3, 489)`."""

    __test__ = False

    name: str
    null: str
    statistic: float
    df: int
    p_value: float
    distribution: str


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A quantity that these data cannot give, with the reason."""

    name: str
    reason: str

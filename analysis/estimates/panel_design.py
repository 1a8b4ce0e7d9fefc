"""The design of a panel regression: which columns play which part, and which effects are removed."""

from dataclasses import dataclass
from typing import Literal

HouseholdEffects = Literal["none", "random", "correlated", "fixed"]
PeriodEffects = Literal["none", "common", "by_group"]

HOUSEHOLD_WORDS: dict[HouseholdEffects, str] = {
    "none": "pooled",
    "random": "random effects",
    "correlated": "correlated random effects",
    "fixed": "household effects",
}
PERIOD_WORDS: dict[PeriodEffects, str] = {
    "none": "",
    "common": "year effects",
    "by_group": "group-by-year effects",
}


@dataclass(frozen=True, slots=True)
class PanelDesign:
    """Column names; `clusters=None` asks for classical errors, `group` is for group-by-year effects."""

    entity: str
    period: str
    treatments: tuple[str, ...]
    controls: tuple[str, ...] = ()
    clusters: str | None = None
    group: str | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """Treatments and controls, in the order in which they are reported."""
        return self.treatments + self.controls

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns that identify a row and what it belongs to."""
        named = (self.entity, self.period, self.clusters, self.group)
        return tuple(dict.fromkeys(name for name in named if name is not None))


@dataclass(frozen=True, slots=True)
class Specification:
    """How differences between households and between periods are taken out of the regression."""

    household: HouseholdEffects
    period: PeriodEffects

    @property
    def name(self) -> str:
        """The field's name of the estimator, e.g. `household and year effects`."""
        household, period = HOUSEHOLD_WORDS[self.household], PERIOD_WORDS[self.period]
        if not period:
            return household
        if self.household == "fixed":
            return f"household and {period}"
        return f"{household} with {period}"


HOUSEHOLD_YEAR = Specification("fixed", "common")
LADDER = (
    Specification("none", "common"),
    Specification("random", "common"),
    Specification("correlated", "common"),
    Specification("fixed", "none"),
    HOUSEHOLD_YEAR,
    Specification("fixed", "by_group"),
)

"""What the designs of one instrument give: estimates, paths over event time, checks of what they rest on."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.results import Estimate
from analysis.region_file import Instrument


@dataclass(frozen=True, slots=True)
class DesignEstimate:
    """One effect by one design; `primary` marks the design that the text quotes.

    `key` names it within its instrument, `says` in one clause what is compared with what. `detectable` is the
    effect that would be found with probability 0.8; `refused` is the reason why the effect is not shown,
    empty where it is.
    """

    key: str
    label: str
    says: str
    estimate: Estimate
    detectable: float
    primary: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class EventPath:
    """Effects by years since an event: `rows` has `event_time, estimate, conf_low, conf_high`."""

    key: str
    label: str
    rows: pd.DataFrame = field(repr=False)


@dataclass(frozen=True, slots=True)
class Check:
    """One figure about what an estimate rests on; `unit` is that of a number of the registry."""

    key: str
    label: str
    value: float
    unit: str
    says: str
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class InstrumentDesigns:
    """All designs of one instrument; `missing` are those that these records do not allow, with the reason."""

    instrument: Instrument
    estimates: tuple[DesignEstimate, ...]
    paths: tuple[EventPath, ...] = ()
    checks: tuple[Check, ...] = ()
    missing: tuple[NotApplicable, ...] = ()

    @property
    def primary(self) -> DesignEstimate | None:
        """The primary estimate on the outcome itself, None where no design supports one."""
        return next((found for found in self.estimates if found.primary), None)


def path_rows(estimates: Iterable[Estimate]) -> pd.DataFrame:
    """Return estimates whose terms are event times as the rows of a path."""
    return pd.DataFrame(
        [
            {
                "event_time": float(estimate.term.removeprefix("event time ")),
                "estimate": estimate.estimate,
                "conf_low": estimate.conf_low,
                "conf_high": estimate.conf_high,
            }
            for estimate in estimates
        ]
    )

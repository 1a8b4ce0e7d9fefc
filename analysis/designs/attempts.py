"""An estimate, or why these records do not give it."""

from collections.abc import Callable
from typing import TypeVar

from analysis.estimates.hypotheses import NotApplicable
from analysis.faults import Faults

Found = TypeVar("Found")


def attempted(name: str, make: Callable[[], Found]) -> Found | NotApplicable:
    """Return what `make` returns; the first fault that it raises becomes the reason for nothing."""
    try:
        return make()
    except Faults as faults:
        return not_applicable(name, faults)


def not_applicable(name: str, faults: Faults) -> NotApplicable:
    """Return the first of several faults as a reason."""
    first = faults.faults[0]
    return NotApplicable(name, f"{first.where}: {first.found}")

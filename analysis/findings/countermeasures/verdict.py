"""The verdict on a countermeasure: what its simulation supports, and no more."""

from typing import Literal

from analysis.countermeasures.drawn import Drawn
from analysis.estimates.hypotheses import NotApplicable

Verdict = Literal["supported", "uncertain", "not supported", "not measured"]


def verdict(gain: Drawn | NotApplicable, *, refuted: bool = False) -> Verdict:
    """Return the verdict by where the 95% interval of the gain lies.

    Supported: wholly above zero. Uncertain: only the figure is above zero. Not supported: the figure is at
    zero or below, or a test that the measure rests on speaks against it (`refuted`). Not measured: the
    records do not tell.
    """
    if refuted:
        return "not supported"
    if isinstance(gain, NotApplicable):
        return "not measured"
    if gain.low > 0:
        return "supported"
    return "uncertain" if gain.value > 0 else "not supported"

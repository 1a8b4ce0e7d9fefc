"""The verdict on a countermeasure: what its simulation supports, and no more than the claims it rests on."""

from collections.abc import Collection
from typing import Literal

from analysis.countermeasures.drawn import Drawn
from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.claims import Grade

Verdict = Literal["supported", "uncertain", "not supported", "not measured"]


def verdict(
    gain: Drawn | NotApplicable, *, rests_on: Collection[Grade] = (), refuted: bool = False
) -> Verdict:
    """Return the verdict by where the 95% interval of the gain lies, and by the claims that it rests on.

    Supported: the interval is wholly above zero and every claim is graded above weak. Uncertain: the figure
    is above zero. Not supported: the figure is at zero or below, a claim is not found, or a test speaks
    against it (`refuted`). Not measured: the records do not tell the gain or a claim.
    """
    if refuted or "not found" in rests_on:
        return "not supported"
    if isinstance(gain, NotApplicable) or "not measured" in rests_on:
        return "not measured"
    if gain.value <= 0:
        return "not supported"
    return "supported" if gain.low > 0 and "weak" not in rests_on else "uncertain"

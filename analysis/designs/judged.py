"""An estimate with its power, refused where the design could not find the largest plausible effect."""

from analysis.designs.kinds import DesignEstimate
from analysis.estimates.inference.refusal import Hopeless, judge_estimate
from analysis.estimates.results import Estimate


def judged_estimate(
    key: str, label: str, says: str, estimate: Estimate, plausible: float, *, primary: bool = False
) -> DesignEstimate:
    """Return the estimate as a design's, refused if its smallest detectable effect exceeds `plausible`."""
    verdict = judge_estimate(estimate, plausible=plausible)
    refused = "too few data" if isinstance(verdict, Hopeless) else ""
    return DesignEstimate(
        key, label, says, estimate, verdict.mde.value, primary=primary and not refused, refused=refused
    )

"""What a trend before an event, or a break after it, would do to the mean effect of a path."""

from analysis.designs.sensitivity_kinds import Threat, Tried
from analysis.estimates.effects import SEED
from analysis.estimates.sensitivity.event_study import EventStudy
from analysis.estimates.sensitivity.honest import relative_magnitudes, smoothness
from analysis.estimates.sensitivity.pretrend_power import detected_trend

POWERS = (0.5, 0.8)


def mean_after(key: str, label: str, study: EventStudy) -> Threat:
    """Return the mean effect of a path, to which the figures about its trends belong."""
    return Threat(key, label, study.effect, "outcome", "what the figures below are to be compared with")


def power_of_leads(study: EventStudy) -> Tried:
    """Return the linear trends that the leads show with given power, and the bias that each would cause."""
    found = []
    for power in POWERS:
        at, trend = f"{power:.0%}", detected_trend(study, power)
        found += [
            Threat(
                f"trend.slope{at[:-1]}",
                f"Linear trend that the leads show in {at} of samples",
                trend.slope,
                "slope",
                "a smaller one would mostly pass unseen",
            ),
            Threat(
                f"trend.bias{at[:-1]}",
                "Bias that this trend would cause, of either sign",
                trend.bias_after_passing,
                "outcome",
                "given that no lead is significant",
            ),
        ]
    return tuple(found)


def breaks(study: EventStudy, key: str, seen: str) -> Tried:
    """Return the largest violations of parallel trends after the event at which zero is still excluded."""
    step = relative_magnitudes(study, seed=SEED, bounds=())
    bend = smoothness(study, bounds=())
    return (
        Threat(
            f"break.step{key}",
            f"Largest step after the event, in steps before it, {seen}",
            step.breakdown,
            "multiple",
            "beyond it the interval holds zero",
        ),
        Threat(
            f"break.bend{key}",
            f"Largest yearly bend of the trend, {seen}",
            bend.breakdown,
            "slope",
            "beyond it the interval holds zero",
        ),
    )

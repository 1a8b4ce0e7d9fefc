"""Words about the motivation of officials that follow from where intervals lie."""

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.rank_correlation import RankCorrelation
from analysis.findings.formats import plain
from analysis.problems.motivation import Motivation
from analysis.problems.motivation_scale import Scale
from analysis.problems.motivation_work import WATCHED

RELIABLE = 0.7
"""Reliability from which on a scale is usually taken to be good enough for research (Nunnally 1978)."""


def texts(found: Motivation) -> dict[str, str]:
    """Return the words that follow from where intervals lie."""
    told = {"motivation_watched": plain(WATCHED), "motivation_open": open_words(found)}
    if isinstance(found.agreement, RankCorrelation):
        told["motivation_agree"] = agreement_words(found.agreement)
    if isinstance(found.scale, Scale) and not isinstance(found.scale.reliability, NotApplicable):
        alpha = found.scale.reliability.alpha
        told["motivation_reliable"] = reliability_words(alpha.conf_low, alpha.conf_high)
    return told


def reliability_words(low: float, high: float) -> str:
    """Return whether the scale is reliable by the usual measure."""
    usual = f"{plain(RELIABLE, 1)}, from which on a scale is usually taken to be good enough for research"
    if low >= RELIABLE:
        return f"The interval lies above {usual}."
    if high < RELIABLE:
        return f"The interval lies below {usual}: the score is not read as one motivation."
    return f"The interval holds {usual}: these answers leave open whether this one is."


def agreement_words(ranks: RankCorrelation) -> str:
    """Return whether the two orders run together."""
    if ranks.conf_low > 0:
        return "Where officials score themselves higher, their villages judge them better."
    if ranks.conf_high < 0:
        return "Where officials score themselves higher, their villages judge them worse."
    return "Whether the two run together, these points do not tell."


def open_words(found: Motivation) -> str:
    """Return how many intervals of correlations with the villages' judgement leave the sign open."""
    known = [pair.view for pair in found.associations if isinstance(pair.view, RankCorrelation)]
    sure = sum(ranks.conf_low > 0 or ranks.conf_high < 0 for ranks in known)
    return (
        f"Of {plain(len(known))} intervals for the villages' judgement, {plain(len(known) - sure)} leave "
        "open whether the two run together or against each other."
    )

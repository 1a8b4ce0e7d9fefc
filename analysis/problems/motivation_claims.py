"""The figures of claims about the motivation of officials."""

from analysis.estimates.group_share import GroupShare
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.shares import Share
from analysis.problems.claims import Measured, measured_share, measured_spread
from analysis.problems.motivation import Motivation


def claims_of(found: Motivation) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim with its interval, or why there is none."""
    scale, views, delays = found.scale, found.views, found.delays
    return {
        "officials_inactive": views
        if isinstance(views, NotApplicable)
        else measured_part(views.dissatisfied),
        "officials_differ": views if isinstance(views, NotApplicable) else between_share(views.between),
        "officials_rate_low": scale
        if isinstance(scale, NotApplicable)
        else measured_part(scale.below_middle),
        "measures_differ": delays if isinstance(delays, NotApplicable) else between_spread(delays.between),
        "delay_follows_view": delay_follows(found),
    }


def measured_part(share: Share) -> Measured:
    """Return a share of some answers as the figure of a claim."""
    return Measured(share.value, share.low, share.high, share.n)


def between_share(between: GroupShare | NotApplicable) -> Measured | NotApplicable:
    """Return the share of variance between townships."""
    return between if isinstance(between, NotApplicable) else measured_share(between)


def between_spread(between: GroupShare | NotApplicable) -> Measured | NotApplicable:
    """Return the spread between townships."""
    return between if isinstance(between, NotApplicable) else measured_spread(between.spread)


def delay_follows(found: Motivation) -> Measured | NotApplicable:
    """Return how far the months to the first measure fall with the villages' judgement."""
    for part in (found.views, found.delays):
        if isinstance(part, NotApplicable):
            return part
    (ranks,) = (pair.view for pair in found.associations if pair.outcome == "months")
    if isinstance(ranks, NotApplicable):
        return ranks
    return Measured(-ranks.estimate, -ranks.conf_high, -ranks.conf_low, ranks.n_obs)

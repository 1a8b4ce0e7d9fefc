"""Numbers about the motivation of officials that the text asks for."""

from collections.abc import Iterator

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.rank_correlation import RankCorrelation
from analysis.findings.disclosure import average_number, share_number
from analysis.findings.kinds import Number
from analysis.problems.motivation import Motivation
from analysis.problems.motivation_scale import Reliability, Scale
from analysis.problems.motivation_views import Views
from analysis.problems.motivation_work import WATCHED, Delays


def numbers(found: Motivation) -> Iterator[Number]:
    """Yield the numbers of every part that is measured."""
    if not isinstance(found.scale, NotApplicable):
        yield from scale_numbers(found.scale)
    if not isinstance(found.views, NotApplicable):
        yield from view_numbers(found.views)
    if not isinstance(found.delays, NotApplicable):
        yield from delay_numbers(found.delays)
    if "late" in found.rules:
        late = found.rules["late"]
        yield share_number("motivation.late", late.found, late.rule, late.among)
    if isinstance(found.agreement, RankCorrelation):
        yield agreement_number(found.agreement)


def agreement_number(ranks: RankCorrelation) -> Number:
    """Return how the order by officials' own score agrees with that by their villages."""
    return Number(
        "motivation.agreement",
        ranks.estimate,
        "Rank correlation of officials' own score with the mean answer of their villages",
        "correlation",
        2,
        low=ranks.conf_low,
        high=ranks.conf_high,
        n_obs=ranks.n_obs,
        estimator="Spearman, interval of Bonett and Wright (2000)",
    )


def scale_numbers(scale: Scale) -> Iterator[Number]:
    """Yield the mean of the scale and its reliability."""
    label = "Mean of the motivation items"
    yield Number("motivation.score", scale.scores.mean(), label, "points of five", 1, n_obs=len(scale.scores))
    if isinstance(scale.reliability, Reliability):
        for name, made, estimator in (
            ("alpha", scale.reliability.alpha, "Cronbach's alpha, interval of Feldt (1965)"),
            ("omega", scale.reliability.omega, "McDonald's omega, bootstrap over officials"),
        ):
            yield Number(
                f"motivation.{name}",
                made.estimate,
                "Reliability of the scale of motivation",
                "share of variance",
                2,
                low=made.conf_low,
                high=made.conf_high,
                n_obs=made.n_obs,
                estimator=estimator,
            )


def view_numbers(views: Views) -> Iterator[Number]:
    """Yield what villages say, and what those that did not answer could change."""
    label = "Mean answer of villages about township officials"
    yield average_number("motivation.view", views.average, label, "points of five")
    answered = views.dissatisfied.n
    yield Number("motivation.asked", views.n_asked, "Villages asked", "villages")
    yield Number("motivation.answered", answered, "Villages that answered", "villages")
    silent = "Villages that did not answer"
    yield Number("motivation.silent", views.n_asked - answered, silent, "villages")
    for name, value, who in (("least", views.least, "satisfied"), ("most", views.most, "not satisfied")):
        label = f"Share of dissatisfied villages if all that did not answer were {who}"
        yield Number(f"motivation.{name}", value, label, "share", 0, n_obs=views.n_asked)


def delay_numbers(delays: Delays) -> Iterator[Number]:
    """Yield how long households wait, and who could not be followed."""
    label = f"Months from alert to first measure, {WATCHED} where there was none by then"
    yield average_number("motivation.months", delays.average, label, "months")
    for name, count, what in (
        ("followed", delays.average.n, "Households followed from their alert"),
        ("recent", delays.recent, f"Households with an alert of the last {WATCHED} months, not followed"),
        ("unhelped", delays.unhelped, "Households followed without a measure to this day"),
        ("lost", delays.lost, "Households that left the records without a measure"),
    ):
        yield Number(f"motivation.{name}", count, what, "households")


def cost_numbers(found: Motivation) -> Iterator[Number]:
    """Yield the mean months of the quickest and of the slowest township, drawn towards the others."""
    if isinstance(found.delays, NotApplicable) or isinstance(found.delays.between, NotApplicable):
        return
    spread, typical = found.delays.between.spread, found.delays.typical
    for name, at in (("quickest", int(spread.means.argmin())), ("slowest", int(spread.means.argmax()))):
        yield Number(
            f"motivation.{name}",
            typical + float(spread.means[at]),
            f"Mean months from alert to first measure in the {name} township",
            "months",
            1,
            low=typical + float(spread.lows[at]),
            high=typical + float(spread.highs[at]),
            n_obs=spread.n_groups,
            estimator="random-effects mean, drawn towards the other townships as far as chance explains",
        )

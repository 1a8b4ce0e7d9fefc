"""Motivation of officials: what they and their villages say, what they do, and whether these run together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.means import mean
from analysis.estimates.rank_correlation import RankCorrelation, rank_correlation
from analysis.panel.build import Panel
from analysis.problems.motivation_answers import SEED, Scale, Views, scale_of, views_of
from analysis.problems.motivation_work import Delays, delays_of, posts_wrong, removals_wrong

OUTCOMES = ("months", "late", "visits", "posts_wrong", "removals_wrong", "below_line")
"""Columns of a township: of what officials do, then of how households fare."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Townships' own scores against the mean answers of their villages, one point a township."""

    ranks: RankCorrelation
    difference: IndexEstimate


@dataclass(frozen=True, slots=True)
class Association:
    """How an outcome of townships runs with the villages' view and with the officials' own score."""

    outcome: str
    view: RankCorrelation | NotApplicable
    score: RankCorrelation | NotApplicable


@dataclass(frozen=True, slots=True)
class Motivation:
    """All that is measured; `townships` has one row a `township_code`, without anybody's own answers."""

    scale: Scale | NotApplicable
    views: Views | NotApplicable
    delays: Delays | NotApplicable
    agreement: Agreement | NotApplicable
    townships: pd.DataFrame = field(repr=False)
    associations: tuple[Association, ...]


def measure_motivation(panel: Panel, tables: Mapping[str, pd.DataFrame]) -> Motivation:
    """Return what the records and questionnaires of a region allow."""
    scale, views, delays = scale_of(tables), views_of(tables), delays_of(panel)
    townships = townships_of(panel, tables, views, delays)
    held = townships.assign(**({} if isinstance(scale, NotApplicable) else {"score": scale.scores}))
    return Motivation(
        scale=scale,
        views=views,
        delays=delays,
        agreement=agreement_of(held),
        townships=townships,
        associations=tuple(
            Association(outcome, correlated(held, "view", outcome), correlated(held, "score", outcome))
            for outcome in OUTCOMES
            if outcome in held
        ),
    )


def townships_of(
    panel: Panel,
    tables: Mapping[str, pd.DataFrame],
    views: Views | NotApplicable,
    delays: Delays | NotApplicable,
) -> pd.DataFrame:
    """Return one row a township, in the order of codes, with the columns that are known."""
    parts = []
    answers = tables.get("township_questionnaire")
    if not isinstance(views, NotApplicable):
        parts.append(views.by_township)
    if answers is not None and "visits_per_month" in answers:
        parts.append(answers.set_index("township_code")[["visits_per_month"]].set_axis(["visits"], axis=1))
    if not isinstance(delays, NotApplicable):
        parts.append(delays.by_township)
    for name, found in (("posts", posts_wrong(panel, tables)), ("removals", removals_wrong(panel))):
        if not isinstance(found, NotApplicable):
            parts.append(found.set_axis([f"{name}_checked", f"{name}_wrong"], axis="columns"))
    if {"below_line", "township_code"} <= set(panel.frame):
        last = panel.study[panel.study["year"] == panel.study["year"].max()]
        parts.append(last.groupby("township_code")[["below_line"]].mean())
    return pd.concat(parts, axis="columns").sort_index() if parts else pd.DataFrame()


def correlated(townships: pd.DataFrame, rating: str, outcome: str) -> RankCorrelation | NotApplicable:
    """Return the rank correlation over townships, where both columns are known."""
    if not {rating, outcome} <= set(townships):
        return NotApplicable(outcome, "not asked")
    return attempted(outcome, lambda: rank_correlation(townships, rating, outcome, seed=SEED))


def agreement_of(townships: pd.DataFrame) -> Agreement | NotApplicable:
    """Return how townships' own scores agree with the answers of their villages."""
    if not {"score", "view"} <= set(townships):
        return NotApplicable("motivation_agreement", "township officials and villages were not both asked")
    both = townships.assign(difference=townships["score"] - townships["view"])
    return attempted(
        "motivation_agreement",
        lambda: Agreement(
            ranks=rank_correlation(both, "score", "view", seed=SEED), difference=mean(both, "difference")
        ),
    )

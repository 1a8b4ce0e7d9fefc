"""Motivation of officials: what they and their villages say, what they do, and whether these run together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.rank_correlation import RankCorrelation, rank_correlation
from analysis.panel.build import Panel
from analysis.problems.audit import Violation
from analysis.problems.motivation_outcomes import Cells, outcomes_of
from analysis.problems.motivation_scale import SEED, Scale, scale_of
from analysis.problems.motivation_views import Views, views_of
from analysis.problems.motivation_work import Delays, delays_of
from analysis.region import Region

MISSING = {
    "view": "villages were not asked about township officials",
    "score": "too few township officials were asked about their motivation",
}


@dataclass(frozen=True, slots=True)
class Association:
    """How an outcome of townships runs with the villages' view and with the officials' own score."""

    outcome: str
    view: RankCorrelation | NotApplicable
    score: RankCorrelation | NotApplicable


@dataclass(frozen=True, slots=True, eq=False)
class Motivation:
    """All that is measured; what these records cannot give is there with its reason.

    `outcomes` are those of townships by name and township code, `visits` a month as townships state them;
    neither holds anybody's answers about motivation. `rules` are audit rules of diligence by name.
    """

    scale: Scale | NotApplicable
    views: Views | NotApplicable
    delays: Delays | NotApplicable
    agreement: RankCorrelation | NotApplicable
    outcomes: Mapping[str, Cells] = field(repr=False)
    visits: pd.Series = field(repr=False)
    associations: tuple[Association, ...]
    rules: Mapping[str, Violation] = field(repr=False)


def measure_motivation(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> Motivation:
    """Return what the records and questionnaires of a region allow."""
    scale, views, delays = scale_of(tables), views_of(tables), delays_of(panel.frame)
    found, visits = outcomes_of(panel, tables, region), visits_of(tables)
    first: dict[str, Cells] = {} if isinstance(delays, NotApplicable) else {"months": delays.townships}
    outcomes = first | dict(found.cells)
    points = points_of(scale, views, outcomes, visits)
    named = [*outcomes, *(["visits"] if len(visits) else [])]
    return Motivation(
        scale=scale,
        views=views,
        delays=delays,
        agreement=correlated(points, "score", "view"),
        outcomes=outcomes,
        visits=visits,
        associations=tuple(
            Association(name, correlated(points, "view", name), correlated(points, "score", name))
            for name in named
        ),
        rules=found.rules,
    )


def visits_of(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Return visits to households a month by township code, empty where townships were not asked."""
    answers = tables.get("township_questionnaire")
    if answers is None or "visits_per_month" not in answers:
        return pd.Series(dtype=float)
    return answers.set_index(answers["township_code"].astype(str))["visits_per_month"].dropna()


def points_of(
    scale: Scale | NotApplicable,
    views: Views | NotApplicable,
    outcomes: Mapping[str, Cells],
    visits: pd.Series,
) -> pd.DataFrame:
    """Return one row a township with what is known of it: `score`, `view`, `visits`, outcomes."""
    every = dict(outcomes) if isinstance(views, NotApplicable) else {"view": views.townships, **outcomes}
    columns = [
        pd.Series({code: cell.value for code, cell in cells.items()}, name=name, dtype=float)
        for name, cells in every.items()
    ]
    columns += [visits.rename("visits")] if len(visits) else []
    columns += [] if isinstance(scale, NotApplicable) else [scale.scores]
    return pd.concat(columns, axis="columns") if columns else pd.DataFrame()


def correlated(points: pd.DataFrame, rating: str, outcome: str) -> RankCorrelation | NotApplicable:
    """Return the rank correlation over townships, where both columns are known."""
    for name in (rating, outcome):
        if name not in points:
            return NotApplicable(outcome, MISSING.get(name, "the records do not tell"))
    return attempted(outcome, lambda: rank_correlation(points, rating, outcome, seed=SEED))

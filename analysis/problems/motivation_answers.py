"""What officials say about themselves, and what villages say about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
from scipy import stats

from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.means import mean
from analysis.estimates.one_way import OneWay, one_way
from analysis.estimates.scales.alpha import Alpha, Item, cronbach_alpha, item_analysis
from analysis.estimates.scales.omega import Omega, mcdonald_omega
from analysis.problems.disclosure import FEWEST

Tables = Mapping[str, pd.DataFrame]
ITEMS = ("motivation_1", "motivation_2", "motivation_3", "motivation_4")
VIEW = "officials_active"
LOWEST, MIDDLE, HIGHEST = 1, 3, 5
SEED = 5


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of few, with the exact interval of Clopper and Pearson (1934)."""

    estimate: float
    conf_low: float
    conf_high: float
    n_obs: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of motivation: its reliability, its items, who scores below its middle.

    `scores` has one mean a `township_code`. It is one person's answer and is not published by township.
    """

    alpha: Alpha
    omega: Omega
    items: tuple[Item, ...]
    below_middle: Proportion
    scores: pd.Series = field(repr=False)


@dataclass(frozen=True, slots=True)
class Views:
    """What villages say of their township's officials, 1 to 5.

    `by_township` has `asked, answered, view` by `township_code`, `view` the mean answer. `least` and `most`
    are the share of dissatisfied villages if those that did not answer were all satisfied, or all not.
    Every township is there: intervals of means are about other villages of the same townships.
    """

    average: IndexEstimate
    dissatisfied: IndexEstimate
    between: OneWay
    asked: int
    answered: int
    least: float
    most: float
    by_township: pd.DataFrame = field(repr=False)


def scale_of(tables: Tables) -> Scale | NotApplicable:
    """Return the scale of motivation of township officials."""
    answers = tables.get("township_questionnaire")
    if answers is None or not set(ITEMS) <= set(answers):
        return NotApplicable("motivation_scale", "township officials were not asked about their motivation")
    complete = answers.dropna(subset=list(ITEMS))
    if len(complete) < FEWEST:
        reason = f"fewer than {FEWEST} officials answered, too few to be published"
        return NotApplicable("motivation_scale", reason)
    scores = complete.set_index("township_code")[list(ITEMS)].mean(axis="columns")
    low = stats.binomtest(int((scores < MIDDLE).sum()), len(scores))
    ends = low.proportion_ci(0.95, method="exact")
    return attempted(
        "motivation_scale",
        lambda: Scale(
            alpha=cronbach_alpha(answers, ITEMS),
            omega=mcdonald_omega(answers, ITEMS, seed=SEED),
            items=item_analysis(answers, ITEMS, lowest=LOWEST, highest=HIGHEST),
            below_middle=Proportion(low.statistic, float(ends.low), float(ends.high), len(scores)),
            scores=scores.rename("score"),
        ),
    )


def views_of(tables: Tables) -> Views | NotApplicable:
    """Return what villages say; a village of the records without an answer is counted as asked."""
    answers = tables.get("village_questionnaire")
    if answers is None or VIEW not in answers:
        return NotApplicable("motivation_views", "villages were not asked about township officials")
    rows = answers.dropna(subset=[VIEW]).assign(dissatisfied=lambda rows: (rows[VIEW] < MIDDLE).astype(float))
    by_township = rows.groupby("township_code").agg(answered=(VIEW, "size"), view=(VIEW, "mean"))
    by_township = by_township.assign(asked=villages_asked(tables, answers)).astype({"asked": int})
    asked, answered, bad = int(by_township["asked"].sum()), len(rows), rows["dissatisfied"].sum()
    return attempted(
        "motivation_views",
        lambda: Views(
            average=mean(rows, VIEW),
            dissatisfied=mean(rows, "dissatisfied"),
            between=one_way(rows, VIEW, "township_code"),
            asked=asked,
            answered=answered,
            least=bad / asked,
            most=(bad + asked - answered) / asked,
            by_township=by_township,
        ),
    )


def villages_asked(tables: Tables, answers: pd.DataFrame) -> pd.Series:
    """Return how many villages each township has in records or answers."""
    key = ["township_code", "village_code"]
    households = tables["households"]
    known = [answers[key], *([households[key]] if set(key) <= set(households) else [])]
    return pd.concat(known).drop_duplicates("village_code").groupby("township_code").size()

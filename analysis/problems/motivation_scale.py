"""What township officials say about their own motivation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.codebook import SMALLEST
from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.scales.alpha import Alpha, Item, cronbach_alpha, item_analysis
from analysis.estimates.scales.omega import Omega, mcdonald_omega
from analysis.estimates.shares import Share, share_of

ITEMS = ("motivation_1", "motivation_2", "motivation_3", "motivation_4")
LOWEST, MIDDLE, HIGHEST = 1, 3, 5
SEED = 5


@dataclass(frozen=True, slots=True)
class Reliability:
    """Whether the items measure one thing: alpha, omega, and each item."""

    alpha: Alpha
    omega: Omega
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """The scale of motivation: how many score below its middle, and how reliable it is.

    `scores` has one mean a `township_code`. It is one person's answer and is not published by township.
    """

    below_middle: Share
    reliability: Reliability | NotApplicable
    scores: pd.Series = field(repr=False)


def scale_of(tables: Mapping[str, pd.DataFrame]) -> Scale | NotApplicable:
    """Return the scale of those who answered every item; of too few nothing is published."""
    name, answers = "what officials say", tables.get("township_questionnaire")
    if answers is None or not set(ITEMS) <= set(answers):
        return NotApplicable(name, "township officials were not asked about their motivation")
    complete = answers.dropna(subset=list(ITEMS))
    if len(complete) < SMALLEST:
        return NotApplicable(name, f"fewer than {SMALLEST} officials answered, too few to be published")
    codes = complete["township_code"].astype(str)
    scores = complete.set_index(codes)[list(ITEMS)].mean(axis="columns").rename("score")
    return Scale(
        below_middle=share_of(scores < MIDDLE),
        reliability=attempted("reliability", lambda: reliability_of(complete)),
        scores=scores,
    )


def reliability_of(answers: pd.DataFrame) -> Reliability:
    """Return alpha, omega and items; raises `Faults` where an item is answered alike by all."""
    return Reliability(
        alpha=cronbach_alpha(answers, ITEMS),
        omega=mcdonald_omega(answers, ITEMS, seed=SEED),
        items=item_analysis(answers, ITEMS, lowest=LOWEST, highest=HIGHEST),
    )

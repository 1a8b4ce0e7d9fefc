"""What villages say about the officials of their township."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.group_share import GroupShare, group_share
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.shares import Share, share_of
from analysis.problems.average import Average, average_of
from analysis.problems.motivation_scale import MIDDLE

VIEW = "officials_active"
PLACE = ["township_code", "village_code"]


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """What villages say of their township's officials, 1 to 5.

    `dissatisfied` is the share below the middle, with as many independent answers as townships give; `least`
    and `most` are what it would be if those that did not answer were all satisfied, or all not. `asked` are
    villages by township code, also where none answered; `townships` are the mean answers.
    """

    average: Average
    dissatisfied: Share
    between: GroupShare | NotApplicable
    asked: pd.Series = field(repr=False)
    townships: Mapping[str, Average] = field(repr=False)

    @property
    def n_asked(self) -> int:
        """Number of villages that were asked."""
        return int(self.asked.sum())

    @property
    def least(self) -> float:
        """The share of the dissatisfied if nobody else was."""
        return self.dissatisfied.yes / self.n_asked

    @property
    def most(self) -> float:
        """The share of the dissatisfied if everybody else was."""
        return (self.dissatisfied.yes + self.n_asked - self.dissatisfied.n) / self.n_asked


def views_of(tables: Mapping[str, pd.DataFrame]) -> Views | NotApplicable:
    """Return what villages say; a village of the records without an answer is counted as asked."""
    name, answers = "what villages say", tables.get("village_questionnaire")
    if answers is None or VIEW not in answers:
        return NotApplicable(name, "villages were not asked about township officials")
    known = answers.dropna(subset=[VIEW])
    if known.empty:
        return NotApplicable(name, "no village answered about township officials")
    towns = known["township_code"].astype(str)
    asked = villages_asked(tables, answers)
    means = {code: average_of(own) for code, own in known[VIEW].groupby(towns)}
    return Views(
        average=average_of(known[VIEW]),
        dissatisfied=share_of(known[VIEW] < MIDDLE, towns),
        between=attempted(name, lambda: group_share(known, outcome=VIEW, group="township_code", like=())),
        asked=asked,
        townships={str(code): means.get(str(code), average_of(known[VIEW].iloc[:0])) for code in asked.index},
    )


def villages_asked(tables: Mapping[str, pd.DataFrame], answers: pd.DataFrame) -> pd.Series:
    """Return how many villages each township has in records or answers."""
    households = tables["households"]
    known = [answers[PLACE], *([households[PLACE]] if set(PLACE) <= set(households) else [])]
    every = pd.concat(known).astype(str).drop_duplicates("village_code")
    return every.groupby("township_code").size()

"""A synthetic county in memory: tables in the names of the codebook, and the effects that happened."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.codebook import Codebook
from analysis.region import Region
from analysis.synthetic.effects import Effect, realised
from analysis.synthetic.history import History, unfold
from analysis.synthetic.ledgers import beneficiary_ledger, post_ledger, project_ledger, subsidy_ledger
from analysis.synthetic.questionnaires import township_answers, village_answers
from analysis.synthetic.records import household_records, member_records
from analysis.synthetic.setting import Setting, setting_of
from analysis.synthetic.streams import Streams
from analysis.synthetic.truth import Truth


@dataclass(frozen=True, slots=True)
class County:
    """Tidy tables by their names in the codebook, the realised effects, and what they came from."""

    truth: Truth
    tables: dict[str, pd.DataFrame]
    effects: tuple[Effect, ...]
    setting: Setting
    history: History

    def effect(self, instrument: str, outcome: str = "income_total") -> float:
        """Return the realised effect of an instrument on an outcome, per unit of its treatment."""
        return next(
            effect.value
            for effect in self.effects
            if (effect.instrument, effect.outcome, effect.event_year) == (instrument, outcome, None)
        )


def silent(step: str) -> None:
    """Show nothing."""


def draw_county(
    truth: Truth, codebook: Codebook, region: Region, progress: Callable[[str], None] = silent
) -> County:
    """Draw a county; the same truth gives the same county."""
    streams = Streams(truth.seed)
    setting = setting_of(truth, region, streams)
    history = unfold(setting, truth, streams, progress)
    tables = {
        "households": household_records(setting, history, codebook, streams),
        "members": member_records(setting, codebook),
        "subsidies": subsidy_ledger(setting, history, codebook),
        "projects": project_ledger(setting, codebook),
        "beneficiaries": beneficiary_ledger(setting, codebook),
        "posts": post_ledger(setting, history, codebook),
        "township_questionnaire": township_answers(setting, truth, codebook, streams),
        "village_questionnaire": village_answers(setting, history, truth, codebook, streams),
    }
    return County(truth, tables, realised(setting, history), setting, history)

"""The sample flow: how many rows and households each step left, and why the others went."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the flow; `rows` and `households` are what is left after it."""

    name: str
    rows: int
    households: int
    rows_dropped: int


@dataclass(frozen=True, slots=True)
class Flow:
    """All steps in order."""

    steps: tuple[Step, ...]

    def then(self, name: str, frame: pd.DataFrame) -> "Flow":
        """Return the flow with one more step, `frame` being what is left."""
        before = self.steps[-1].rows if self.steps else len(frame)
        step = Step(name, len(frame), frame["household_id"].nunique(), before - len(frame))
        return Flow((*self.steps, step))

"""Spells out of a state: from an exit that is seen, period by period, to the return or the last row."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import plain, where
from analysis.estimates.panel_sample import codes, complete_rows
from analysis.estimates.results import Dropped
from analysis.estimates.transitions import check_keys
from analysis.faults import Fault, Faults

SPELL, DURATION, RETURN = "spell", "duration", "return"


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """One row a spell and period at risk, with all columns of the table and three more.

    `spell` counts spells from 0; `duration` is periods since the last one in the state, 1 in the
    first at risk of return; `return` is 1 in the row in which the entity is in the state again.
    """

    rows: pd.DataFrame
    state: str
    n_spells: int
    n_returns: int
    n_entities: int
    dropped: tuple[Dropped, ...]


def refuse_states(frame: pd.DataFrame, state: str) -> None:
    """Raise `Faults` for a state that is not 0 and 1, and for columns named like those added."""
    faults = [
        Fault(where(name), "the name is that of a column added", "another name", "rename the column")
        for name in (SPELL, DURATION, RETURN)
        if name in frame.columns
    ]
    values = set(frame[state].dropna().unique().tolist())
    if values != {0, 1}:
        shown = ", ".join(map(str, sorted(values, key=str)[:5]))
        faults.append(Fault(where(state), f"values {shown}", "0 and 1, both present", "recode it"))
    if faults:
        raise Faults(faults)


def at_risk(rows: pd.DataFrame, entity: str, position: str, state: str) -> pd.DataFrame:
    """Return the rows at risk with spell, duration and return; `position` numbers the periods.

    An exit is a row out of the state right after one in it; the exit row itself is not at risk. A
    gap ends the spell without a return.
    """
    ordered = rows.sort_values([entity, position], kind="stable", ignore_index=True)
    by_entity = ordered.groupby(entity, observed=True, sort=False)
    follows = (ordered[position] - by_entity[position].shift()) == 1
    inside = ordered[state] == 1
    was_inside = by_entity[state].shift() == 1
    starts = follows & was_inside & ~inside
    breaks = ~follows | (was_inside & inside) | starts
    run = breaks.cumsum()
    exit_run = starts.groupby(run).transform("first")
    duration = ordered.groupby(run).cumcount()
    kept = exit_run & (duration > 0)
    found = ordered[kept].copy()
    found[SPELL] = np.unique(run[kept], return_inverse=True)[1]
    found[DURATION] = duration[kept]
    found[RETURN] = inside[kept].astype("int64")
    return found


def spells(frame: pd.DataFrame, *, entity: str, period: str, state: str) -> Spells:
    """Return the periods at risk of return to a state (0 or 1, e.g. poor) after exits from it.

    Who is out of the state in the first row has no exit that is seen and is not at risk; nor is who
    exits in the last. An entity may have several spells. Adjacent periods are those of the table.
    Raises `Faults` for states other than 0 and 1 and if no exit is followed by another row.
    """
    frame = plain(frame)
    check_keys(frame, entity, period, (state,))
    refuse_states(frame, state)
    position = "position of the period"
    numbered = frame.assign(**{position: codes(frame[period])})
    rows, dropped = complete_rows(numbered, (state,))
    found = at_risk(rows, entity, position, state).drop(columns=position)
    if found.empty:
        mend = "add years: a return needs a row in the state, one out of it, and one more"
        raise Faults([Fault(where(state), "no exit with a later row", "one or more", mend)])
    dropped.append(Dropped("not at risk of return", len(rows) - len(found)))
    return Spells(
        rows=found,
        state=state,
        n_spells=int(found[SPELL].nunique()),
        n_returns=int(found[RETURN].sum()),
        n_entities=int(found[entity].nunique()),
        dropped=tuple(dropped),
    )

"""The shortest time after which groups let anything happen, from the first time that it did."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.difference import binary
from analysis.estimates.panel_sample import codes, complete_rows, refuse_empty
from analysis.estimates.regressors import Floats
from analysis.estimates.spread import Spread, spread_between
from analysis.faults import Fault, Faults

ROUNDS = 25
CLOSE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class EarliestSpread:
    """The spread of shortest times between `groups`; `first_seen` is the first event of each, inf if none."""

    groups: tuple[object, ...]
    spread: Spread
    first_seen: Floats
    n_events: int


def earliest_spread(
    frame: pd.DataFrame, *, elapsed: str, event: str, kind: str, group: str, longest: int
) -> EarliestSpread:
    """Return how far groups differ in the shortest time to an event, one row an entity and period at risk.

    Before its shortest time s a group has no event; from it on the hazard is `h_kind`, the same in all
    groups. So s is at most the first event, and less likely the more rows without event precede it:
    `l(s) = sum over rows with elapsed >= s of event log h + (1 - event) log(1 - h)`, minus infinity past
    the first event. Hazards and the normal law of s over groups are fitted in turn. Rows after `longest`
    are not used. Raises `Faults` for unfit columns.
    """
    frame = plain(frame)
    if faults := column_faults(frame, (elapsed, event), (kind, group)):
        raise Faults(faults)
    binary(frame, event)
    complete, dropped = complete_rows(frame[[elapsed, event, kind, group]], (elapsed, event))
    refuse_empty(complete, dropped)
    refuse_times(complete, elapsed)
    rows = complete[complete[elapsed] <= longest]
    grid = np.arange(longest + 1, dtype=float)
    groups = tuple(sorted(rows[group].unique(), key=str))
    events, others = counts_from(rows, elapsed, event, kind, group, longest)
    weights = np.full((len(groups), len(grid)), 1 / len(grid))
    weights[events.sum(axis=1) < events.sum(axis=1)[:, :1]] = 0.0
    for _ in range(ROUNDS):
        hazards = hazards_of(events, others, weights)
        spread = spread_between(likelihood(events, others, hazards)[None], grid)
        change = np.abs(hazards_of(events, others, spread.weights) - hazards).max()
        weights = spread.weights
        if change < CLOSE:
            break
    first = rows[rows[event] == 1].groupby(group, observed=True)[elapsed].min()
    seen = np.array([float(first.get(name, np.inf)) for name in groups])
    return EarliestSpread(groups, spread, seen, int(rows[event].sum()))


def refuse_times(rows: pd.DataFrame, elapsed: str) -> None:
    """Raise `Faults` for times that are not whole numbers from 0."""
    wrong = rows[elapsed][(rows[elapsed] < 0) | (rows[elapsed] % 1 != 0)]
    if len(wrong):
        found = f"{wrong.iloc[0]:g} and {len(wrong) - 1} more"
        raise Faults([Fault(where(elapsed), found, "whole numbers from 0", "count whole periods")])


def counts_from(
    rows: pd.DataFrame, elapsed: str, event: str, kind: str, group: str, longest: int
) -> tuple[Floats, Floats]:
    """Return rows with and without event from each time on, groups by kinds by times."""
    names = sorted(rows[group].unique(), key=str)
    places = pd.Series(range(len(names)), index=names)
    kinds = codes(rows[kind])
    found = []
    for value in (1, 0):
        here = (rows[event] == value).to_numpy()
        counts = np.zeros((len(names), kinds.max() + 1, longest + 1))
        times = rows[elapsed].to_numpy(dtype=int)
        where = (rows[group].map(places).to_numpy(dtype=int)[here], kinds[here], times[here])
        np.add.at(counts, where, 1.0)
        found.append(counts[:, :, ::-1].cumsum(axis=2)[:, :, ::-1])
    return found[0], found[1]


def hazards_of(events: Floats, others: Floats, weights: Floats) -> Floats:
    """Return the hazard of each kind over rows from shortest times that are as likely as `weights`."""
    happened = (events * weights[:, None, :]).sum(axis=(0, 2))
    not_happened = (others * weights[:, None, :]).sum(axis=(0, 2))
    return (happened + 0.5) / (happened + not_happened + 1)


def likelihood(events: Floats, others: Floats, hazards: Floats) -> Floats:
    """Return the log likelihood of every shortest time, groups by times."""
    value = np.einsum("gkt,k->gt", events, np.log(hazards))
    value += np.einsum("gkt,k->gt", others, np.log1p(-hazards))
    every = events.sum(axis=1)
    return np.where(every < every[:, :1], -np.inf, value)

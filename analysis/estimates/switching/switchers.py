"""Switchers against stayers with the same past dose: the effect of a dose that goes up and down.

Of the kept libraries, diff-diff 3.13 counts every switch but has no clusters, no doses and no error for
panels with several switches an entity; moderndid 0.2 follows an entity to its first switch only.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_sample import codes, complete_rows, refuse_empty
from analysis.estimates.results import Dropped, Estimate, Inference, estimate_of
from analysis.estimates.small_sample import Codes, influence_error, levels
from analysis.estimates.switching.moves import Moves, moves_of, usable_moves
from analysis.faults import Fault, Faults

ESTIMATOR = "switchers against stayers"
CORRECTION = "G/(G-1)"
DIRECTIONS = {"together": (1, -1), "in": (1,), "out": (-1,)}


@dataclass(frozen=True, slots=True)
class Switchers:
    """Effects in the period of the switch, per unit of dose, of switchers together, in and out.

    A comparison that has no switcher, or that lies in one cluster, is None. Placebos take the change
    before the switch, of switchers and stayers whose dose had not changed then either. `n_switchers`
    counts moves.
    """

    together: Estimate | None
    into: Estimate | None
    out: Estimate | None
    placebo: Estimate | None
    placebo_into: Estimate | None
    placebo_out: Estimate | None
    n_switchers: int
    dropped: tuple[Dropped, ...]


def contributions(moves: Moves) -> tuple[float, np.ndarray]:
    """Return the estimate and each move's influence on it.

    With `r` the change less the mean change of stayers in its cell, `s` the sign and `|D|` the size of
    a switch, `b = sum s r / sum |D|`, and a stayer carries the weight of its cell's switchers, shared.
    """
    stays, sign = moves.size == 0, np.sign(moves.size)
    n_stayers = np.bincount(moves.cell, stays)
    mean = np.bincount(moves.cell, np.where(stays, moves.change, 0.0)) / n_stayers
    beyond = moves.change - mean[moves.cell]
    total = float(np.abs(moves.size).sum())
    estimate = float((sign * beyond).sum()) / total
    share = np.bincount(moves.cell, sign) / n_stayers
    weight = np.where(stays, -share[moves.cell], sign)
    return estimate, (weight * beyond - estimate * np.abs(moves.size)) / total


def effect_of(moves: Moves, term: str, outcome: str, clusters: str, level: float) -> Estimate | None:
    """Return the effect of usable moves with its clustered error; None if nobody switches."""
    if not (moves.size != 0).any():
        return None
    estimate, influence = contributions(moves)
    error, n_clusters = influence_error(influence, moves.clusters)
    if n_clusters < 2:
        return None
    inference = Inference(
        n_obs=len(moves.size),
        n_entities=len(np.unique(moves.entity)),
        n_clusters=n_clusters,
        df_resid=n_clusters - 1,
        clusters=clusters,
        correction=CORRECTION,
        level=level,
        n_treated_clusters=levels(moves.clusters[moves.size != 0]),
    )
    return estimate_of(
        term,
        estimate,
        error,
        inference,
        outcome=outcome,
        estimator=ESTIMATOR,
        engine="house",
    )


def check_switching(frame: pd.DataFrame, numbers: tuple[str, ...], keys: tuple[str, ...]) -> None:
    """Raise `Faults` with all that keeps these rows from a comparison of moves.

    `keys` begin with entity, period and clusters.
    """
    entity, period, clusters, *_ = keys
    faults = column_faults(
        frame, numbers, keys, outcomes=numbers[:1], once=(entity, period), clusters=clusters
    )
    if not faults and frame[period].nunique() < 2:
        faults.append(Fault(where(period), "a single period", "two periods or more", "add the other years"))
    if faults:
        raise Faults(faults)


def directed(moves: Moves, directions: tuple[int, ...]) -> Moves:
    """Return stayers and the switchers in the directions (1 up, -1 down) that have stayers to compare."""
    return usable_moves(moves.where(np.isin(np.sign(moves.size), (0, *directions))))


def group_codes(rows: pd.DataFrame, group: str | None) -> Codes:
    """Return codes of the groups within which switchers are compared."""
    return np.zeros(len(rows), dtype=np.int64) if group is None else codes(rows[group])


def moves_of_rows(
    rows: pd.DataFrame, outcome: str, dose: str, entity: str, period: str, clusters: str, group: str | None
) -> Moves:
    """Return the moves between consecutive periods of complete rows in any order."""
    ordered = rows.sort_values([entity, period], kind="stable")
    return moves_of(
        outcome=ordered[outcome].to_numpy(dtype=np.float64),
        dose=ordered[dose].to_numpy(dtype=np.float64),
        entity=codes(ordered[entity]),
        period=codes(ordered[period]),
        group=group_codes(ordered, group),
        clusters=codes(ordered[clusters]),
    )


def count_switchers(moves: Moves, dose: str) -> int:
    """Return the number of switches that have a stayer; raises `Faults` if there is none."""
    found = int((usable_moves(moves).size != 0).sum())
    if not found:
        mend = "see the counts of dropped rows; use bins of the dose"
        nobody = "no switcher with a stayer to compare"
        raise Faults([Fault(where(dose), nobody, "switchers and stayers", mend)])
    return found


def switchers(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    entity: str,
    period: str,
    clusters: str,
    group: str | None = None,
    level: float = 0.95,
) -> Switchers:
    """Return DID_M: changes of switchers less those of stayers with the same dose in the period before.

    Moves between consecutive periods are compared within period, past dose, and `group` if one is named;
    all moves of an entity count, by size, so that the effect is in units of the outcome per unit of dose.
    It asks for parallel trends of those with the same past dose, and that earlier doses no longer act (de
    Chaisemartin and D'Haultfoeuille 2020). Errors are those of the influence function, summed by cluster.
    Rows without outcome or dose, and switchers without a stayer, are counted in `dropped`. Raises
    `Faults` if nobody switches.
    """
    frame, named = plain(frame), () if group is None else (group,)
    check_switching(frame, (outcome, dose), (entity, period, clusters, *named))
    rows, dropped = complete_rows(frame, (outcome, dose))
    refuse_empty(rows, dropped)
    moves = moves_of_rows(rows, outcome, dose, entity, period, clusters, group)
    n_switchers = count_switchers(moves, dose)
    lost = int((moves.size != 0).sum()) - n_switchers
    if lost:
        dropped.append(Dropped("switcher without a stayer of the same past dose", lost))
    by_name: dict[str, Estimate | None] = {}
    for name, direction in DIRECTIONS.items():
        for when, of in (("", moves), ("placebo ", moves.before())):
            term = f"{when}{dose} ({name})"
            by_name[f"{when}{name}"] = effect_of(directed(of, direction), term, outcome, clusters, level)
    return Switchers(
        together=by_name["together"],
        into=by_name["in"],
        out=by_name["out"],
        placebo=by_name["placebo together"],
        placebo_into=by_name["placebo in"],
        placebo_out=by_name["placebo out"],
        n_switchers=n_switchers,
        dropped=tuple(dropped),
    )

"""Lines found on one half of the entities and used on the other, so that the search spoils no inference."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.discontinuity.break_line import (
    LineColumns,
    Lines,
    complete_decisions,
    lines_in,
)
from analysis.estimates.panel_sample import codes
from analysis.estimates.results import Dropped, Estimate, Inference, Omitted, estimate_of
from analysis.estimates.small_sample import levels

CORRECTION = "G/(G-1), clustered by entity"


@dataclass(frozen=True, slots=True, eq=False)
class CrossFit:
    """Two sets of lines, and for every row the line found without its entity.

    `assigned` and `half` (0 or 1) have the index of the frame, missing where the row was dropped or
    the other half found no line. `strengths` has an estimate a group, its term the group: the rate of
    the decision below the assigned line less that above it, free of the search. `first` are the lines
    found in half 0, used in half 1; `second` the reverse.
    """

    first: Lines
    second: Lines
    assigned: pd.Series
    half: pd.Series
    strengths: tuple[Estimate, ...]
    refused: tuple[Omitted, ...]
    dropped: tuple[Dropped, ...]
    seed: int


def halves(entity: pd.Series, seed: int) -> pd.Series:
    """Return 0 or 1 by row, equal within an entity, each for half of the entities at random."""
    own = codes(entity)
    n = int(own.max()) + 1
    drawn = np.random.default_rng(seed).permutation(n) % 2
    return pd.Series(drawn[own], index=entity.index)


def strength(group: object, rows: pd.DataFrame, names: LineColumns, level: float) -> Estimate | Omitted:
    """Return the rate below the assigned line less that above, errors clustered by entity."""
    below = (rows[names.running] < rows["assigned"]).to_numpy()
    decision = rows[names.decision].to_numpy(dtype=np.float64)
    entity = codes(rows[names.entity])
    n_entities = levels(entity)
    if below.all() or not below.any() or n_entities < 3:
        return Omitted(
            str(group), f"{int(below.sum())} of {len(rows)} row(s) below the line of the other half"
        )
    rate = np.where(below, decision[below].mean(), decision[~below].mean())
    weight = np.where(below, 1 / below.sum(), -1 / (~below).sum())
    scores = np.bincount(entity, weight * (decision - rate))
    error = float(np.sqrt(n_entities / (n_entities - 1) * np.square(scores).sum()))
    inference = Inference(
        n_obs=len(rows),
        n_entities=n_entities,
        n_clusters=n_entities,
        df_resid=n_entities - 1,
        clusters=names.entity,
        correction=CORRECTION,
        level=level,
        n_treated_clusters=levels(entity[below]),
    )
    return estimate_of(
        str(group),
        float((weight * decision).sum()),
        error,
        inference,
        outcome=names.decision,
        estimator="jump at the line of the other half",
        engine="house",
    )


def cross_fit_lines(
    frame: pd.DataFrame,
    *,
    decision: str,
    running: str,
    group: str,
    entity: str,
    seed: int,
    least: int = 10,
    level: float = 0.95,
) -> CrossFit:
    """Return the lines of two random halves of the entities, each used on the other half.

    With `running - assigned` as running variable a discontinuity at 0 has ordinary inference, since no
    entity helped to find the line it is compared with (Card, Mas and Rothstein 2008, section III; both
    halves used, as in Chernozhukov et al. 2018). Arguments and `Faults` are those of `find_lines`.
    """
    names = LineColumns(decision, running, group, entity)
    rows, dropped = complete_decisions(frame, names, least)
    half = halves(rows[entity], seed)
    first, second = (lines_in(rows[half == k], names, least, level) for k in (0, 1))
    own = rows[group].astype(object)
    line = own.map(second.by_group()).where(half == 0, own.map(first.by_group()))
    rows = rows.assign(assigned=line.astype("float64"))
    found = [
        strength(label, own, names, level)
        for label, own in rows.dropna(subset=["assigned"]).groupby(group, observed=True)
    ]
    everywhere = range(len(frame))
    return CrossFit(
        first=first,
        second=second,
        assigned=rows["assigned"].reindex(everywhere).set_axis(frame.index),
        half=half.reindex(everywhere).set_axis(frame.index),
        strengths=tuple(each for each in found if isinstance(each, Estimate)),
        refused=(
            *first.refused,
            *second.refused,
            *(each for each in found if isinstance(each, Omitted)),
        ),
        dropped=dropped,
        seed=seed,
    )

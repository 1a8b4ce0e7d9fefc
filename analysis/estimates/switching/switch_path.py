"""The path of effects since the first switch of a dose, with placebos before it.

Of the kept libraries, moderndid 0.2 leaves the sign of switches down, so that its effects in and out
cancel, and diff-diff 3.13 refuses entities that enter late and clusters wider than an entity.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import plain, where
from analysis.estimates.panel_sample import codes, complete_rows, refuse_empty
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped, Estimate, Inference, estimate_of
from analysis.estimates.small_sample import influence_error, levels
from analysis.estimates.switching.first_switches import (
    Bools,
    Comparison,
    Direction,
    FirstSwitches,
    compare,
    first_switches,
)
from analysis.estimates.switching.switchers import CORRECTION, check_switching, group_codes
from analysis.faults import Fault, Faults

ESTIMATOR = "first switch against not yet switched"
Scale = Literal["switch", "dose"]


@dataclass(frozen=True, slots=True)
class SwitchPath:
    """Effects by period since the first switch, terms `+0`, `+1` ..., placebos `-2`, `-3` ... (base `-1`).

    Horizons that no switcher with a comparison reaches are not listed. `average` is the effect on all
    listed periods after the switch over the changes of dose in them: per unit of dose. `n_switchers` has
    one number an effect.
    """

    effects: tuple[Estimate, ...]
    placebos: tuple[Estimate, ...]
    average: Estimate
    n_switchers: tuple[int, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reporting:
    """What turns contributions into estimates."""

    switches: FirstSwitches
    outcome: str
    clusters: str
    level: float

    def estimate(self, term: str, weighted: Floats, divisor: Floats, part: Bools, moves: Bools) -> Estimate:
        """Return `sum weighted / sum divisor` with the error of its influence function, by cluster."""
        total = float(divisor.sum())
        ratio = float(weighted.sum()) / total
        influence = ((weighted - ratio * divisor) / total)[part]
        error, n_clusters = influence_error(influence, self.switches.clusters[part])
        if n_clusters < 2:
            found, mend = f"a single cluster takes part in {term!r}", "ask for fewer effects and placebos"
            raise Faults([Fault(where(self.clusters), found, "two clusters or more", mend)])
        inference = Inference(
            n_obs=int(part.sum()),
            n_entities=int(part.sum()),
            n_clusters=n_clusters,
            df_resid=n_clusters - 1,
            clusters=self.clusters,
            correction=CORRECTION,
            level=self.level,
            n_treated_clusters=levels(self.switches.clusters[moves]),
        )
        return estimate_of(
            term, ratio, error, inference, outcome=self.outcome, estimator=ESTIMATOR, engine="house"
        )

    def at(self, term: str, found: Comparison, scale: Scale) -> Estimate:
        """Return the effect of one horizon, by switch or by dose since."""
        divisor = found.switches.astype(np.float64) if scale == "switch" else found.since
        return self.estimate(term, found.weighted, divisor, found.takes_part, found.switches)

    def average(self, term: str, found: list[Comparison]) -> Estimate:
        """Return the effect over several horizons per unit of dose."""
        return self.estimate(
            term,
            np.sum([one.weighted for one in found], axis=0),
            np.sum([one.dose for one in found], axis=0),
            np.logical_or.reduce([one.takes_part for one in found]),
            np.logical_or.reduce([one.switches for one in found]),
        )


def switches_of_rows(
    rows: pd.DataFrame, outcome: str, dose: str, entity: str, period: str, clusters: str, group: str | None
) -> tuple[FirstSwitches, int]:
    """Return the first switches of complete rows, and how many rows a crossing leaves out."""
    return first_switches(
        outcome=rows[outcome].to_numpy(dtype=np.float64),
        dose=rows[dose].to_numpy(dtype=np.float64),
        entity=codes(rows[entity]),
        period=codes(rows[period]),
        group=group_codes(rows, group),
        clusters=codes(rows[clusters]),
    )


def refuse_moving(rows: pd.DataFrame, entity: str, columns: tuple[str, ...]) -> None:
    """Raise `Faults` for columns that change within entities."""
    several = rows.groupby(entity)[list(columns)].nunique().gt(1).sum()
    mend = "use the value of each entity's first period"
    faults = [
        Fault(where(str(column)), f"{n} entities with several values", "one value an entity", mend)
        for column, n in several.items()
        if n
    ]
    if faults:
        raise Faults(faults)


def reached(after: list[Comparison], dose: str, direction: Direction) -> list[int]:
    """Return the periods after the switch that switchers reach; raises `Faults` if there is none."""
    seen = [step for step, found in enumerate(after) if found.switches.any()]
    if not seen:
        found = f"no switcher ({direction}) with a comparison of the same first dose"
        mend = "choose another direction, use bins of the dose, or add periods"
        raise Faults([Fault(where(dose), found, "switchers and stayers", mend)])
    return seen


def switch_path(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    entity: str,
    period: str,
    clusters: str,
    group: str | None = None,
    effects: int = 3,
    placebos: int = 2,
    direction: Direction = "together",
    scale: Scale = "switch",
    level: float = 0.95,
) -> SwitchPath:
    """Return DID_l: outcomes since the first switch less those of entities of the same first dose.

    `Y_{F-1+l} - Y_{F-1}` of entities that first switch in `F`, less the mean of those that started with
    the same dose (in the same `group`) and have not switched by then; switches down with their sign
    turned: the path as lived, switches back included, against staying at the first dose. Placebos are
    `Y_{F-1-l} - Y_{F-1}` of the same comparison (de Chaisemartin and D'Haultfoeuille 2024). Rows after a
    dose crosses its first value are left out, as there. `scale` `dose` divides by the dose accumulated
    since the switch. Errors are those of the influence function, summed by cluster.
    Raises `Faults` as `switchers` does, and for entities that change cluster or group.
    """
    frame, named = plain(frame), () if group is None else (group,)
    check_switching(frame, (outcome, dose), (entity, period, clusters, *named))
    rows, dropped = complete_rows(frame, (outcome, dose))
    refuse_empty(rows, dropped)
    refuse_moving(rows, entity, (clusters, *named))
    switches, crossed = switches_of_rows(rows, outcome, dose, entity, period, clusters, group)
    if crossed:
        dropped.append(Dropped("dose on the other side of its first value", crossed))
    after = [compare(switches, direction, step + 1, lead=False) for step in range(effects)]
    before = [compare(switches, direction, step + 1, lead=True) for step in range(placebos)]
    seen = reached(after, dose, direction)
    report = Reporting(switches, outcome, clusters, level)
    return SwitchPath(
        effects=tuple(report.at(f"{step:+d}", after[step], scale) for step in seen),
        placebos=tuple(report.at(f"{-k - 2:+d}", x, scale) for k, x in enumerate(before) if x.switches.any()),
        average=report.average(dose, [after[step] for step in seen]),
        n_switchers=tuple(int(after[step].switches.sum()) for step in seen),
        dropped=tuple(dropped),
    )

"""The sample of a rule-driven change of dose: columns without entity, cell and exposure effects."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.cluster_scores import nested_clusters
from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, complete_rows, take_sample
from analysis.estimates.regressors import TOLERANCE, Floats, dummies, entity_means, independent, lengths
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import Codes, Correction, correction_for
from analysis.faults import Fault, Faults

BY_GROUP = Specification("fixed", "by_group")


@dataclass(frozen=True, slots=True)
class RuleDesign:
    """Column names; `exposure` is constant in entities, `factor` in group-periods."""

    dose: str
    exposure: str
    factor: str
    entity: str
    period: str
    group: str
    clusters: str
    controls: tuple[str, ...] = ()

    @property
    def instrument(self) -> str:
        """The name of exposure times factor."""
        return f"{self.exposure} × {self.factor}"


@dataclass(frozen=True, slots=True, eq=False)
class Partialled:
    """Columns without effects and controls.

    `columns` is n by outcome, doses and instruments; `within` is n by k, the independent columns that
    were taken out besides entity effects, themselves without entity means; `n_terms` counts those that
    are not dummies of cells.
    """

    sample: PanelSample
    columns: pd.DataFrame
    within: Floats
    n_terms: int
    clusters: Codes
    dropped: tuple[Dropped, ...]

    def correction(self, n_doses: int) -> Correction:
        """Return the house's correction of a regression on doses that are not in `within`."""
        return correction_for(
            self.sample.n_obs, self.n_terms + n_doses, self.sample.effects, self.sample.clusters
        )


def constant_faults(frame: pd.DataFrame, column: str, keys: list[str], what: str) -> list[Fault]:
    """Return a fault if a column takes several values within the cells of the keys."""
    spread = frame.groupby(keys, observed=True)[column].agg(["min", "max"])
    moving = int((spread["max"] - spread["min"] > 1e-9 * spread["max"].abs().clip(lower=1)).sum())
    if not moving:
        return []
    return [
        Fault(
            where(column),
            f"{moving} {what} with several values",
            f"one value in each of {what}",
            mend_of(what),
        )
    ]


def mend_of(what: str) -> str:
    """Return how a column becomes constant."""
    if what == "entities":
        return "take the value of a period before the rule changes: at_base(...)"
    return "take the rule's factor: rule_factors(...)"


def check_rule(frame: pd.DataFrame, outcome: str, design: RuleDesign) -> None:
    """Raise `Faults` for columns that are unknown or not numeric, and for a rule that is none."""
    numbers = (outcome, design.dose, design.exposure, design.factor, *design.controls)
    keys = (design.entity, design.period, design.group, design.clusters)
    once = (design.entity, design.period)
    faults = column_faults(frame, numbers, keys, once=once, clusters=design.clusters)
    if not faults:
        faults = [
            *constant_faults(frame, design.exposure, [design.entity], "entities"),
            *constant_faults(frame, design.factor, [design.group, design.period], "group-periods"),
        ]
    if not faults and frame[design.group].nunique() < 2:
        mend = "name groups whose rules change differently"
        faults.append(Fault(where(design.group), "a single group", "two groups or more", mend))
    if faults:
        raise Faults(faults)


def outside(columns: Floats, within: Floats) -> Floats:
    """Return what least squares on `within` leaves of columns, n by m."""
    if not within.shape[1]:
        return columns
    return columns - within @ np.linalg.lstsq(within.T @ within, within.T @ columns, rcond=None)[0]


def partial_out(
    sample: PanelSample, kept: tuple[str, ...], controls: tuple[str, ...], by_period: tuple[str, ...]
) -> Partialled:
    """Take entity effects, cells, controls, and `by_period` columns times period dummies out of `kept`.

    Entity means are taken out first, then the rest by least squares (Frisch-Waugh-Lovell).
    """
    period = dummies(sample.period, "period").to_numpy()
    parts = [] if sample.cells is None else [dummies(sample.cells, "cell").to_numpy()]
    n_cells = sum(part.shape[1] for part in parts)
    parts += [sample.values[[term]].to_numpy() for term in controls]
    parts += [sample.values[[column]].to_numpy() * period for column in by_period]
    matrix = np.column_stack(parts)
    demeaned = matrix - entity_means(matrix, sample.entity)
    is_kept = independent(demeaned, lengths(matrix))
    within = demeaned[:, is_kept]
    raw = sample.values[list(kept)].to_numpy()
    left = outside(raw - entity_means(raw, sample.entity), within)
    return Partialled(
        sample=sample,
        columns=pd.DataFrame(left, columns=list(kept)),
        within=within,
        n_terms=int(is_kept[n_cells:].sum()),
        clusters=nested_clusters(sample),
        dropped=sample.dropped,
    )


def refuse_absorbed(
    partialled: Partialled,
    columns: tuple[str, ...],
    by: str = "entity, group-by-period and exposure-by-period effects",
) -> None:
    """Raise `Faults` naming the columns of which effects and controls leave nothing."""
    faults = [
        Fault(
            where(column),
            f"absorbed by {by}",
            "a rule that changes differently between groups, and exposure that differs within them",
            "check the factor by group and period",
        )
        for column in columns
        if np.linalg.norm(partialled.columns[column])
        <= 10 * TOLERANCE * np.linalg.norm(partialled.sample.values[column])
    ]
    if faults:
        raise Faults(faults)


def with_instrument(
    frame: pd.DataFrame, design: RuleDesign, others: tuple[str, ...]
) -> tuple[pd.DataFrame, tuple[Dropped, ...]]:
    """Return the rows that have exposure, factor and other columns, with the instrument, and counts."""
    rows, dropped = complete_rows(frame, (design.exposure, design.factor, *others))
    return rows.assign(**{design.instrument: rows[design.exposure] * rows[design.factor]}), tuple(dropped)


def rule_sample(frame: pd.DataFrame, outcome: str, design: RuleDesign) -> Partialled:
    """Return outcome, dose and instrument without effects, controls and exposure-by-period effects."""
    frame = plain(frame)
    check_rule(frame, outcome, design)
    rows, unexposed = with_instrument(frame, design, ())
    panel = PanelDesign(
        entity=design.entity,
        period=design.period,
        treatments=(design.dose, design.instrument),
        controls=(*design.controls, design.exposure),
        clusters=design.clusters,
        group=design.group,
    )
    sample = take_sample(rows, outcome, panel, BY_GROUP)
    kept = (outcome, design.dose, design.instrument)
    partialled = partial_out(sample, kept, design.controls, (design.exposure,))
    refuse_absorbed(partialled, (design.instrument, design.dose))
    return replace(partialled, dropped=unexposed + sample.dropped)

"""What must hold of a panel before it is regressed on: every fault with its mend."""

from collections.abc import Iterator

import pandas as pd

from analysis.estimates.column_checks import (
    cluster_faults,
    column_faults,
    duplicate_faults,
    missing_faults,
    outcome_faults,
    plain,
    where,
)
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.faults import Fault, Faults


def key_faults(frame: pd.DataFrame, design: PanelDesign) -> Iterator[Fault]:
    """Yield faults of identifiers: missing, an entity twice in one period, a single cluster."""
    yield from missing_faults(frame, design.keys)
    yield from duplicate_faults(frame, design.entity, design.period)
    yield from cluster_faults(frame, design.clusters)


def effect_faults(frame: pd.DataFrame, design: PanelDesign, specification: Specification) -> Iterator[Fault]:
    """Yield faults that make one specification impossible: one period, no group column."""
    mend = "use the pooled specification, or add the other years"
    if specification.household != "none" and frame[design.period].nunique() < 2:
        yield Fault(where(design.period), "a single period", "two periods or more", mend)
    elif specification.household != "none" and not frame[design.entity].duplicated().any():
        yield Fault(where(design.entity), "one row an entity", "entities seen in two periods or more", mend)
    if specification.period == "by_group" and design.group is None:
        yield Fault(
            "design, group",
            "None",
            "a column such as the township",
            "name the group, or choose year effects",
        )


def variation_faults(
    frame: pd.DataFrame, outcome: str, design: PanelDesign, specification: Specification
) -> Iterator[Fault]:
    """Yield one fault for an outcome or treatment that does not vary, overall or within entities."""
    changing = specification.household in ("fixed", "correlated")
    constant = list(outcome_faults(frame, (outcome,)))
    yield from constant
    some = frame[outcome].notna().any()
    if changing and some and not constant and not varies_within(frame[outcome], frame[design.entity]):
        mend = "use a comparison between entities (pooled or random effects)"
        yield Fault(where(outcome), "no variation within any entity", "an outcome that changes", mend)
    for column in design.treatments:
        values = frame[column].astype("float64")
        if values.nunique() < 2:
            share = "every row is treated" if (values.dropna() > 0).any() else "no row is treated"
            yield Fault(
                where(column),
                f"no variation: {share}",
                "treated and untreated rows",
                "add a comparison group, or leave this treatment out",
            )
        elif changing and not varies_within(values, frame[design.entity]):
            yield Fault(
                where(column),
                "no variation within any entity",
                "a treatment that changes over time for some entities",
                "use a comparison between entities (pooled or random effects)",
            )


def varies_within(values: pd.Series, entity: pd.Series) -> bool:
    """Say whether a column changes over time in at least one entity."""
    by_entity = values.groupby(entity)
    return bool((by_entity.transform("max") > by_entity.transform("min")).any())


def check_panel(frame: pd.DataFrame, outcome: str, design: PanelDesign, specification: Specification) -> None:
    """Raise `Faults` with everything that keeps this panel from this regression."""
    frame = plain(frame)
    once = (design.entity, design.period)
    faults = column_faults(frame, (outcome, *design.terms), design.keys, once=once, clusters=design.clusters)
    if not design.treatments:
        faults.append(Fault("design, treatments", "none", "one column or more", "name a treatment"))
    faults = faults or [*effect_faults(frame, design, specification)]
    faults = faults or [*variation_faults(frame, outcome, design, specification)]
    if faults:
        raise Faults(faults)

"""What must hold before one coefficient of a panel regression is tested by cluster."""

import pandas as pd

from analysis.estimates.column_checks import plain
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_sample import (
    PanelSample,
    cell_columns,
    complete_rows,
    take_sample,
    without_singletons,
)
from analysis.faults import Fault, Faults, did_you_mean


def tested_sample(
    frame: pd.DataFrame, outcome: str, design: PanelDesign, term: str, specification: Specification
) -> PanelSample:
    """Return the sample in which `term` is tested.

    Raises `Faults` as `fit_panel` does, without clusters, for a term that the design does not have,
    and for random effects, whose weights depend on all clusters at once.
    """
    check_panel(frame, outcome, design, specification)
    faults = []
    if term not in design.terms:
        mend = did_you_mean(term, design.terms)
        faults.append(Fault("design", f"no term {term!r}", ", ".join(design.terms), mend))
    if specification.household in ("random", "correlated"):
        faults.append(
            Fault("specification", specification.name, "pooled or household effects", "choose one of them")
        )
    if design.clusters is None:
        faults.append(Fault("design, clusters", "None", "a column such as the township", "name the clusters"))
    if faults:
        raise Faults(faults)
    return take_sample(frame, outcome, design, specification)


def cluster_labels(
    frame: pd.DataFrame, outcome: str, design: PanelDesign, specification: Specification
) -> pd.Index:
    """Return the label of each cluster code of the sample that `tested_sample` takes."""
    rows = complete_rows(plain(frame), (outcome, *design.terms))[0]
    if specification.household == "fixed":
        rows = without_singletons(rows, cell_columns(design, specification))
    return pd.Index(pd.factorize(rows[design.clusters], sort=True)[1])

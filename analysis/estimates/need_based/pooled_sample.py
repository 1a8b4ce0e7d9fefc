"""Rows of changes without the means of their cells: one difference a row, no entity effects."""

import numpy as np
import pandas as pd

from analysis.estimates.need_based.rule_sample import Partialled, outside
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.estimates.regressors import Floats, entity_means, independent, lengths
from analysis.estimates.small_sample import Codes, levels
from analysis.faults import Fault, Faults

STEP = "  step"


def pooled(group: str | None) -> Specification:
    """Return the specification of changes: effects of periods, or of group-by-period."""
    return Specification("none", "common" if group is None else "by_group")


def cells_of(sample: PanelSample) -> Codes:
    """Return the codes of the effects: of group-by-period where there are groups, else of periods."""
    return sample.period if sample.cells is None else sample.cells


def with_steps(frame: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the frame with the position of each period among the sorted distinct ones, as `STEP`."""
    return frame.assign(**{STEP: pd.factorize(frame[period], sort=True)[0]})


def shifted(rows: pd.DataFrame, entity: str, columns: list[str], by: int) -> pd.DataFrame:
    """Return columns as they are `by` periods later (earlier if negative), missing where there is no row.

    The result has the index of `rows`, which has steps.
    """
    key = [entity, STEP]
    other = rows[[*key, *columns]].assign(**{STEP: rows[STEP] - by})
    found = rows[key].merge(other, on=key, how="left", validate="one_to_one")[columns]
    return found.set_index(rows.index).astype("float64")


def left_over(sample: PanelSample, within: Floats, columns: Floats) -> Floats:
    """Return columns (n by m) without cell means and without `within`."""
    return outside(columns - entity_means(columns, cells_of(sample)), within)


def without_cells(sample: PanelSample, kept: tuple[str, ...], controls: tuple[str, ...]) -> Partialled:
    """Take the means of cells, and controls, out of columns; raises `Faults` without clusters."""
    if sample.clusters is None:
        raise Faults([Fault("design, clusters", "None", "a column such as the village", "name the clusters")])
    within = np.empty((sample.n_obs, 0))
    if controls:
        matrix = sample.values[list(controls)].to_numpy()
        demeaned = matrix - entity_means(matrix, cells_of(sample))
        within = demeaned[:, independent(demeaned, lengths(matrix))]
    left = left_over(sample, within, sample.values[list(kept)].to_numpy())
    n_terms = within.shape[1] + levels(cells_of(sample))
    columns = pd.DataFrame(left, columns=list(kept))
    return Partialled(sample, columns, within, n_terms, sample.clusters, sample.dropped)


def change_sample(rows: pd.DataFrame, kept: tuple[str, ...], design: PanelDesign) -> Partialled:
    """Return columns of changes, the outcome first, without cells and the controls not among them."""
    sample = take_sample(rows, kept[0], design, pooled(design.group))
    return without_cells(sample, kept, tuple(name for name in design.controls if name not in kept))

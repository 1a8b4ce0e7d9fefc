"""One effect under every specification declared beforehand, and how much of it hangs on the choice."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.estimates.regressors import Floats
from analysis.estimates.sensitivity.curve_columns import curve_panel
from analysis.estimates.sensitivity.curve_rows import columns_of, fit_group, groups_of
from analysis.estimates.sensitivity.specification_axes import Axes, Axis, choices
from analysis.faults import Fault, Faults, did_you_mean


@dataclass(frozen=True, slots=True)
class CurveSummary:
    """What the estimated specifications agree on; shares are of them, effects in the common unit."""

    n_specifications: int
    n_estimated: int
    median: float
    lowest: float
    highest: float
    share_same_sign: float
    share_significant: float
    share_significant_same_sign: float


@dataclass(frozen=True, slots=True, eq=False)
class SpecificationCurve:
    """All specifications of one effect, sorted by `effect`.

    `table` has one row a specification: its choices; `estimate`, `std_error`, `statistic`, `p_value`
    in units of its own outcome and dose; `effect`, `effect_low`, `effect_high` in `unit`; `n_obs`,
    `n_nonpositive` (rows of the sample that a logarithm loses), `n_clusters`, `n_treated_clusters`;
    and `note`, the reason where nothing is estimated, else empty. `influence` (specifications by
    clusters) are the clusters' contributions to the error of `estimate`: their squares add to the
    bare cluster-robust variance.
    """

    table: pd.DataFrame
    unit: str
    level: float
    clusters: str
    influence: Floats = field(repr=False)

    def only(self, axis: Axis, value: str) -> "SpecificationCurve":
        """Return the specifications with one value of an axis: two outcomes are two effects, not two choices.

        Raises `Faults` for a value that no specification has.
        """
        kept = (self.table[axis] == value).to_numpy()
        if not kept.any():
            known = sorted(self.table[axis].unique())
            raise Faults(
                [Fault(f"curve, {axis}", f"no {value!r}", ", ".join(known), did_you_mean(value, known))]
            )
        table = self.table[kept].reset_index(drop=True)
        return replace(self, table=table, influence=self.influence[kept])

    def summary(self) -> CurveSummary:
        """Return how far the specifications agree; the common sign is that of the median."""
        done = self.table[self.table["note"] == ""]
        median = float(done["effect"].median())
        same = np.sign(done["effect"]) == np.sign(median)
        significant = done["p_value"] < 1 - self.level
        return CurveSummary(
            n_specifications=len(self.table),
            n_estimated=len(done),
            median=median,
            lowest=float(done["effect"].min()),
            highest=float(done["effect"].max()),
            share_same_sign=float(same.mean()),
            share_significant=float(significant.mean()),
            share_significant_same_sign=float((significant & same).mean()),
        )


def specification_curve(
    frame: pd.DataFrame,
    axes: Axes,
    *,
    entity: str,
    period: str,
    clusters: str,
    group: str | None = None,
    level: float = 0.95,
) -> SpecificationCurve:
    """Estimate an effect under every specification of its axes.

    `frame` has one row an entity and period; `group` spans the cells of group-by-year effects. Each
    specification is `f(y)_it = b d_it + x_it'c + effects + e_it` with errors by `clusters`, the same
    as `fit_panel`'s; rows that miss a column it needs are left out of it. Simonsohn, Simmons and
    Nelson (2020). Raises `Faults` for unknown, missing, non-numeric and infinite columns, duplicated
    rows, a single cluster, group-by-year effects without `group`, and a sample without rows.
    """
    panel = curve_panel(frame, axes, entity=entity, period=period, clusters=clusters, group=group)
    every = choices(axes)
    columns = columns_of(panel, axes, every)
    with threadpool_limits(1, user_api="blas"):
        found = [
            each
            for (packed, _), members in groups_of(columns, every).items()
            for each in fit_group(panel, packed, members, columns, axes, level)
        ]
    table = pd.DataFrame([row for row, _ in found])
    order = table["effect"].argsort(kind="stable").to_numpy()
    return SpecificationCurve(
        table=table.iloc[order].reset_index(drop=True),
        unit=axes.unit,
        level=level,
        clusters=clusters,
        influence=np.vstack([influence for _, influence in found])[order],
    )

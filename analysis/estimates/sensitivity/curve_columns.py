"""Columns of a specification curve: outcomes, doses, controls and samples as their axes make them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimates.column_checks import column_faults, plain, repeated_faults, unknown_columns, where
from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import Floats
from analysis.estimates.sensitivity.specification_axes import Axes, Dose, Form, Lag, Rows, Tails
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults

Mask = NDArray[np.bool_]
SHARES: dict[Tails, float] = {"kept": 0.0, "winsorised 1%": 0.01, "winsorised 5%": 0.05, "trimmed 1%": 0.01}


@dataclass(frozen=True, slots=True, eq=False)
class CurvePanel:
    """A table sorted by entity and period with the codes of each row; `group_period` are cells."""

    frame: pd.DataFrame
    entity: Codes
    period: Codes
    clusters: Codes
    group_period: Codes | None

    @property
    def n_clusters(self) -> int:
        """Number of clusters."""
        return int(self.clusters.max()) + 1

    def column(self, name: str) -> Floats:
        """Return a column as floats, NaN where it is missing."""
        return self.frame[name].to_numpy(dtype=float, na_value=np.nan)

    def lagged(self, values: Floats) -> Floats:
        """Return each row's value of the period before, NaN where the entity was not seen then."""
        follows = (np.diff(self.entity) == 0) & (np.diff(self.period) == 1)
        before = np.full(len(values), np.nan)
        before[1:][follows] = values[:-1][follows]
        return before

    def dose(self, dose: Dose) -> Floats:
        """Return the treatment as the axis takes it."""
        values = self.column(dose.column)
        match dose.take:
            case "level":
                return values
            case "any":
                return np.where(np.isnan(values), np.nan, (values != 0).astype(float))
            case "lag":
                return self.lagged(values)

    def control(self, control: str | Lag) -> Floats:
        """Return one control."""
        return self.lagged(self.column(control.lag)) if isinstance(control, Lag) else self.column(control)

    def rows(self, rows: Rows) -> Mask:
        """Say of each row whether it is in the sample."""
        used = np.ones(len(self.frame), dtype=bool)
        for name, values in rows.without.items():
            used &= ~self.frame[name].isin(values).to_numpy()
        for name, least in rows.at_least.items():
            used &= self.column(name) >= least
        if rows.balanced:
            seen = np.bincount(self.entity)[self.entity]
            used &= seen == self.period.max() + 1
        return used


def trimmed(values: Floats, tails: Tails) -> Floats:
    """Return an outcome with its tails as the axis treats them, NaN where a row is trimmed."""
    share = SHARES[tails]
    if share == 0:
        return values
    low, high = np.nanquantile(values, [share, 1 - share])
    if tails == "trimmed 1%":
        return np.where((values < low) | (values > high), np.nan, values)
    return np.clip(values, low, high)


def transformed(values: Floats, form: Form) -> Floats:
    """Return an outcome in its functional form, NaN where a logarithm does not exist."""
    match form:
        case "level":
            return values
        case "share of mean":
            return values / np.nanmean(values)
        case "asinh":
            return np.arcsinh(values / np.nanmean(values))
        case "log":
            return np.log(np.where(values > 0, values, np.nan))


def yuan_per_unit(values: Floats, form: Form, whole_mean: float) -> float:
    """Return what turns an effect on the form into one on the level: the mean of `dy / df(y)`.

    1 for the level, the mean m for shares of it, the mean of `sqrt(m^2 + y^2)` for `asinh(y / m)`, and
    that of y for logarithms: the average effect on the level if the effect on the form is the same for all.
    """
    match form:
        case "level":
            return 1.0
        case "share of mean":
            return whole_mean
        case "asinh":
            return float(np.hypot(whole_mean, values).mean())
        case "log":
            return float(values.mean())


def used_columns(axes: Axes) -> tuple[list[str], list[str]]:
    """Return the columns that must be numbers, and all others that the axes name."""
    numbers = [*axes.outcome.values(), *(dose.column for dose in axes.dose.values())]
    for controls in axes.controls.values():
        numbers += [control.lag if isinstance(control, Lag) else control for control in controls]
    numbers += [name for rows in axes.sample.values() for name in rows.at_least]
    return numbers, [name for rows in axes.sample.values() for name in rows.without]


def value_faults(frame: pd.DataFrame, axes: Axes) -> Iterator[Fault]:
    """Yield a fault for each value a sample leaves out that its column never takes."""
    for sample, rows in axes.sample.items():
        for name, values in rows.without.items():
            for value in values:
                if not frame[name].isin([value]).any():
                    found = f"the sample {sample!r} leaves out {value!r}, which is never there"
                    yield Fault(where(name), found, "a value of the column", "take it out of the sample")


def part_faults(axes: Axes) -> list[Fault]:
    """Return a fault for each control that is an outcome or a dose as well, or given twice."""
    named = {*axes.outcome.values(), *(dose.column for dose in axes.dose.values())}
    sets = ([control for control in each if isinstance(control, str)] for each in axes.controls.values())
    return [fault for controls in sets for fault in repeated_faults((*named, *controls))]


def curve_panel(
    frame: pd.DataFrame, axes: Axes, *, entity: str, period: str, clusters: str, group: str | None
) -> CurvePanel:
    """Return the checked panel; raises `Faults` with everything that keeps it from the curve."""
    numbers, others = used_columns(axes)
    keys = [name for name in (entity, period, clusters, group) if name is not None]
    frame = plain(frame)
    faults = unknown_columns(frame, others) + column_faults(
        frame,
        dict.fromkeys(numbers),
        keys,
        outcomes=axes.outcome.values(),
        once=(entity, period),
        clusters=clusters,
    )
    faults += part_faults(axes)
    needs_group = {"pooled_group_year", "household_group_year"} & set(axes.effects)
    if group is None and needs_group:
        faults.append(Fault("group", "None", "a column such as the township", "name the group"))
    if faults := faults or list(value_faults(frame, axes)):
        raise Faults(faults)
    rows = frame.sort_values([entity, period], kind="stable", ignore_index=True)
    when = codes(rows[period])
    cells = None
    if group is not None:
        cells = np.unique(codes(rows[group]) * (when.max() + 1) + when, return_inverse=True)[1]
    return CurvePanel(rows, codes(rows[entity]), when, codes(rows[clusters]), cells)

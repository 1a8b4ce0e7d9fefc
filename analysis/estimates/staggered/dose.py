"""Imputed effects by the dose that treated rows received."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped, Estimate
from analysis.estimates.small_sample import Codes
from analysis.estimates.staggered.adoption import AdoptionDesign, adoption_rows
from analysis.estimates.staggered.averages import Averages, averages_of
from analysis.estimates.staggered.kinds import counted, equality
from analysis.faults import Fault, Faults

Scale = Literal["linear", "log"]
Marks = np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class DoseEffects:
    """Mean effects by bin of the dose, the test that they are equal, and the slope.

    `bins` has `low, high, mean_dose, n_obs`, one row an estimate of `by_bin`, low excluded but in the first.
    `slope` is in units of the outcome per unit of the dose, or of its logarithm.
    """

    by_bin: tuple[Estimate, ...]
    bins: pd.DataFrame
    equality: TestResult | NotApplicable
    slope: Estimate
    dropped: tuple[Dropped, ...]


def dose_effects(
    frame: pd.DataFrame,
    *,
    outcome: str,
    entity: str,
    period: str,
    first_treated: str,
    clusters: str,
    dose: str,
    edges: tuple[float, ...] | None = None,
    scale: Scale = "linear",
    lag: int = 0,
    controls: tuple[str, ...] = (),
    group: str | None = None,
    level: float = 0.95,
) -> DoseEffects:
    """Return `mean(tau_it | dose in bin)`, and `b` of `tau_it = e_l + b dose_it + u_it`, for treated rows.

    `tau` are imputed effects, `e_l` means by event time, so that the slope does not take older treatments for
    larger ones. `edges` are the inner ends of bins, thirds of the dose without them; `lag` takes the
    entity's dose of so many periods before. A mean is the effect of the doses received. The slope, and
    differences between bins, are effects of more dose only if units of different doses would have had like
    effects of like doses (Callaway, Goodman-Bacon and Sant'Anna 2024). Variances as of `imputation`. Treated
    rows without a dose, or without a positive one under logs, are counted as dropped. Raises `Faults` as
    `imputation` does, and where the dose does not vary within event times.
    """
    frame = plain(frame)
    check_dose(frame, dose, lag)
    design = AdoptionDesign(entity, period, first_treated, clusters, controls, group)
    averages = averages_of(adoption_rows(frame, (outcome,), design), outcome, level)
    values = lagged(frame, design, dose, lag)[averages.found.position]
    chosen, dropped = with_dose(averages, values, dose, scale)
    table, marks = bins_of(values, chosen, inner_edges(values[chosen], edges))
    names = [bin_name(dose, low, high) for low, high in zip(table["low"], table["high"], strict=True)]
    return DoseEffects(
        by_bin=tuple(averages.mean(name, mark) for name, mark in zip(names, marks, strict=True)),
        bins=table,
        equality=equality(averages, marks),
        slope=slope(averages, values, chosen, dose, scale),
        dropped=(*averages.dropped, *dropped),
    )


def check_dose(frame: pd.DataFrame, dose: str, lag: int) -> None:
    """Raise `Faults` for a dose that is not a column of finite numbers, and for a lag into the future."""
    faults = column_faults(frame, (dose,), ())
    if lag < 0:
        faults.append(Fault("lag", str(lag), "0 or more periods before", "a dose of later is no cause"))
    if faults:
        raise Faults(faults)


def lagged(frame: pd.DataFrame, design: AdoptionDesign, dose: str, lag: int) -> Floats:
    """Return each row's dose of its entity so many periods before, missing where that row is not there."""
    if lag == 0:
        return frame[dose].to_numpy(dtype=float, na_value=np.nan)
    keys = pd.MultiIndex.from_arrays([frame[design.entity], frame[design.period]])
    before = pd.MultiIndex.from_arrays([frame[design.entity], frame[design.period] - lag])
    return (
        pd.Series(frame[dose].to_numpy(dtype=float, na_value=np.nan), index=keys).reindex(before).to_numpy()
    )


def with_dose(
    averages: Averages, values: Floats, dose: str, scale: Scale
) -> tuple[Marks, tuple[Dropped, ...]]:
    """Return which imputed rows have a usable dose, and the counts of others; one dose raises `Faults`."""
    imputable = averages.model.imputable
    missing = imputable & np.isnan(values)
    negative = imputable & (values <= 0) if scale == "log" else np.zeros(len(values), dtype=bool)
    chosen = imputable & ~missing & ~negative
    if len(np.unique(values[chosen])) < 2:
        mend = "name a column that differs between treated rows"
        raise Faults([Fault(where(dose), "no variation among treated rows", "two doses or more", mend)])
    reasons = {f"treated, missing {dose}": missing, f"treated, {dose} not positive": negative}
    return chosen, counted(reasons)


def inner_edges(values: Floats, edges: tuple[float, ...] | None) -> Floats:
    """Return the inner ends of bins, ascending: those given, or thirds."""
    ends = np.quantile(values, [1 / 3, 2 / 3]) if edges is None else np.array(edges, dtype=float)
    return np.unique(ends)


def bins_of(values: Floats, chosen: Marks, ends: Floats) -> tuple[pd.DataFrame, list[Marks]]:
    """Return bins that have rows, as in `DoseEffects.bins`, and which rows each holds."""
    position = np.searchsorted(ends, values)
    found = np.unique(position[chosen])
    marks = [chosen & (position == at) for at in found]
    table = pd.DataFrame(
        {
            "low": np.array([-np.inf, *ends])[found],
            "high": np.array([*ends, np.inf])[found],
            "mean_dose": [values[mark].mean() for mark in marks],
            "n_obs": [int(mark.sum()) for mark in marks],
        }
    )
    return table, marks


def bin_name(dose: str, low: float, high: float) -> str:
    """Return the name of a bin."""
    if np.isinf(low) and np.isinf(high):
        return dose
    if np.isinf(low):
        return f"{dose} up to {high:g}"
    return f"{dose} above {low:g}" if np.isinf(high) else f"{dose} above {low:g} up to {high:g}"


def slope(averages: Averages, values: Floats, chosen: Marks, dose: str, scale: Scale) -> Estimate:
    """Return `sum d tau / sum d^2`, `d` the dose less its mean by event time; raises `Faults` without any."""
    scaled = np.log(np.where(chosen, values, 1.0)) if scale == "log" else np.where(chosen, values, 0.0)
    time = averages.found.event_time.to_numpy()
    distance = less_mean(scaled, time, chosen)
    square = float(distance @ distance)
    if square <= 1e-18 * float(scaled @ scaled):
        mend = "name a column that differs between units treated for equally long"
        raise Faults([Fault(where(dose), "no variation at any event time", "several doses at one", mend)])
    lags = np.unique(time[chosen])
    columns = np.column_stack([distance, (time[:, None] == lags[None, :]) * chosen[:, None]]).astype(float)
    left = left_out_residuals(np.where(chosen, averages.effect, 0.0), columns, averages.clusters)
    term = f"log {dose}" if scale == "log" else dose
    weights = distance / square
    return averages.estimate(term, weights, averages.scores(weights, left))


def left_out_residuals(y: Floats, x: Floats, clusters: Codes) -> Floats:
    """Return `y_i - x_i'b_(-c)`, `b_(-c)` fitted without the cluster of i.

    Residuals of the fit itself are too small where few clusters have large doses (Borusyak, Jaravel and
    Spiess 2024, appendix A.9).
    """
    size = int(clusters.max()) + 1
    pair = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    squares = np.column_stack([np.bincount(clusters, column, size) for column in pair.T])
    products = np.column_stack([np.bincount(clusters, column * y, size) for column in x.T])
    without = (squares.sum(axis=0) - squares).reshape(size, x.shape[1], x.shape[1])
    slopes = np.linalg.pinv(without, hermitian=True) @ (products.sum(axis=0) - products)[:, :, None]
    return y - (x * slopes[clusters, :, 0]).sum(axis=1)


def less_mean(values: Floats, time: Floats, chosen: Marks) -> Floats:
    """Return values less their mean by event time over chosen rows, 0 elsewhere."""
    mean = pd.Series(values).where(chosen).groupby(time).transform("mean").to_numpy()
    return np.where(chosen, values - mean, 0.0)

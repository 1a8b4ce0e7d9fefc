"""The effect of a dose in each of several regimes, by one instrument in each."""

from dataclasses import dataclass

import pandas as pd
from linearmodels.iv import IV2SLS

from analysis.estimates.column_checks import column_faults, plain
from analysis.estimates.regressors import refuse_collinear
from analysis.estimates.results import Dropped, Estimate, estimates_of
from analysis.estimates.switching.absorbed_fit import Regression, least_squares
from analysis.estimates.switching.absorption import Absorbed, AbsorbedDesign, Effects, absorbed
from analysis.estimates.switching.instrumented import ESTIMATOR
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class RegimeGains:
    """Effects per unit of dose in the order of `regimes`, with their covariance.

    `first_stage_f` is the clustered F of the regime's own instrument in the first stage of its dose.
    """

    regimes: tuple[object, ...]
    gains: tuple[Estimate, ...]
    covariance: pd.DataFrame
    first_stage_f: tuple[float, ...]
    dropped: tuple[Dropped, ...]


def gains_by_regime(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    instrument: str,
    regime: str,
    effects: Effects,
    clusters: str,
    entity: str | None = None,
    controls: tuple[str, ...] = (),
    level: float = 0.95,
) -> RegimeGains:
    """Return what a unit of dose adds in each regime, by two-stage least squares.

    `y = sum_k b_k d 1[regime = k] + sum_k c_k 1[regime = k] + effects + controls + e`, with `d 1[regime = k]`
    instrumented by `z 1[regime = k]`; the regime is taken as given. One regime gives `instrumented`.
    Imbens and Angrist (1994). Raises `Faults` as `absorbed` does, for rows without a regime, for a regime in
    which instrument or dose does not vary, and for controls that span the dose.
    """
    frame = plain(frame)
    if faults := column_faults(frame, (outcome, dose, instrument, *controls), (regime,)):
        raise Faults(faults)
    refuse_constant(frame, regime, (dose, instrument))
    regimes = tuple(sorted(frame[regime].unique()))
    split = Split(*(names_of(column, regimes) for column in (dose, instrument, regime)))
    main = (outcome, *split.doses, *split.instruments)
    left = absorbed(
        with_split(frame, split, regime, dose, instrument),
        AbsorbedDesign(main, effects, clusters, entity, (*controls, *split.regimes[1:])),
    )
    gains, covariance = second_stage(left, outcome, split, level)
    strength = tuple(first_stage_f(left, split, k, level) for k in range(len(regimes)))
    return RegimeGains(regimes, gains, covariance, strength, left.dropped)


@dataclass(frozen=True, slots=True)
class Split:
    """Names of the columns of each regime: dose, instrument, and the regime itself."""

    doses: tuple[str, ...]
    instruments: tuple[str, ...]
    regimes: tuple[str, ...]


def names_of(column: str, regimes: tuple[object, ...]) -> tuple[str, ...]:
    """Return the name of a column in each regime."""
    return tuple(f"{column}, regime {value}" for value in regimes)


def with_split(rows: pd.DataFrame, split: Split, regime: str, dose: str, instrument: str) -> pd.DataFrame:
    """Return rows with dose and instrument in each regime, zero elsewhere."""
    for k, value in enumerate(sorted(rows[regime].unique())):
        here = (rows[regime] == value).astype("float64")
        columns = {split.doses[k]: here * rows[dose], split.instruments[k]: here * rows[instrument]}
        rows = rows.assign(**columns, **{split.regimes[k]: here})
    return rows


def refuse_constant(rows: pd.DataFrame, regime: str, columns: tuple[str, ...]) -> None:
    """Raise `Faults` for columns that do not vary within a regime."""
    by_regime = rows.groupby(regime)[list(columns)]
    varies = by_regime.max() > by_regime.min()
    faults = [
        Fault(
            f"column {column!r}",
            f"one value in regime {value!r} of {regime!r}",
            "values that vary in every regime",
            "join the regime with another",
        )
        for column in columns
        for value in varies.index[~varies[column]]
    ]
    if faults:
        raise Faults(faults)


def second_stage(
    left: Absorbed, outcome: str, split: Split, level: float
) -> tuple[tuple[Estimate, ...], pd.DataFrame]:
    """Return the gains with the house's clustered errors, and their covariance."""
    columns, doses = left.columns, list(split.doses)
    refuse_collinear(columns[doses], split.doses)
    model = IV2SLS(columns[[outcome]], None, columns[doses], columns[list(split.instruments)])
    fitted = model.fit(cov_type="clustered", clusters=left.clusters, debiased=False)
    covariance = (fitted.cov * left.correction(len(doses)).factor).loc[doses, doses]
    treated = (left.rows[doses] != 0).any(axis="columns")
    inference = left.inference(len(doses), treated, level)
    estimates = estimates_of(
        fitted.params[doses],
        covariance,
        inference,
        outcome=outcome,
        estimator=ESTIMATOR,
        engine="linearmodels",
    )
    return estimates, covariance


def first_stage_f(left: Absorbed, split: Split, k: int, level: float) -> float:
    """Return the squared t of a regime's own instrument in the first stage of its dose."""
    regression = Regression(split.doses[k], split.instruments, ESTIMATOR)
    stage = least_squares(left, regression, treated=left.rows[split.doses[k]] != 0, level=level)
    return float(stage.estimate(split.instruments[k]).statistic ** 2)

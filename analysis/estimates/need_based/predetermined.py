"""First differences of a dose that follows past outcomes, with the dose's own lags as instruments."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.cluster_scores import sum_by
from analysis.estimates.column_checks import plain
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.need_based.pooled_sample import change_sample, left_over, shifted, with_steps
from analysis.estimates.need_based.rule_sample import Partialled
from analysis.estimates.need_based.two_stage import two_stage
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, complete_rows
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Dropped, Estimate
from analysis.estimates.small_sample import levels
from analysis.faults import Fault, Faults

ESTIMATOR = "first differences, lagged doses as instruments"
SERIAL = "second-order serial correlation"


@dataclass(frozen=True, slots=True)
class Predetermined:
    """The effect of a predetermined dose; `f_statistic` is the robust Wald F of the instruments.

    `serial` tests what the instruments need: differenced errors two periods apart do not correlate.
    """

    effect: Estimate
    f_statistic: float
    instruments: tuple[str, ...]
    serial: TestResult | NotApplicable
    dropped: tuple[Dropped, ...]


def lag_name(dose: str, lag: int) -> str:
    """Return the name of a lagged dose."""
    return f"{dose} (t-{lag})"


def differenced(
    frame: pd.DataFrame, outcome: str, design: PanelDesign, lags: tuple[int, ...]
) -> tuple[pd.DataFrame, tuple[Dropped, ...]]:
    """Return outcome and terms less those of the preceding period, the lagged doses, and rows left out.

    Periods follow each other as the sorted distinct periods of the frame do.
    """
    dose, changing = design.treatments[0], [outcome, *design.terms]
    rows, dropped = complete_rows(with_steps(frame, design.period), tuple(changing))
    before = shifted(rows, design.entity, changing, -1)
    past = {lag_name(dose, lag): shifted(rows, design.entity, [dose], -lag)[dose] for lag in lags}
    kept = rows[list(design.keys)].assign(**(rows[changing].astype("float64") - before), **past)
    alone = kept[outcome].isna()
    unlagged = kept[list(past)].isna().any(axis=1) & ~alone
    counts = (
        Dropped("no row in the preceding period", int(alone.sum())),
        Dropped(f"no dose {max(lags)} period(s) before", int(unlagged.sum())),
    )
    return kept[~alone & ~unlagged], (*dropped, *(count for count in counts if count.n_obs))


def two_periods_before(sample: PanelSample, residuals: Floats) -> Floats:
    """Return each row's residual of two periods before, 0 where there is none."""
    ids = pd.MultiIndex.from_arrays([sample.entity, sample.period])
    past = pd.Series(residuals, index=pd.MultiIndex.from_arrays([sample.entity, sample.period + 2]))
    found = past.reindex(ids)
    return np.where(found.isna(), 0.0, found.to_numpy())


def serial_test(
    partialled: Partialled, effect: float, instruments: tuple[str, ...]
) -> TestResult | NotApplicable:
    """Return the m2 test of Arellano and Bond (1991), with variances by cluster.

    `m2 = q'u / sqrt(sum_g c_g^2)`, `q` the residual of two periods before, `c_g` the cluster's part of
    `q'u` less what estimating the effect adds to it.
    """
    y, x = (partialled.columns.iloc[:, k].to_numpy() for k in (0, 1))
    z = partialled.columns[list(instruments)].to_numpy()
    u = y - effect * x
    past = two_periods_before(partialled.sample, u)
    if not past.any():
        return NotApplicable(SERIAL, "no entity has differences two periods apart")
    fitted = z @ np.linalg.lstsq(z, x, rcond=None)[0]
    q = left_over(partialled.sample, partialled.within, past[:, None])[:, 0]
    parts = sum_by(partialled.clusters, ((q - (past @ x) / (fitted @ x) * fitted) * u)[:, None])[0]
    m2 = float(past @ u / np.sqrt(np.square(parts).sum()))
    return TestResult(
        name=SERIAL,
        null="differenced errors two periods apart do not correlate",
        statistic=m2,
        df=0,
        p_value=float(2 * stats.norm.sf(abs(m2))),
        distribution="N(0, 1)",
    )


def first_stage_f(partialled: Partialled, dose: str, instruments: tuple[str, ...]) -> float:
    """Return the Wald F of the instruments in the regression of the dose, by the clustered covariance."""
    first = two_stage(partialled, dose, instruments, instruments, estimator=ESTIMATOR, n_treated=None)
    values = np.array([estimate.estimate for estimate in first.estimates])
    return float(values @ np.linalg.solve(first.covariance.to_numpy(), values) / len(values))


def predetermined(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    entity: str,
    period: str,
    clusters: str,
    group: str | None = None,
    controls: tuple[str, ...] = (),
    lags: tuple[int, ...] = (2,),
    level: float = 0.95,
) -> Predetermined:
    """Return the effect of a dose that may depend on past outcomes, by instrumented first differences.

    `Δy_it = b Δd_it + c_t (or c_gt) + Δx_it'k + Δu_it`, `Δd_it` instrumented by levels `d_i,t-s`, `s` in
    `lags`, each 1 or more: valid if `u_it` is not foreseeable from `d_it, d_i,t-1, ...`. Anderson and
    Hsiao (1982); Arellano and Bond (1991). It is not where `u` is serially correlated and doses follow
    past outcomes: `serial` tests that, and where it rejects the effect is no evidence. Differences need
    adjacent periods; rows without are counted. Raises `Faults` for unusable columns, lags below 1, one
    period, one cluster, no variation of the dose.
    """
    design = PanelDesign(entity, period, (dose,), controls, clusters, group)
    frame = plain(frame)
    check_panel(frame, outcome, design, Specification("fixed", "common" if group is None else "by_group"))
    if not lags or min(lags) < 1:
        raise Faults([Fault("lags", str(lags), "1 or more, at least one of them", "use (2,)")])
    instruments = tuple(lag_name(dose, lag) for lag in lags)
    rows, dropped = differenced(frame, outcome, design, lags)
    changes = PanelDesign(entity, period, (dose, *instruments), controls, clusters, group)
    partialled = change_sample(rows, (outcome, dose, *instruments), changes)
    moved = partialled.sample.values[dose].to_numpy() != 0
    found = two_stage(
        partialled,
        outcome,
        (dose,),
        instruments,
        estimator=ESTIMATOR,
        n_treated=levels(partialled.clusters[moved]),
        level=level,
    )
    return Predetermined(
        effect=found.estimates[0],
        f_statistic=first_stage_f(partialled, dose, instruments),
        instruments=instruments,
        serial=serial_test(partialled, found.estimates[0].estimate, instruments),
        dropped=dropped + partialled.dropped,
    )

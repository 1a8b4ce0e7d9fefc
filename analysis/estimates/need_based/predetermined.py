"""First differences of a dose that follows past outcomes, with the dose's own lags as instruments."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.cluster_scores import sum_by
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.need_based.rule_sample import Partialled, outside
from analysis.estimates.need_based.two_stage import two_stage
from analysis.estimates.panel_checks import check_panel
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_sample import PanelSample, take_sample
from analysis.estimates.regressors import Floats, dummies, independent, lengths
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


def differenced(frame: pd.DataFrame, outcome: str, design: PanelDesign, lags: tuple[int, ...]) -> pd.DataFrame:
    """Return rows with their preceding period: terms and outcome differenced, doses lagged in levels.

    Periods follow each other as the sorted distinct periods of the frame do. A lag that the entity
    lacks is missing.
    """
    dose = design.treatments[0]
    step = pd.factorize(frame[design.period], sort=True)[0]
    rows = frame.assign(**{"  step": step})
    key = [design.entity, "  step"]
    changing = [outcome, *design.terms]

    def lagged(columns: list[str], lag: int) -> pd.DataFrame:
        past = rows[[*key, *columns]].assign(**{"  step": step + lag})
        return rows[key].merge(past, on=key, how="left", validate="one_to_one")[columns].set_index(rows.index)

    before = lagged(changing, 1)
    levels_before = {lag_name(dose, lag): lagged([dose], lag)[dose] for lag in lags}
    changes = rows[changing].astype("float64") - before.astype("float64")
    return rows[list(design.keys)].assign(**{name: changes[name] for name in changing}, **levels_before)


def without_cells(sample: PanelSample, kept: tuple[str, ...], controls: tuple[str, ...]) -> Partialled:
    """Take a constant, the dummies of periods or cells, and controls out of columns."""
    codes = sample.period if sample.cells is None else sample.cells
    parts = [np.ones((sample.n_obs, 1)), dummies(codes, "cell").to_numpy()]
    matrix = np.column_stack([*parts, *(sample.values[[name]].to_numpy() for name in controls)])
    within = matrix[:, independent(matrix, lengths(matrix))]
    left = outside(sample.values[list(kept)].to_numpy(), within)
    if sample.clusters is None:
        raise Faults([Fault("design, clusters", "None", "a column such as the village", "name the clusters")])
    columns = pd.DataFrame(left, columns=list(kept))
    return Partialled(sample, columns, within, within.shape[1], sample.clusters)


def two_periods_before(sample: PanelSample, residuals: Floats) -> Floats:
    """Return each row's residual of two periods before, 0 where there is none."""
    ids = pd.MultiIndex.from_arrays([sample.entity, sample.period])
    past = pd.Series(residuals, index=pd.MultiIndex.from_arrays([sample.entity, sample.period + 2]))
    found = past.reindex(ids)
    return np.where(found.isna(), 0.0, found.to_numpy())


def serial_test(partialled: Partialled, effect: float, instruments: tuple[str, ...]) -> TestResult | NotApplicable:
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
    q = outside(past[:, None], partialled.within)[:, 0]
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
    past outcomes; `serial` tests that, with little power in short panels, and longer lags are less
    biased. Differences need adjacent periods; rows without are counted. Raises `Faults` for unusable
    columns, lags below 1, one period, one cluster, no variation of the dose.
    """
    design = PanelDesign(entity, period, (dose,), controls, clusters, group)
    check_panel(frame, outcome, design, Specification("fixed", "common" if group is None else "by_group"))
    if not lags or min(lags) < 1:
        raise Faults([Fault("lags", str(lags), "1 or more, at least one of them", "use (2,)")])
    instruments = tuple(lag_name(dose, lag) for lag in lags)
    rows = differenced(frame, outcome, design, lags)
    pooled = Specification("none", "common" if group is None else "by_group")
    changes = PanelDesign(entity, period, (dose, *instruments), controls, clusters, group)
    sample = take_sample(rows, outcome, changes, pooled)
    partialled = without_cells(sample, (outcome, dose, *instruments), controls)
    moved = sample.values[dose].to_numpy() != 0
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
        dropped=sample.dropped,
    )

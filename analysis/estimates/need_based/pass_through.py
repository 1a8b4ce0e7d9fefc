"""Pass-through of a dose by labour capacity, through its rule and by household effects."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import plain, unknown_columns, where
from analysis.estimates.hypotheses import TestResult
from analysis.estimates.need_based.reassessment import ESTIMATOR, exposed_clusters
from analysis.estimates.need_based.rule_sample import (
    BY_GROUP,
    Partialled,
    RuleDesign,
    check_rule,
    constant_faults,
    partial_out,
    refuse_absorbed,
    with_instrument,
)
from analysis.estimates.need_based.two_stage import TwoStage, contrast, two_stage
from analysis.estimates.panel_design import PanelDesign
from analysis.estimates.panel_sample import take_sample
from analysis.estimates.results import Dropped, Estimate
from analysis.faults import Fault, Faults

EFFECTS = "household and group-by-year effects"


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Effects of entities with and without labour by one estimator, their difference and its test."""

    able: Estimate
    unable: Estimate
    difference: Estimate
    equality: TestResult
    covariance: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class PassThrough:
    """Pass-through by labour: `by_rule` through the rule, `by_effects` by household effects on the same rows.

    `f_statistics` are the robust F of each group's own instrument in its first stage.
    """

    by_rule: Pair
    by_effects: Pair
    f_statistics: tuple[float, float]
    dropped: tuple[Dropped, ...]


def check_labour(frame: pd.DataFrame, labour: str, entity: str) -> None:
    """Raise `Faults` unless labour is 0, 1 or missing, constant in entities, with both present."""
    faults = unknown_columns(frame, (labour,))
    if not faults:
        values = set(frame[labour].dropna().unique().tolist())
        if values != {0, 1}:
            shown = ", ".join(map(str, sorted(values, key=str)[:5]))
            faults = [Fault(where(labour), f"values {shown}", "0 and 1, both present", "recode it")]
        else:
            faults = constant_faults(frame.astype({labour: "float64"}), labour, [entity], "entities")
    if faults:
        raise Faults(faults)


def names(column: str) -> tuple[str, str]:
    """Return the names of a column for the able and for the unable."""
    return f"{column} × able", f"{column} × unable"


def split(frame: pd.DataFrame, columns: tuple[str, ...], labour: str) -> pd.DataFrame:
    """Return the frame with each column split by labour, 0 for the other group."""
    able = frame[labour].astype("float64")
    parts: dict[str, pd.Series] = {}
    for column in columns:
        first, second = names(column)
        parts |= {first: frame[column] * able, second: frame[column] * (1 - able)}
    return frame.assign(**parts)


def split_sample(frame: pd.DataFrame, outcome: str, design: RuleDesign, labour: str) -> Partialled:
    """Return outcome, doses and instruments by labour; cells and exposure effects by labour too."""
    frame = plain(frame)
    check_rule(frame, outcome, design)
    check_labour(frame, labour, design.entity)
    rows, dropped = with_instrument(frame, design, (labour,))
    rows = split(rows, (design.dose, design.instrument, design.exposure), labour)
    is_able = f"{labour} by period"
    rows = rows.assign(**{is_able: rows[labour].astype("float64")})
    kept = (*names(design.dose), *names(design.instrument))
    by_period = (*names(design.exposure), is_able)
    panel = PanelDesign(
        entity=design.entity,
        period=design.period,
        treatments=kept,
        controls=(*design.controls, *by_period),
        clusters=design.clusters,
        group=design.group,
    )
    sample = take_sample(rows, outcome, panel, BY_GROUP)
    partialled = partial_out(sample, (outcome, *kept), design.controls, by_period)
    refuse_absorbed(partialled, kept)
    return replace(partialled, dropped=dropped + sample.dropped)


def pair_of(found: TwoStage) -> Pair:
    """Return both effects with the t test of their equality."""
    difference = contrast(found, (1.0, -1.0), "able less unable")
    equality = TestResult(
        name="equal pass-through",
        null="pass-through does not depend on labour",
        statistic=difference.statistic,
        df=difference.df_resid,
        p_value=difference.p_value,
        distribution=f"t({difference.df_resid})",
    )
    return Pair(found.estimates[0], found.estimates[1], difference, equality, found.covariance)


def pass_through(
    frame: pd.DataFrame,
    *,
    outcome: str,
    dose: str,
    exposure: str,
    factor: str,
    labour: str,
    entity: str,
    period: str,
    group: str,
    clusters: str,
    controls: tuple[str, ...] = (),
) -> PassThrough:
    """Return pass-through for entities with (`labour` 1) and without labour (0), and test equality.

    `y = b1 d L + b0 d (1 - L) + a_i + c_gt + m_t L_i + (l1_t L_i + l0_t (1 - L_i)) e_i + x'k + u`, the
    two doses instrumented by exposure times factor, split likewise; beside it least squares on the same
    rows and effects without the exposure's, which feedback of past income biases. `labour` is that of
    a period before the rule changes, since work may respond. Other arguments and `Faults` as in
    `rule_change`; also for labour that is not 0/1 or changes within entities.
    """
    design = RuleDesign(dose, exposure, factor, entity, period, group, clusters, controls)
    ruled = split_sample(frame, outcome, design, labour)
    doses, instruments = names(dose), names(design.instrument)
    n_treated = min(exposed_clusters(ruled, name) for name in instruments)
    n_dosed = min(exposed_clusters(ruled, name) for name in doses)
    by_effects = partial_out(ruled.sample, (outcome, *doses), controls, (f"{labour} by period",))
    first = [
        two_stage(ruled, own, instruments, instruments, estimator=ESTIMATOR, n_treated=n_treated)
        for own in doses
    ]
    f_statistics = tuple(float(np.square(stage.estimates[k].statistic)) for k, stage in enumerate(first))
    return PassThrough(
        by_rule=pair_of(
            two_stage(ruled, outcome, doses, instruments, estimator=ESTIMATOR, n_treated=n_treated)
        ),
        by_effects=pair_of(
            two_stage(by_effects, outcome, doses, doses, estimator=EFFECTS, n_treated=n_dosed)
        ),
        f_statistics=(f_statistics[0], f_statistics[1]),
        dropped=ruled.dropped,
    )

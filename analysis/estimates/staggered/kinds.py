"""Imputed effects by kind of treatment, and whether they are equal."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.column_checks import mixed_faults, plain, unknown_columns, where
from analysis.estimates.hypotheses import NotApplicable, TestResult
from analysis.estimates.results import Dropped, Estimate
from analysis.estimates.small_sample import levels
from analysis.estimates.staggered.adoption import AdoptionDesign, adoption_rows
from analysis.estimates.staggered.averages import Averages, averages_of
from analysis.faults import Fault, Faults

TEST = "joint test of equal means"
NULL = "the means are equal"
Marks = np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class KindEffects:
    """Mean effects by kind, ascending, and the test that they are equal."""

    by_kind: tuple[Estimate, ...]
    equality: TestResult | NotApplicable
    dropped: tuple[Dropped, ...]


def kind_effects(
    frame: pd.DataFrame,
    *,
    outcome: str,
    entity: str,
    period: str,
    first_treated: str,
    clusters: str,
    kind: str,
    controls: tuple[str, ...] = (),
    group: str | None = None,
    level: float = 0.95,
) -> KindEffects:
    """Return `mean(tau_it | kind)` for each value of a column, `tau` imputed effects on treated rows.

    The effect of the kind on those who received it; differences between kinds are no effects of the kind
    where kinds went to different units. Variances as of `imputation`. Treated rows without a kind are
    counted as dropped. Raises `Faults` as `imputation` does.
    """
    frame = plain(frame)
    if faults := unknown_columns(frame, (kind,)) or list(mixed_faults(frame, (kind,))):
        raise Faults(faults)
    design = AdoptionDesign(entity, period, first_treated, clusters, controls, group)
    averages = averages_of(adoption_rows(frame, (outcome,), design), outcome, level)
    column = frame[kind].iloc[averages.found.position].reset_index(drop=True)
    imputable = averages.model.imputable
    chosen = imputable & column.notna().to_numpy()
    kinds = sorted(column[chosen].unique())
    if not kinds:
        mend = "name a column that is known for treated rows"
        raise Faults([Fault(where(kind), "no treated row has a value", "a kind for treated rows", mend)])
    marks = [chosen & (column == value).to_numpy() for value in kinds]
    return KindEffects(
        by_kind=tuple(
            averages.mean(f"{kind} {value}", mark) for value, mark in zip(kinds, marks, strict=True)
        ),
        equality=equality(averages, marks),
        dropped=(*averages.dropped, *counted({f"treated, missing {kind}": imputable & ~chosen})),
    )


def counted(reasons: dict[str, Marks]) -> tuple[Dropped, ...]:
    """Return the counts of marked rows."""
    return tuple(Dropped(reason, int(mark.sum())) for reason, mark in reasons.items() if mark.any())


def equality(averages: Averages, marks: list[Marks]) -> TestResult | NotApplicable:
    """Return the Wald F test that the mean effects over several sets of treated rows are equal."""
    if len(marks) < 2:
        return NotApplicable(TEST, "there is one mean only")
    means = np.array([averages.effect[mark].mean() for mark in marks])
    scores = np.column_stack([averages.mean_scores(mark) for mark in marks])
    apart = scores[:, 1:] - scores[:, :1]
    covariance, n_contrasts = apart.T @ apart, len(marks) - 1
    if np.linalg.matrix_rank(covariance) < n_contrasts:
        return NotApplicable(TEST, "errors of the means depend on each other: fewer clusters than means")
    distance = means[1:] - means[0]
    statistic = float(distance @ np.linalg.solve(covariance, distance) / n_contrasts)
    df = levels(averages.clusters) - 1
    return TestResult(
        name=TEST,
        null=NULL,
        statistic=statistic,
        df=n_contrasts,
        p_value=float(stats.f.sf(statistic, n_contrasts, df)),
        distribution=f"F({n_contrasts}, {df})",
    )

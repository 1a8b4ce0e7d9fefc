"""Columns of a regression without effects and controls, with what inference needs of the sample."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyfixest.estimation import demean

from analysis.estimates.column_checks import (
    cluster_faults,
    column_faults,
    missing_faults,
    plain,
    unknown_columns,
    where,
)
from analysis.estimates.panel_sample import codes, complete_rows, refuse_empty, without_singletons
from analysis.estimates.regressors import TOLERANCE, Floats, independent, lengths
from analysis.estimates.results import Dropped, Inference
from analysis.estimates.small_sample import Codes, Correction, correction_for, levels
from analysis.faults import Fault, Faults

Effects = tuple[tuple[str, ...], ...]
CONVERGED = 1e-12
ITERATIONS = 100_000


@dataclass(frozen=True, slots=True)
class AbsorbedDesign:
    """Column names: `main` are reported, `controls` taken out, each of `effects` spanned by its columns."""

    main: tuple[str, ...]
    effects: Effects
    clusters: str
    entity: str | None = None
    controls: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns that must be numeric."""
        return tuple(dict.fromkeys((*self.main, *self.controls)))

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns that identify rows."""
        spans = (column for span in self.effects for column in span)
        entity = () if self.entity is None else (self.entity,)
        return tuple(dict.fromkeys((self.clusters, *entity, *spans)))


@dataclass(frozen=True, slots=True, eq=False)
class Absorbed:
    """Rows without effects and controls.

    `rows` are the columns as they were, `columns` (n by main) what is left of them, `effects` and
    `clusters` n-vectors of codes, `n_controls` the independent controls that were taken out.
    """

    design: AbsorbedDesign
    rows: pd.DataFrame
    columns: pd.DataFrame
    effects: tuple[Codes, ...]
    clusters: Codes
    n_controls: int
    dropped: tuple[Dropped, ...]

    def correction(self, n_terms: int) -> Correction:
        """Return the house's correction of a regression with `n_terms` of the main columns."""
        return correction_for(len(self.rows), n_terms + self.n_controls, self.effects, self.clusters)

    def inference(self, n_terms: int, treated: pd.Series, level: float) -> Inference:
        """Return what turns a sandwich into intervals; `treated` says of each row whether it is."""
        correction = self.correction(n_terms)
        entity = self.design.entity
        return Inference(
            n_obs=len(self.rows),
            n_entities=len(self.rows) if entity is None else int(self.rows[entity].nunique()),
            n_clusters=correction.n_clusters,
            df_resid=correction.df_resid,
            clusters=self.design.clusters,
            correction=correction.name,
            level=level,
            n_treated_clusters=levels(self.clusters[treated.to_numpy()]),
        )


def check_columns(frame: pd.DataFrame, design: AbsorbedDesign) -> None:
    """Raise `Faults` for columns that are unknown or not numeric."""
    numbers = (*dict.fromkeys(design.main), *design.controls)
    if faults := unknown_columns(frame, design.keys) or column_faults(frame, numbers, ()):
        raise Faults(faults)


def span_codes(rows: pd.DataFrame, span: tuple[str, ...]) -> Codes:
    """Return the code of each row's combination of values."""
    return rows.groupby(list(span), observed=True, sort=True).ngroup().to_numpy().astype(np.int64)


def without_effects(values: Floats, effects: tuple[Codes, ...]) -> Floats:
    """Return columns (n by k) less their projection on the effects, by alternating projections."""
    factors = np.column_stack(effects).astype(np.uint64)
    left, converged = demean(values, factors, np.ones(len(values)), CONVERGED, ITERATIONS)
    if not converged:
        mend = "use fewer effects, or join columns that nearly coincide"
        raise Faults([Fault("design, effects", "they cannot be taken out", "effects that overlap", mend)])
    return np.asarray(left)


def usable_rows(frame: pd.DataFrame, design: AbsorbedDesign) -> tuple[pd.DataFrame, tuple[Dropped, ...]]:
    """Return complete rows without singletons; raises `Faults` if none is left or keys are missing."""
    used = frame[list(dict.fromkeys((*design.numbers, *design.keys)))]
    rows, dropped = complete_rows(used, design.numbers)
    faults = list(missing_faults(rows, design.keys))
    if not faults:
        kept = without_singletons(rows, [list(span) for span in design.effects])
        if len(kept) < len(rows):
            dropped.append(Dropped("singleton", len(rows) - len(kept)))
        rows = kept
        refuse_empty(rows, dropped)
        faults = list(cluster_faults(rows, design.clusters))
    if faults:
        raise Faults(faults)
    return rows.reset_index(drop=True), tuple(dropped)


def absorbed(frame: pd.DataFrame, design: AbsorbedDesign) -> Absorbed:
    """Return the main columns without effects and controls (Frisch-Waugh-Lovell).

    Raises `Faults` for unknown, non-numeric or infinite columns, missing keys, a single cluster, no row
    left, and a main column of which nothing is left.
    """
    frame = plain(frame)
    check_columns(frame, design)
    rows, dropped = usable_rows(frame, design)
    effects = tuple(span_codes(rows, span) for span in design.effects)
    constant = (np.zeros(len(rows), dtype=np.int64),)
    raw = rows[list(design.numbers)].to_numpy(dtype=np.float64)
    within = without_effects(raw, effects or constant)
    n_main = len(dict.fromkeys(design.main))
    main, controls = within[:, :n_main], within[:, n_main:]
    controls = controls[:, independent(controls, lengths(raw[:, n_main:]))]
    if controls.shape[1]:
        main = main - controls @ np.linalg.lstsq(controls, main, rcond=None)[0]
    refuse_absorbed(design, main, lengths(raw[:, :n_main]))
    return Absorbed(
        design=design,
        rows=rows,
        columns=pd.DataFrame(main, columns=list(dict.fromkeys(design.main))),
        effects=effects or constant,
        clusters=codes(rows[design.clusters]),
        n_controls=controls.shape[1],
        dropped=dropped,
    )


def refuse_absorbed(design: AbsorbedDesign, main: Floats, scale: Floats) -> None:
    """Raise `Faults` naming the main columns of which effects and controls leave nothing."""
    norms = np.linalg.norm(main, axis=0)
    faults = [
        Fault(
            where(column),
            "no variation is left once effects and controls are taken out",
            "a column that differs among those who are compared",
            "use fewer effects or controls, or another column",
        )
        for column, norm, length in zip(dict.fromkeys(design.main), norms, scale, strict=True)
        if norm <= TOLERANCE * length
    ]
    if faults:
        raise Faults(faults)

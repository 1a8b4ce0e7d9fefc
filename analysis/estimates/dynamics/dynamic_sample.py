"""The equations, instruments and moments of one dynamic panel regression."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.dynamics.dynamic_design import DynamicDesign, Equations
from analysis.estimates.dynamics.grids import Stacked, entity_clusters, grids_of, stack
from analysis.estimates.dynamics.instruments import instruments
from analysis.estimates.dynamics.moments import Moments, moments_of
from analysis.estimates.panel_sample import codes
from analysis.estimates.regressors import independent, lengths
from analysis.estimates.results import Dropped
from analysis.estimates.small_sample import Codes
from analysis.faults import Fault, Faults


@dataclass(frozen=True, slots=True, eq=False)
class DynamicSample:
    """What the steps need: stacked equations, their moments, the cluster of each entity.

    `n_obs` counts equations in differences, or in levels for a system.
    """

    outcome: str
    equations: Equations
    stacked: Stacked
    moments: Moments
    clusters: Codes
    n_obs: int
    n_entities: int
    n_clusters: int
    n_treated_clusters: int | None
    dropped: tuple[Dropped, ...]

    @property
    def n_instruments(self) -> int:
        """Number of instruments that are not zero throughout."""
        return self.moments.outcome.shape[1]


def refuse_unidentified(stacked: Stacked, n_instruments: int) -> None:
    """Raise `Faults` without rows, for collinear regressors, and for too few instruments."""
    if not stacked.usable.any():
        mend = "use fewer lags, or a panel with longer runs of periods"
        raise Faults([Fault("panel", "no row with all lags and differences", "at least one", mend)])
    flat = stacked.regressors.reshape(-1, len(stacked.terms))
    kept = independent(flat, lengths(flat))
    allowed = "regressors that change over time, none a combination of the others"
    faults = [
        Fault(f"panel, term {term!r}", "constant in time or collinear", allowed, "leave it out")
        for term, is_kept in zip(stacked.terms, kept, strict=True)
        if not is_kept
    ]
    if not faults and n_instruments < len(stacked.terms):
        found = f"{n_instruments} instruments for {len(stacked.terms)} coefficients"
        faults.append(Fault("design", found, "as many or more", "use deeper lags, or do not collapse"))
    if faults:
        raise Faults(faults)


def treated_clusters(frame: pd.DataFrame, design: DynamicDesign) -> int | None:
    """Return the number of clusters in which the treatment is ever different from zero."""
    if design.treatment is None:
        return None
    treated = frame[design.treatment].notna() & (frame[design.treatment] != 0)
    return int(frame.loc[treated, design.cluster_column].nunique())


def take_dynamic_sample(
    frame: pd.DataFrame, outcome: str, design: DynamicDesign, equations: Equations
) -> DynamicSample:
    """Return the sample of a checked panel; raises `Faults` if its coefficients are not identified."""
    entity, period = codes(frame[design.entity]), codes(frame[design.period])
    clusters = entity_clusters(frame, design, entity)
    grids = grids_of(frame, tuple(dict.fromkeys((outcome, *design.columns))), entity, period)
    stacked = stack(grids, outcome, design, equations)
    matrix = instruments(grids, outcome, design, stacked)
    refuse_unidentified(stacked, matrix.shape[2])
    split = stacked.n_differences
    counted = stacked.usable[:, split:] if equations == "system" else stacked.usable
    present = stacked.usable.any(axis=1)
    n_obs = int(counted.sum())
    return DynamicSample(
        outcome=outcome,
        equations=equations,
        stacked=stacked,
        moments=moments_of(stacked, matrix, clusters),
        clusters=clusters,
        n_obs=n_obs,
        n_entities=int(counted.any(axis=1).sum()),
        n_clusters=int(np.unique(clusters[present]).size),
        n_treated_clusters=treated_clusters(frame, design),
        dropped=(Dropped("without all its lags, differences and values", len(frame) - n_obs),),
    )

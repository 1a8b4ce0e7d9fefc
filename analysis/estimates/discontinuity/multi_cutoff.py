"""One effect from many groups, each with a cutoff of its own."""

from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.column_checks import column_faults, plain, where
from analysis.estimates.discontinuity.cutoff_design import CutoffDesign, check_cutoff_design
from analysis.estimates.discontinuity.local_polynomial import LocalPolynomial, local_polynomial
from analysis.estimates.discontinuity.polynomial import LOCAL_LINEAR, Polynomial
from analysis.estimates.regressors import Floats
from analysis.estimates.results import Estimate, Inference, Omitted, estimate_of
from analysis.faults import Fault, Faults

SCORE = "running less its cutoff"
COMBINED = "independent groups"


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """The effect at one group's cutoff; the cutoff of a group is the mean of its rows' cutoffs."""

    group: object
    cutoff: float
    effect: LocalPolynomial


@dataclass(frozen=True, slots=True)
class MultiCutoff:
    """`pooled` normalises all scores and fits once; the averages combine the groups' robust estimates.

    Averages are `None` in a fuzzy design, where one group with a weak first stage would decide them.
    `refused` names groups without an estimate of their own; their rows are in `pooled`.
    """

    pooled: LocalPolynomial
    groups: tuple[GroupEffect, ...]
    by_size: Estimate | None
    by_precision: Estimate | None
    refused: tuple[Omitted, ...]

    def tidy(self) -> pd.DataFrame:
        """Return one row a group with its robust estimate, then the pooled one and the averages."""
        rows = [
            {"group": each.group, "cutoff": each.cutoff, "bandwidth": each.effect.bandwidth}
            | asdict(each.effect.robust)
            for each in self.groups
        ]
        rows.append({"group": "pooled", "bandwidth": self.pooled.bandwidth} | asdict(self.pooled.robust))
        averages = {"average by size": self.by_size, "average by precision": self.by_precision}
        rows += [{"group": name} | asdict(each) for name, each in averages.items() if each is not None]
        return pd.DataFrame(rows)


def check_groups(frame: pd.DataFrame, design: CutoffDesign, cutoff: str, group: str) -> None:
    """Raise `Faults` for unfit columns, a reserved name, and clusters that reach over groups."""
    faults = column_faults(frame, (cutoff, design.running), (group,))
    if SCORE in frame.columns:
        faults.append(Fault(where(SCORE), "the name is kept for the score", "another name", "rename it"))
    if not faults:
        check_cutoff_design(frame, design)
    if not faults and design.clusters is not None:
        spread = frame.groupby(design.clusters, observed=True)[group].nunique()
        if (spread > 1).any():
            faults.append(
                Fault(
                    where(design.clusters),
                    f"{int((spread > 1).sum())} cluster(s) in several groups, first {spread.idxmax()}",
                    "clusters within groups",
                    "cluster by the group, or by a unit within it",
                )
            )
    if faults:
        raise Faults(faults)


def weighted(effects: list[LocalPolynomial], weights: Floats, name: str) -> Estimate:
    """Return `Σ w b / Σ w` with error `sqrt(Σ w² se²) / Σ w`; degrees of freedom are added up."""
    robust = [effect.robust for effect in effects]
    shares = weights / weights.sum()
    values = np.array([each.estimate for each in robust])
    errors = np.array([each.std_error for each in robust])
    clusters = [each.n_clusters for each in robust if each.n_clusters is not None]
    treated = [each.n_treated_clusters for each in robust if each.n_treated_clusters is not None]
    inference = Inference(
        n_obs=sum(each.n_obs for each in robust),
        n_entities=sum(each.n_entities for each in robust),
        n_clusters=sum(clusters) if clusters else None,
        df_resid=sum(each.df_resid for each in robust),
        clusters=robust[0].clusters,
        correction=f"{robust[0].correction}; {COMBINED}",
        level=robust[0].level,
        n_treated_clusters=sum(treated) if treated else None,
    )
    return estimate_of(
        robust[0].term,
        float(shares @ values),
        float(np.sqrt(np.square(shares * errors).sum())),
        inference,
        outcome=robust[0].outcome,
        estimator=f"average over cutoffs {name}, {robust[0].estimator}",
        engine="rdrobust",
    )


def scored(frame: pd.DataFrame, design: CutoffDesign, cutoff: str) -> tuple[pd.DataFrame, CutoffDesign]:
    """Return the frame with the score as running variable, and the design at 0."""
    rows = frame.assign(**{SCORE: frame[design.running] - frame[cutoff]})
    return rows, replace(design, running=SCORE, cutoff=0.0)


def pool_cutoffs(
    frame: pd.DataFrame,
    design: CutoffDesign,
    polynomial: Polynomial = LOCAL_LINEAR,
    *,
    cutoff: str,
    group: str,
) -> MultiCutoff:
    """Return the effects at the cutoffs of all groups, pooled and averaged.

    `cutoff` is a column (the cutoff of each row, as `CrossFit.assigned`); `design.cutoff` is not used.
    The pooled effect weights groups by their density at the cutoff (Cattaneo, Keele, Titiunik and
    Vazquez-Bare 2016). The averages weight by rows within the bandwidth, `n`, and by `1 / se²`, which
    has the smallest error where effects are equal and an odd estimand where they are not. A group with
    too few rows is in `refused`. Raises `Faults` as `local_polynomial` does, for clusters that lie in
    several groups, and if every group is refused.
    """
    frame = plain(frame)
    check_groups(frame, design, cutoff, group)
    rows, at_zero = scored(frame, design, cutoff)
    pooled = local_polynomial(rows, at_zero, polynomial)
    groups, refused = [], []
    for label, own in rows.groupby(group, observed=True):
        try:
            groups.append(
                GroupEffect(label, float(own[cutoff].mean()), local_polynomial(own, at_zero, polynomial))
            )
        except Faults as faults:
            refused.append(Omitted(str(label), "; ".join(f"{f.where}: {f.found}" for f in faults.faults)))
    if not groups:
        raise Faults(
            [Fault(where(group), "no group has an estimate", "one or more", "see " + refused[0].reason)]
        )
    sharp = [each.effect for each in groups if each.effect.first_stage is None]
    sizes = np.array([effect.n_below + effect.n_above for effect in sharp], dtype=np.float64)
    precisions = np.array([effect.robust.std_error**-2 for effect in sharp])
    return MultiCutoff(
        pooled=pooled,
        groups=tuple(groups),
        by_size=weighted(sharp, sizes, "by size") if sharp else None,
        by_precision=weighted(sharp, precisions, "by precision") if sharp else None,
        refused=tuple(refused),
    )

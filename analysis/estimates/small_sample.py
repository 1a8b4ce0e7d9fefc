"""The house's small-sample correction, applied to every engine's sandwich in one place.

Engines are asked for the bare sandwich `B = (X'X)^-1 (sum_g s_g s_g') (X'X)^-1`, and the room
multiplies it by

    G / (G - 1) * (n - 1) / (n - K)

where `K` counts regressors, the constant, and the levels of those effects that are not nested in
the clusters. Household effects are nested in villages and cost nothing: their estimation cannot
make the scores of a cluster look smaller than the cluster's own sum does, so counting 6,800 of
them would inflate errors by about 7% in an eight-year panel (Cameron and Miller 2015).
It is the convention of Stata's `xtreg, fe` and `reghdfe`, of R's `fixest` and of pyfixest's
`ssc(k_fixef="nonnested")`, so a reader who re-runs the paper elsewhere meets the same errors.
Without clusters the classical covariance is `s^2 (X'X)^-1` with `s^2 = RSS / (n - K)`, all
effects counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.faults import Fault, Faults

Codes = NDArray[np.int64]

CLUSTERED = "G/(G-1) × (n-1)/(n-K), effects nested in clusters not counted"
CLASSICAL = "n/(n-K), all effects counted"


@dataclass(frozen=True, slots=True)
class Correction:
    """A named factor on the bare sandwich (or on `RSS/n (X'X)^-1`), with the t's degrees of freedom."""

    name: str
    factor: float
    df_resid: int
    n_clusters: int | None


def is_nested(inner: Codes, outer: Codes) -> bool:
    """Say whether every level of `inner` lies in one level of `outer`; both are codes from 0."""
    first = np.zeros(inner.max() + 1, dtype=np.int64)
    first[inner] = outer
    return bool((first[inner] == outer).all())


def levels(codes: Codes) -> int:
    """Return the number of levels in use."""
    return int(np.unique(codes).size)


def parameters_clustered(n_terms: int, effects: Sequence[Codes], clusters: Codes) -> int:
    """Return `K`: terms, and levels of effects not nested in clusters (a constant if all are)."""
    counted = sum(levels(effect) for effect in effects if not is_nested(effect, clusters))
    return n_terms + (max(counted, 1) if effects else 0)


def parameters_classical(n_terms: int, effects: Sequence[Codes]) -> int:
    """Return `K`: terms and all levels of effects, less one for each effect after the first."""
    return n_terms + sum(levels(effect) for effect in effects) - max(len(effects) - 1, 0)


def refuse_exhausted(n_obs: int, n_parameters: int) -> None:
    """Raise `Faults` if there are no more rows than parameters."""
    if n_obs <= n_parameters:
        found = f"{n_obs} row(s) for {n_parameters} coefficients and effects"
        raise Faults([Fault("panel", found, "more rows", "use fewer columns or effects, or add rows")])


def correction_for(n_obs: int, n_terms: int, effects: Sequence[Codes], clusters: Codes | None) -> Correction:
    """Return the correction of one regression with `n_terms` columns and the effects removed."""
    if clusters is None:
        n_parameters = parameters_classical(n_terms, effects)
        refuse_exhausted(n_obs, n_parameters)
        left = n_obs - n_parameters
        return Correction(CLASSICAL, n_obs / left, left, None)
    n_parameters = parameters_clustered(n_terms, effects, clusters)
    refuse_exhausted(n_obs, n_parameters)
    n_clusters = levels(clusters)
    factor = n_clusters / (n_clusters - 1) * (n_obs - 1) / (n_obs - n_parameters)
    return Correction(CLUSTERED, factor, n_clusters - 1, n_clusters)


def influence_error(influence: NDArray[np.float64], clusters: Codes) -> tuple[float, int]:
    """Return `sqrt(G/(G-1) sum_g s_g^2)`, `s_g` sums of influence, and G; not a number for one cluster."""
    sums = np.bincount(clusters, influence)
    n_clusters = levels(clusters)
    scale = n_clusters / (n_clusters - 1) if n_clusters > 1 else np.nan
    return float(np.sqrt(scale * (sums**2).sum())), n_clusters

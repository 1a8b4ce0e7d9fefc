"""Whether a specification curve as a whole could come from no effect at all."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from analysis.estimates.sensitivity.specification_curve import SpecificationCurve
from analysis.faults import Fault, Faults

CHUNK = 500


@dataclass(frozen=True, slots=True)
class CurveTest:
    """Three statistics of a curve, each with its p-value if no specification has an effect.

    `median` is that of the effects in the common unit, `n_significant` the number significant in the
    direction of the median, `mean_z` the average of the z statistics (Stouffer).
    """

    median: float
    median_p: float
    n_significant: int
    n_significant_p: float
    mean_z: float
    mean_z_p: float
    n_specifications: int
    draws: int
    seed: int


def curve_test(curve: SpecificationCurve, *, seed: int, draws: int = 999) -> CurveTest:
    """Return the joint test of Simonsohn, Simmons and Nelson (2020) of no effect in any specification.

    Under the null all estimates are redrawn together: signs of Rademacher are given to the clusters'
    influences, which keeps the dependence between specifications. Two-sided; the sample itself counts
    as a draw. Raises `Faults` if nothing was estimated.
    """
    done = (curve.table["note"] == "").to_numpy()
    if not done.any():
        raise Faults([Fault("curve", "no specification was estimated", "one or more", "see its notes")])
    table = curve.table[done]
    error, z = table["std_error"].to_numpy(), table["statistic"].to_numpy()
    scale = table["effect"].to_numpy() / table["estimate"].to_numpy()
    reach = np.abs(norm.ppf(0.5 - curve.level / 2))
    observed = statistics(table["effect"].to_numpy()[None, :], z[None, :], reach)[:, 0]
    random = np.random.default_rng(seed)
    beaten = np.ones(3)
    influence = curve.influence[done]
    for start in range(0, draws, CHUNK):
        signs = random.choice([-1.0, 1.0], size=(min(CHUNK, draws - start), influence.shape[1]))
        moved = signs @ influence.T
        drawn = statistics(moved * scale, moved / error, reach)
        beaten += (np.abs(drawn) >= np.abs(observed)[:, None]).sum(axis=1)
    median_p, significant_p, z_p = beaten / (draws + 1)
    return CurveTest(
        median=float(observed[0]),
        median_p=float(median_p),
        n_significant=int(observed[1]),
        n_significant_p=float(significant_p),
        mean_z=float(observed[2]),
        mean_z_p=float(z_p),
        n_specifications=int(done.sum()),
        draws=draws,
        seed=seed,
    )


def statistics(effects: np.ndarray, z: np.ndarray, reach: float) -> np.ndarray:
    """Return median, number significant in its direction, and mean z, 3 by draws."""
    median = np.median(effects, axis=1)
    significant = (np.sign(median)[:, None] * z > reach).sum(axis=1)
    return np.array([median, significant, z.mean(axis=1)])

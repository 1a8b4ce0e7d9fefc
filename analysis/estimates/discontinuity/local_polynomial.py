"""The local polynomial estimate of an effect at a cutoff, conventional and corrected for its bias."""

from dataclasses import asdict, dataclass

import pandas as pd

from analysis.estimates.discontinuity.cutoff_design import (
    JUMP,
    CutoffDesign,
    CutoffSample,
    take_cutoff_sample,
)
from analysis.estimates.discontinuity.jumps import Jump, Jumps, fit_jumps
from analysis.estimates.discontinuity.kernels import Kernel
from analysis.estimates.discontinuity.polynomial import LOCAL_LINEAR, Polynomial, check_polynomial
from analysis.estimates.results import Dropped, Estimate, Inference, estimate_of
from analysis.estimates.small_sample import levels

CLUSTERED = "(G-1)/G, residuals without the cluster (CV3), over both sides of the cutoff"
NEIGHBOURS = "nearest neighbours (3)"


@dataclass(frozen=True, slots=True)
class LocalPolynomial:
    """An effect at the cutoff; report `robust`, whose interval allows for the bias of the curve.

    `bandwidth` (of the curve) and `bias_bandwidth` are in units of the running variable; `n_below` and
    `n_above` count rows within `bandwidth`. First stages are jumps of the treatment, `None` if sharp.
    """

    conventional: Estimate
    robust: Estimate
    first_stage: Estimate | None
    first_stage_robust: Estimate | None
    cutoff: float
    bandwidth: float
    bias_bandwidth: float
    kernel: Kernel
    order: int
    donut: float
    n_below: int
    n_above: int
    dropped: tuple[Dropped, ...]

    @property
    def first_stage_f(self) -> float | None:
        """The squared t of the first stage; below about 10 use `weak_first_stage` instead of `robust`."""
        return None if self.first_stage is None else self.first_stage.statistic**2

    def tidy(self) -> pd.DataFrame:
        """Return one row an estimate, with the window beside it."""
        named = (self.conventional, self.robust, self.first_stage, self.first_stage_robust)
        shared = {"bandwidth": self.bandwidth, "n_below": self.n_below, "n_above": self.n_above}
        return pd.DataFrame([asdict(found) | shared for found in named if found is not None])


def inference_in(sample: CutoffSample, jumps: Jumps, degree: int, level: float) -> Inference:
    """Return the sample within the bandwidth as estimates state it."""
    inside = jumps.window.weights(sample.score) > 0
    n_obs, clusters = int(inside.sum()), sample.clusters
    n_clusters = None if clusters is None else levels(clusters[inside])
    left = n_obs - 2 * (degree + 1) - sample.covariates.shape[1]
    return Inference(
        n_obs=n_obs,
        n_entities=levels(sample.entity[inside]),
        n_clusters=n_clusters,
        df_resid=left if n_clusters is None else n_clusters - 1,
        clusters=sample.design.clusters,
        correction=NEIGHBOURS if n_clusters is None else CLUSTERED,
        level=level,
        n_treated_clusters=None if clusters is None else levels(clusters[inside & (sample.treated != 0)]),
    )


def estimate_pair(
    jump: Jump, term: str, outcome: str, sample: CutoffSample, jumps: Jumps, level: float
) -> tuple[Estimate, Estimate]:
    """Return the conventional and the robust estimate of one jump."""
    order, kind = jumps.window.order, "sharp" if sample.treatment is None else "fuzzy"
    conventional, robust = (
        estimate_of(
            term,
            value,
            error,
            inference_in(sample, jumps, degree, level),
            outcome=outcome,
            estimator=f"{kind} discontinuity, {name}",
            engine="rdrobust",
        )
        for name, value, error, degree in (
            ("conventional", jump.conventional, jump.conventional_error, order),
            ("bias-corrected robust", jump.corrected, jump.robust_error, order + 1),
        )
    )
    return conventional, robust


def local_polynomial(
    frame: pd.DataFrame, design: CutoffDesign, polynomial: Polynomial = LOCAL_LINEAR
) -> LocalPolynomial:
    """Return the effect at the cutoff from polynomials of `order` fitted to each side of it.

    `a₊ - a₋`, intercepts of `min Σ K(x/h) (y - a - b x - ...)²` above and below, signed by the treated
    side; in a fuzzy design over the same jump of the treatment. Covariates have
    common slopes. Rows with `|running - cutoff| < donut` are left out. Calonico,
    Cattaneo and Titiunik (2014), by `rdrobust`; clustered errors are ours (`two_sided_clusters`).
    Raises `Faults` for bad columns or options, no variation, too few values on a side, no bandwidth.
    """
    check_polynomial(polynomial)
    sample = take_cutoff_sample(frame, design, donut=polynomial.donut, needed=polynomial.order + 2)
    jumps = fit_jumps(sample, polynomial)
    level = polynomial.level
    term = JUMP if design.treatment is None else design.treatment
    conventional, robust = estimate_pair(jumps.effect, term, design.outcome, sample, jumps, level)
    first: tuple[Estimate, Estimate] | tuple[None, None] = (None, None)
    if jumps.first_stage is not None:
        first = estimate_pair(jumps.first_stage, JUMP, str(design.treatment), sample, jumps, level)
    inside = jumps.window.weights(sample.score) > 0
    return LocalPolynomial(
        conventional=conventional,
        robust=robust,
        first_stage=first[0],
        first_stage_robust=first[1],
        cutoff=design.cutoff,
        bandwidth=jumps.window.width,
        bias_bandwidth=jumps.window.bias_width,
        kernel=polynomial.kernel,
        order=polynomial.order,
        donut=polynomial.donut,
        n_below=int((inside & (sample.score < 0)).sum()),
        n_above=int((inside & (sample.score >= 0)).sum()),
        dropped=sample.dropped,
    )

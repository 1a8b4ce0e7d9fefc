"""Clustered errors of a jump, against rdrobust where the two must agree."""

import numpy as np
import pytest
from rdrobust import rdrobust

from analysis.estimates.discontinuity.two_sided_clusters import Window, clustered_errors
from analysis.faults import Faults

N, BY_SIDE = 1_200, 30


def symmetric(seed: int):
    """Scores mirrored at 0, so that both sides have as many rows and clusters in every window."""
    random = np.random.default_rng(seed)
    half = random.uniform(0.001, 1, N // 2)
    score = np.concatenate([-half, half])
    clusters = np.tile(np.arange(N // 2) % BY_SIDE, 2)
    noise = random.normal(size=N) + random.normal(size=2 * BY_SIDE)[clusters + BY_SIDE * (score > 0)]
    return score, 1 + score**2 + noise, random.normal(size=(N, 2)) + noise[:, None], clusters


@pytest.mark.parametrize(("width", "bias_width"), [(0.4, 0.4), (0.3, 0.6), (0.6, 0.3)])
@pytest.mark.parametrize("kernel", ["triangular", "uniform", "epanechnikov"])
@pytest.mark.parametrize("adjusted", [False, True])
def test_errors_are_rdrobust_s_where_no_cluster_straddles_the_cutoff(width, bias_width, kernel, adjusted):
    """Its `cr3` has no factor; ours is `(G-1)/G`, 59/60 with 30 clusters on each side."""
    score, values, covariates, clusters = symmetric(4)
    apart = clusters + BY_SIDE * (score > 0)
    theirs = rdrobust(
        values,
        score,
        h=width,
        b=bias_width,
        kernel=kernel,
        cluster=apart,
        vce="cr3",
        covs=covariates if adjusted else None,
    )
    used = covariates if adjusted else covariates[:, :0]
    ours = clustered_errors(values, score, used, apart, Window(width, bias_width, kernel, 1))
    conventional, _, robust = theirs.se.to_numpy().ravel() * np.sqrt(59 / 60)
    assert ours.conventional == pytest.approx(conventional, rel=1e-8)
    assert ours.robust == pytest.approx(robust, rel=1e-8)


def test_a_shock_that_a_cluster_shares_over_the_cutoff_cancels_in_the_jump():
    """With clusters mirrored at 0 and one shock on both sides of each, both curves move alike.

    Adding up the variances of the two sides, as rdrobust does, makes much of the shock.
    """
    random = np.random.default_rng(5)
    half = random.uniform(0.001, 1, N // 2)
    score, clusters = np.concatenate([-half, half]), np.tile(np.arange(N // 2) % BY_SIDE, 2)
    shock = 50 * random.normal(size=BY_SIDE)[clusters]
    errors = clustered_errors(shock, score, np.empty((N, 0)), clusters, Window(0.5, 0.5, "triangular", 1))
    assert errors.conventional < 1e-9
    assert errors.robust < 1e-9
    assert (rdrobust(shock, score, h=0.5, cluster=clusters).se > 10).to_numpy().all()


def test_a_cluster_that_alone_carries_a_curve_is_refused():
    score, values, covariates, clusters = symmetric(4)
    lonely = np.where(score > 0, 0, clusters + 1)
    with pytest.raises(Faults, match="one cluster alone carries the curve on a side"):
        clustered_errors(values, score, covariates[:, :0], lonely, Window(0.4, 0.4, "uniform", 1))

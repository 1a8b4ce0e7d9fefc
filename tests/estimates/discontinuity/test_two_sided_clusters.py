"""Clustered errors of a jump, against rdrobust where the two must agree."""

import numpy as np
import pytest
from rdrobust import rdrobust

from analysis.estimates.discontinuity.two_sided_clusters import Window, clustered_errors

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
    """Up to the corrections: by side `g/(g-1) (m-1)/(m-k)` there, `2g/(2g-1) (2m-1)/(2m-2k-z)` here."""
    score, values, covariates, clusters = symmetric(4)
    apart = clusters + BY_SIDE * (score > 0)
    covariates = covariates if adjusted else covariates[:, :0]
    theirs = rdrobust(
        values,
        score,
        h=width,
        b=bias_width,
        kernel=kernel,
        cluster=apart,
        covs=covariates if adjusted else None,
    ).se.to_numpy().ravel()
    ours = clustered_errors(values, score, covariates, apart, Window(width, bias_width, kernel, 1))
    reaches = {"conventional": (width, 2, theirs[0]), "robust": (max(width, bias_width), 3, theirs[2])}
    read = {"conventional": width if bias_width < width else max(width, bias_width), "robust": None}
    for name, (reach, k, error) in reaches.items():
        m_ours = int((np.abs(score) <= reach).sum()) // 2
        m_theirs = int((np.abs(score) <= (read[name] or reach)).sum()) // 2
        z = covariates.shape[1]
        house = 2 * BY_SIDE / (2 * BY_SIDE - 1) * (2 * m_ours - 1) / (2 * m_ours - 2 * k - z)
        side = BY_SIDE / (BY_SIDE - 1) * (m_theirs - 1) / (m_theirs - k)
        assert getattr(ours, name) / np.sqrt(house) == pytest.approx(error / np.sqrt(side), rel=1e-8)


def test_a_shock_that_a_cluster_shares_over_the_cutoff_cancels_in_the_jump():
    """Adding 50 to every row of a cluster moves both curves alike; summing sides would see noise.

    With clusters mirrored at 0 and the same shock on both sides, cluster scores sum to zero.
    """
    random = np.random.default_rng(5)
    half = random.uniform(0.001, 1, N // 2)
    score, clusters = np.concatenate([-half, half]), np.tile(np.arange(N // 2) % BY_SIDE, 2)
    shock = 50 * random.normal(size=BY_SIDE)[clusters]
    errors = clustered_errors(shock, score, np.empty((N, 0)), clusters, Window(0.5, 0.5, "triangular", 1))
    assert errors.conventional < 1e-9
    assert errors.robust < 1e-9

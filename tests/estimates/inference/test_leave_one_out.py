"""Estimates without each cluster against refits, and the jackknife error against another program."""

import numpy as np
import pyfixest
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.inference.leave_one_out import leave_one_out
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.faults import Faults

DESIGN = PanelDesign("household", "year", ("subsidy", "post"), ("size",), "township", "township")
VILLAGES = PanelDesign("household", "year", ("subsidy", "post"), ("size",), "village", "township")


@pytest.mark.parametrize("design", [DESIGN, VILLAGES], ids=["townships", "villages"])
@pytest.mark.parametrize(
    "specification",
    [
        HOUSEHOLD_YEAR,
        Specification("fixed", "none"),
        Specification("fixed", "by_group"),
        Specification("none", "common"),
    ],
    ids=lambda specification: specification.name,
)
def test_estimates_without_a_cluster_are_those_of_refits(unbalanced, design, specification):
    found = leave_one_out(unbalanced, "income", design, "post", specification=specification)
    clusters = sorted(unbalanced[design.clusters].unique())
    assert [left.cluster for left in found.without] == [str(cluster) for cluster in clusters]
    for left, cluster in list(zip(found.without, clusters, strict=True))[:6]:
        refit = fit_panel(unbalanced[unbalanced[design.clusters] != cluster], "income", design, specification)
        assert left.estimate == pytest.approx(refit.estimate("post").estimate, abs=1e-9)
        if specification.period != "by_group":
            assert left.n_obs == refit.estimate("post").n_obs


def test_the_estimate_with_all_clusters_is_that_of_the_regression(unbalanced):
    for specification in (HOUSEHOLD_YEAR, Specification("fixed", "by_group"), Specification("none", "none")):
        found = leave_one_out(unbalanced, "income", VILLAGES, "post", specification=specification).estimate
        fit = fit_panel(unbalanced, "income", VILLAGES, specification).estimate("post")
        assert found.estimate == pytest.approx(fit.estimate, abs=1e-9)
        assert found.std_error == pytest.approx(fit.std_error, rel=1e-9)
        assert found.conf_low == pytest.approx(fit.conf_low, rel=1e-9)
        assert (found.n_obs, found.n_clusters, found.df_resid) == (fit.n_obs, fit.n_clusters, fit.df_resid)


def test_the_jackknife_error_is_that_of_pyfixest_but_for_its_factor(unbalanced):
    """Without small-sample factors pyfixest's CRV3 is the bare sum; MacKinnon et al. multiply by (G-1)/G."""
    found = leave_one_out(unbalanced, "income", DESIGN, "post")
    with pytest.warns(UserWarning, match="1 singleton fixed effect"):
        other = pyfixest.feols(
            "income ~ subsidy + post + size | household + year",
            unbalanced,
            vcov={"CRV3": "township"},
            ssc=pyfixest.ssc(k_adj=False, G_adj=False),
        )
    assert found.jackknife.n_clusters == 4
    assert found.jackknife.std_error == pytest.approx(other.se()["post"] * np.sqrt(3 / 4), rel=1e-6)


def test_three_townships_by_hand(changes):
    """Changes 6, 1 and 3, the first treated: 6 - 2 = 4; without the others 6 - 3 = 3 and 6 - 1 = 5.

    Without the first nothing is treated, so there is no jackknife error.
    """
    design = PanelDesign("home", "year", ("it",), (), "the township")
    found = leave_one_out(changes((6, 1, 3), (0,)), "net income", design, "it")
    first, second, third = found.without
    assert np.isnan(first.estimate)
    assert (second.estimate, third.estimate) == pytest.approx((3, 5))
    assert (second.change, third.change) == pytest.approx((-1, 1))
    assert (found.lowest.cluster, found.highest.cluster) == ("town 1", "town 2")
    assert isinstance(found.jackknife, NotApplicable)
    assert found.jackknife.reason == "it does not vary without town 0"


def test_the_jackknife_variance_by_hand(changes):
    """Changes 6, 4, 1 and 1, the first two treated: 4. Without each: 3, 5, 4 and 4.

    The variance is 3/4 x (1 + 1 + 0 + 0) = 1.5.
    """
    design = PanelDesign("home", "year", ("it",), (), "the township")
    found = leave_one_out(changes((6, 4, 1, 1), (0, 1)), "net income", design, "it")
    assert [left.estimate for left in found.without] == pytest.approx([3, 5, 4, 4])
    assert found.jackknife.std_error == pytest.approx(np.sqrt(1.5))
    assert found.jackknife.df_resid == 3


def test_a_planted_outlier_is_the_most_influential(unbalanced):
    moved = (unbalanced["township"] == 2) & (unbalanced["post"] == 1)
    frame = unbalanced.assign(income=unbalanced["income"] + 5 * moved)
    found = leave_one_out(frame, "income", DESIGN, "post")
    assert found.most_influential.cluster == found.tidy()["cluster"][0] == "2"
    assert found.most_influential.change < 0


def test_random_effects_are_refused(unbalanced):
    with pytest.raises(Faults, match="specification: random effects"):
        leave_one_out(unbalanced, "income", DESIGN, "post", specification=Specification("random", "common"))

"""What the rule chooses, that it is applied, and the size of what it chooses."""

import numpy as np
import pytest

from analysis.estimates.bootstrap_draws import draw_statistics, weight_chunks
from analysis.estimates.inference.blocks import cluster_blocks, clustered_estimate, scores_of
from analysis.estimates.inference.paths import clusters_apart
from analysis.estimates.inference.randomization import randomization, randomize_sample
from analysis.estimates.inference.rule import choose_inference, infer
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.panel_sample import take_sample
from analysis.estimates.wild_bootstrap import wild_bootstrap
from analysis.faults import Faults

DESIGN = PanelDesign("household", "year", ("subsidy", "post"), ("size",), "household", "township")


@pytest.mark.parametrize(
    ("n_clusters", "n_treated", "n_apart", "method"),
    [
        (490, 200, 200, "cluster-robust"),
        (40, 20, 20, "cluster-robust"),
        (39, 19, 19, "wild bootstrap"),
        (490, 12, 12, "wild bootstrap"),
        (16, 8, 8, "wild bootstrap"),
        (16, 4, 4, "wild bootstrap"),
        (16, 12, 4, "wild bootstrap"),
        (16, 3, 3, "randomization"),
        (16, 14, 2, "randomization"),
        (490, 3, 3, "randomization"),
    ],
)
def test_the_method_follows_from_the_clusters(n_clusters, n_treated, n_apart, method):
    assert choose_inference(n_clusters, n_treated, n_apart).method == method


def test_the_reason_gives_the_counts():
    assert choose_inference(16, 14, 2).reason == (
        "2 of 16 clusters differ in treatment from the rest, 3 or fewer: too few for errors or the bootstrap"
    )


def test_counts_that_no_sample_has_are_refused():
    with pytest.raises(Faults, match="treated clusters: 17\n    allowed: 1 to 16"):
        choose_inference(16, 17, 4)


def test_clusters_apart_are_the_smaller_side_whichever_is_treated(few, design):
    """14 of 16 treated leave two apart; three years of start leave all but the largest group."""
    apart = []
    for starts in ((2,) * 14, (2,) * 5, (2,), (1, 2, 2, 3)):
        sample = take_sample(few(1, n_clusters=16, starts=starts), "income", design, HOUSEHOLD_YEAR)
        apart.append(clusters_apart(sample, "treated"))
    assert apart == [2, 5, 1, 4]


def test_a_township_without_one_year_is_not_apart_for_it(few, design):
    frame = few(1, n_clusters=16, starts=(2, 2))
    frame = frame[(frame["township"] != 9) | (frame["year"] != 0)]
    assert clusters_apart(take_sample(frame, "income", design, HOUSEHOLD_YEAR), "treated") == 2


def test_two_treated_townships_get_the_randomization_test(few, design):
    frame = few(2, n_clusters=16, starts=(2, 2), effect=2.0)
    found, alone = (act(frame, "income", design, "treated", seed=3) for act in (infer, randomization))
    assert found.choice.method == "randomization"
    assert (found.p_value, found.conf_low, found.conf_high) == (
        alone.p_value,
        alone.conf_low,
        alone.conf_high,
    )
    assert (found.choice.n_treated_clusters, found.estimate.n_treated_clusters, found.draws) == (2, 2, 120)


def test_eight_treated_townships_get_the_wild_bootstrap(few, design):
    frame = few(2, n_clusters=16, starts=(2,) * 8, effect=1.0)
    found, alone = (act(frame, "income", design, "treated", seed=3) for act in (infer, wild_bootstrap))
    assert found.choice.method == "wild bootstrap"
    assert (found.p_value, found.conf_low, found.conf_high) == (
        alone.p_value,
        alone.conf_low,
        alone.conf_high,
    )
    row = found.tidy().iloc[0]
    assert (row["p_value"], row["method"], row["n_treated_clusters"]) == (alone.p_value, "wild bootstrap", 8)


def test_many_clusters_get_the_interval_of_the_regression(unbalanced):
    found = infer(unbalanced, "income", DESIGN, "post", seed=3)
    fit = fit_panel(unbalanced, "income", DESIGN, HOUSEHOLD_YEAR).estimate("post")
    assert found.choice.method == "cluster-robust"
    assert found.p_value == pytest.approx(fit.p_value, abs=1e-9)
    assert (found.conf_low, found.conf_high) == pytest.approx((fit.conf_low, fit.conf_high), abs=1e-9)


def test_households_treated_in_two_townships_only_are_refused_with_the_remedy(few, design):
    frame = few(4, n_clusters=16, starts=(2, 2))
    frame["treated"] *= frame["household"] % 2
    with pytest.raises(Faults, match="cluster by the unit that was treated as a whole"):
        infer(frame, "income", design, "treated", seed=3)


def test_with_two_treated_of_sixteen_only_randomization_has_its_size(few, design):
    """True null, 120 panels: clustered errors reject far too often, the bootstrap never, randomization 5%.

    Monte Carlo error of 5% is 2 points; of 26%, 4 points.
    """
    rejected = []
    for seed in range(120):
        sample = take_sample(few(seed, n_clusters=16, starts=(2, 2)), "income", design, HOUSEHOLD_YEAR)
        blocks = cluster_blocks(sample, "treated")
        scores = scores_of(blocks)
        drawn = draw_statistics(scores, weight_chunks("webb", 16, 399, seed))
        moved = randomize_sample(sample, "treated", null=0.0, level=0.95, draws=999, seed=seed)
        p_values = (
            clustered_estimate(blocks, "treated").p_value,
            drawn.p_value(scores.estimate, scores.variance),
            moved.p_value,
        )
        rejected.append(np.array(p_values) <= 0.05)
    clustered, bootstrap, randomized = np.mean(rejected, axis=0)
    assert clustered > 0.15
    assert bootstrap < 0.03
    assert randomized == pytest.approx(0.05, abs=0.05)

"""The wild cluster bootstrap against another program, by its definition, and by its size."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from wildboottest.wildboottest import WildboottestCL

from analysis.estimates.bootstrap_draws import SUPPORT
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.panel_sample import take_sample
from analysis.estimates.wild_bootstrap import bootstrap_sample, wild_bootstrap
from analysis.faults import Faults

DESIGN = PanelDesign("household", "year", ("subsidy", "post"), ("size",), "township", "township")


def few_clusters(seed: int, n_clusters: int, effect: float = 0.0) -> pd.DataFrame:
    """Households in townships with common shocks; half of the townships are treated from year 2."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        [(g, 100 * g + h, t) for g in range(n_clusters) for h in range(4) for t in range(4)],
        columns=["township", "household", "year"],
    )
    frame["treated"] = ((frame["township"] < n_clusters / 2) & (frame["year"] >= 2)).astype(float)
    frame["covariate"] = random.normal(size=len(frame))
    shock = np.cumsum(random.normal(size=(n_clusters, 4)), axis=1)[frame["township"], frame["year"]]
    frame["income"] = effect * frame["treated"] + shock + random.normal(size=len(frame))
    return frame


FEW = PanelDesign("household", "year", ("treated",), ("covariate",), "township", "township")


def other_program(frame: pd.DataFrame, draws: int) -> WildboottestCL:
    """wildboottest on columns without household means, year dummies among them."""
    years = pd.get_dummies(frame["year"], dtype=float).iloc[:, 1:]
    columns = frame[["income", "treated", "covariate"]].join(years.set_axis(["t1", "t2", "t3"], axis=1))
    within = columns - columns.groupby(frame["household"]).transform("mean")
    boot = WildboottestCL(
        X=within.drop(columns="income").to_numpy(),
        Y=within["income"].to_numpy(),
        cluster=frame["township"].to_numpy(),
        R=np.array([1.0, 0, 0, 0, 0]),
        B=draws,
        seed=1,
        parallel=False,
    )
    boot.get_scores(bootstrap_type="11", impose_null=True)
    boot.get_weights("rademacher")
    boot.get_numer()
    boot.get_denom()
    boot.get_tboot()
    boot.get_vcov()
    boot.get_tstat()
    return boot


def test_all_sign_patterns_give_the_p_value_of_wildboottest():
    """2^9 patterns, so both are exact; ours counts the two patterns that repeat the sample."""
    frame = few_clusters(4, 9, effect=1.0)
    found = wild_bootstrap(frame, "income", FEW, "treated", seed=1, weights="rademacher")
    other = other_program(frame, draws=9_999)
    as_large = np.abs(other.t_boot) >= np.abs(other.t_stat) * (1 - 1e-9)
    assert found.enumerated
    assert found.draws == len(other.t_boot) == 512
    assert found.p_value == as_large.mean()
    assert 0.004 < found.p_value < 0.9


def test_random_signs_give_the_p_value_of_wildboottest_within_monte_carlo_error():
    frame = few_clusters(5, 16, effect=0.8)
    found = wild_bootstrap(frame, "income", FEW, "treated", seed=1, weights="rademacher", draws=20_000)
    other = other_program(frame, draws=20_000)
    p = float(np.mean(np.abs(other.t_boot) > np.abs(other.t_stat)))
    assert not found.enumerated
    assert found.p_value == pytest.approx(p, abs=4 * np.sqrt(2 * p * (1 - p) / 20_000))


def test_the_estimate_is_that_of_the_regression(unbalanced):
    for specification in (
        HOUSEHOLD_YEAR,
        Specification("fixed", "by_group"),
        Specification("none", "common"),
    ):
        found = wild_bootstrap(unbalanced, "income", DESIGN, "post", seed=1, specification=specification)
        fit = fit_panel(unbalanced, "income", DESIGN, specification)
        assert found.estimate == pytest.approx(fit.estimate("post").estimate, abs=1e-9)
        assert found.n_clusters == fit.estimate("post").n_clusters


@pytest.mark.parametrize("weights", ["webb", "rademacher"])
def test_the_interval_holds_the_nulls_that_are_not_rejected(weights):
    """The p-value crosses 5% at both bounds."""
    frame = few_clusters(6, 12, effect=0.5)
    ask = {"seed": 7, "weights": weights, "draws": 4_999}
    found = wild_bootstrap(frame, "income", FEW, "treated", **ask)
    width = found.conf_high - found.conf_low
    for bound, outwards in ((found.conf_low, -1), (found.conf_high, 1)):
        inside = wild_bootstrap(frame, "income", FEW, "treated", null=bound - outwards * 1e-4 * width, **ask)
        outside = wild_bootstrap(frame, "income", FEW, "treated", null=bound + outwards * 1e-4 * width, **ask)
        assert outside.p_value <= 0.05
        assert inside.p_value > outside.p_value - 1e-12
        assert inside.p_value == pytest.approx(0.05, abs=0.01)


def test_five_clusters_of_signs_cannot_reject_anything():
    """2 of 2^5 patterns repeat the sample, 6.25%, so no null is rejected at 5%."""
    found = wild_bootstrap(
        few_clusters(8, 5, effect=9), "income", FEW, "treated", seed=1, weights="rademacher"
    )
    assert found.p_value >= 2 / 32
    assert (found.conf_low, found.conf_high) == (-np.inf, np.inf)


def test_size_under_the_null_is_five_percent():
    """300 panels of 16 townships, 8 treated: Monte Carlo error of the share is 1.3 points."""
    rejected = []
    for seed in range(300):
        sample = take_sample(few_clusters(1000 + seed, 16), "income", FEW, HOUSEHOLD_YEAR)
        found = bootstrap_sample(
            sample, "treated", null=0.0, level=0.95, draws=399, weights="webb", seed=seed
        )
        rejected.append(found.p_value <= 0.05)
    assert np.mean(rejected) == pytest.approx(0.05, abs=0.038)


def test_webb_weights_have_mean_zero_and_variance_one():
    assert SUPPORT["webb"].mean() == pytest.approx(0)
    assert (SUPPORT["webb"] ** 2).mean() == pytest.approx(1)


def test_a_seed_gives_the_same_draws(unbalanced):
    first = wild_bootstrap(unbalanced, "income", DESIGN, "post", seed=3)
    assert wild_bootstrap(unbalanced, "income", DESIGN, "post", seed=3) == first
    assert wild_bootstrap(unbalanced, "income", DESIGN, "post", seed=4).p_value != first.p_value


def test_treated_clusters_are_counted():
    found = wild_bootstrap(few_clusters(9, 7), "income", FEW, "treated", seed=1, draws=99)
    assert (found.n_clusters, found.n_treated_clusters) == (7, 4)


def test_households_that_move_between_clusters_are_refused(balanced):
    moved = balanced.assign(township=balanced["township"].mask(balanced.index == 0, 9))
    with pytest.raises(Faults) as raised:
        wild_bootstrap(moved, "income", DESIGN, "post", seed=1)
    assert str(raised.value) == (
        "panel, column 'township': 1 entities change cluster\n"
        "    allowed: one cluster an entity\n"
        "    mend: use the cluster of each entity's first period"
    )


def test_unknown_terms_and_random_effects_are_refused_at_once(balanced):
    with pytest.raises(Faults) as raised:
        wild_bootstrap(
            balanced, "income", DESIGN, "posts", seed=1, specification=Specification("random", "none")
        )
    assert str(raised.value) == (
        "design: no term 'posts'\n    allowed: subsidy, post, size\n    mend: did you mean 'post'?\n"
        "specification: random effects\n"
        "    allowed: pooled or household effects\n"
        "    mend: choose one of them"
    )


def test_clusters_are_needed(balanced):
    with pytest.raises(Faults, match="design, clusters: None"):
        wild_bootstrap(balanced, "income", replace(DESIGN, clusters=None), "post", seed=1)


def test_a_term_that_the_effects_absorb_is_refused(balanced):
    frame = balanced.assign(size=(balanced["year"] > 2017).astype(float))
    with pytest.raises(Faults, match="'size': absorbed by household and year effects"):
        wild_bootstrap(frame, "income", DESIGN, "size", seed=1)

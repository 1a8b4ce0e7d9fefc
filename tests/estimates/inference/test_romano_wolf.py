"""Step-down p-values by hand, against pyfixest, and where they reduce to the single test."""

from dataclasses import replace

import numpy as np
import pyfixest
import pytest

from analysis.estimates.inference.adjustments import bonferroni, holm, step_down
from analysis.estimates.inference.romano_wolf import Hypothesis, romano_wolf
from analysis.estimates.panel_design import Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.wild_bootstrap import wild_bootstrap
from analysis.faults import Faults

OUTCOMES = ("income", "harvest", "wage")


def test_one_hypothesis_has_the_p_value_of_the_single_bootstrap(few, design):
    frame = few(1, n_clusters=9, starts=(2, 2, 2, 1), effect=1.0)
    found = romano_wolf(frame, [Hypothesis("income", "treated", design)], seed=4).tested[0]
    alone = wild_bootstrap(frame, "income", design, "treated", seed=4)
    assert found.p_value == found.p_romano_wolf == found.p_holm == found.p_bonferroni == alone.p_value


def test_twice_the_same_hypothesis_costs_nothing(few, design):
    """The largest of two equal statistics is either of them; Bonferroni does not know."""
    frame = few(2, n_clusters=9, starts=(2, 2, 2, 1), effect=1.0)
    first, second = romano_wolf(frame, [Hypothesis("income", "treated", design)] * 2, seed=4).tested
    assert first.p_romano_wolf == second.p_romano_wolf == first.p_value
    assert first.p_bonferroni == 2 * first.p_value


def test_the_p_values_are_those_of_pyfixest(few, design):
    """All 2^9 sign patterns in both; pyfixest adds the sample to them, ours counts it among them."""
    frame = few(3, n_clusters=9, starts=(2, 2, 2, 1), effect=1.2)
    family = [Hypothesis(outcome, "treated", design) for outcome in OUTCOMES]
    found = romano_wolf(frame, family, seed=1, weights="rademacher")
    models = [
        pyfixest.feols(
            f"{outcome} ~ treated + covariate + C(year) + C(household)", frame, vcov={"CRV1": "township"}
        )
        for outcome in OUTCOMES
    ]
    with pytest.warns(UserWarning, match="full_enumeration"):
        other = pyfixest.rwolf(models, "treated", reps=9_999, seed=1)
    counted = other.loc["RW Pr(>|t|)"].to_numpy(dtype=float) * 513 - 1
    assert found.draws == 512
    assert [one.p_romano_wolf for one in found.tested] == pytest.approx(counted / 512, abs=2.1 / 512)


def test_estimates_are_those_of_the_regressions_each_on_its_own_rows(few, design):
    """A township without any harvest leaves one regression and keeps its weight in the other."""
    frame = few(4, n_clusters=9, starts=(2, 2, 2, 1), effect=1.0, kept=0.9)
    frame["harvest"] = frame["harvest"].mask(frame["township"] == 3)
    family = [Hypothesis(outcome, "treated", design) for outcome in ("harvest", "income")]
    found = romano_wolf(frame, family, seed=4)
    alone = wild_bootstrap(frame, "income", design, "treated", seed=4)
    assert [one.estimate.n_clusters for one in found.tested] == [8, 9]
    assert found.tested[1].p_value == alone.p_value
    for one, hypothesis in zip(found.tested, family, strict=True):
        fit = fit_panel(frame, hypothesis.outcome, design, hypothesis.specification).estimate("treated")
        assert one.estimate.estimate == pytest.approx(fit.estimate, abs=1e-9)
        assert one.estimate.std_error == pytest.approx(fit.std_error, rel=1e-9)


def test_adjusted_values_lie_between_the_single_and_bonferroni(few, design):
    frame = few(5, n_clusters=9, starts=(2, 2, 2, 1), effect=0.8)
    pooled = Specification("none", "common")
    family = [
        Hypothesis(o, "treated", design, s)
        for o in OUTCOMES
        for s in (pooled, Specification("fixed", "common"))
    ]
    table = romano_wolf(frame, family, seed=2).tidy()
    assert (table["p_romano_wolf"] >= table["p_bootstrap"]).all()
    assert (table["p_holm"] <= table["p_bonferroni"]).all()
    assert list(table["outcome"]) == [hypothesis.outcome for hypothesis in family]


def test_holm_and_bonferroni_by_hand():
    """In rising order .01, .02, .03, .30: 4 x .01, 3 x .02, 2 x .03, .30."""
    p_values = np.array([0.30, 0.01, 0.03, 0.02])
    assert holm(p_values) == pytest.approx([0.30, 0.04, 0.06, 0.06])
    assert bonferroni(p_values) == pytest.approx([1.0, 0.04, 0.12, 0.08])


def test_holm_never_falls_below_an_earlier_step():
    """2 x .04 = .08, then 1 x .05 is raised to .08."""
    assert holm(np.array([0.05, 0.04])) == pytest.approx([0.08, 0.08])


def test_step_down_by_hand():
    """The larger of the two drawn is 9, 5, 8, 1, 10, the second alone 4, 5, 1, 1, 3.

    Of 9 and 4: 2 of 5 reach 9, and 2 of 5 reach 4. Of 7.5 and 6: 3 of 5 reach 7.5 and none 6, so that
    the second p-value is raised to the first.
    """
    drawn = np.array([[9, 4], [2, 5], [8, 1], [1, 1], [10, 3]], dtype=float)
    assert step_down(np.array([9.0, 4.0]), drawn) == pytest.approx([0.4, 0.4])
    assert step_down(np.array([7.5, 6.0]), drawn) == pytest.approx([0.6, 0.6])


def test_families_with_two_kinds_of_clusters_are_refused(few, design):
    frame = few(6, n_clusters=9, starts=(2, 2))
    family = [
        Hypothesis("income", "treated", design),
        Hypothesis("income", "treated", replace(design, clusters="household")),
    ]
    with pytest.raises(Faults) as raised:
        romano_wolf(frame, family, seed=1)
    assert str(raised.value) == (
        "family, clusters: household, township\n"
        "    allowed: one column for the whole family\n"
        "    mend: give every design the same clusters, or test them as two families"
    )


def test_an_empty_family_is_refused(few):
    with pytest.raises(Faults, match="family, clusters: no hypothesis"):
        romano_wolf(few(6, n_clusters=9, starts=(2, 2)), [], seed=1)

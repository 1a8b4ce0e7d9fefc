"""Local polynomial estimates: published, by hand, planted."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from rdrobust.datasets import rdrobust_RDsenate

from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.local_polynomial import local_polynomial
from analysis.estimates.discontinuity.polynomial import Polynomial
from analysis.faults import Faults

SHARP = CutoffDesign("sharp", "score", "unit no.")
FUZZY = replace(SHARP, outcome="fuzzy", treatment="takes it", clusters="village")


def test_the_senate_is_that_of_calonico_cattaneo_farrell_and_titiunik():
    """Stata Journal 17 (2017), p. 387: 7.4141 (1.4587), h 17.754, b 28.028, 360 and 323 rows.

    The robust interval (4.094, 10.919) is normal; ours is t with 677 degrees of freedom.
    """
    senate = rdrobust_RDsenate().assign(row=range(1390))
    found = local_polynomial(senate, CutoffDesign("vote", "margin", "row"))
    assert round(found.conventional.estimate, 4) == 7.4141
    assert round(found.conventional.std_error, 4) == 1.4587
    assert (round(found.bandwidth, 3), round(found.bias_bandwidth, 3)) == (17.754, 28.028)
    assert (found.n_below, found.n_above) == (360, 323)
    middle, reach = (10.919 + 4.094) / 2, (10.919 - 4.094) / 2
    assert found.robust.estimate == pytest.approx(middle, abs=0.001)
    assert found.robust.std_error * 1.959964 == pytest.approx(reach, abs=0.001)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("missing vote", 93)]


@pytest.mark.parametrize("side", [1.0, -1.0])
def test_a_given_bandwidth_is_weighted_least_squares_by_hand(around, side):
    weight = np.clip(1 - around["score"].abs() / 0.3, 0, None)
    above = (around["score"] >= 0).astype(float)
    x = np.column_stack([np.ones(len(above)), above, around["score"], above * around["score"]])
    by_hand = sm.WLS(around["sharp"], x, weights=weight).fit()
    design = replace(SHARP, treated_side="above" if side > 0 else "below")
    found = local_polynomial(around, design, Polynomial(bandwidth=0.3))
    assert found.conventional.estimate == pytest.approx(side * by_hand.params.iloc[1], rel=1e-8)


def test_the_correction_is_a_curve_of_the_next_order_where_both_bandwidths_agree(around):
    """Calonico, Cattaneo and Titiunik (2014), remark 7: with h = b the corrected line is the parabola."""
    line = local_polynomial(around, SHARP, Polynomial(bandwidth=0.4))
    parabola = local_polynomial(around, SHARP, Polynomial(bandwidth=0.4, order=2))
    assert line.robust.estimate == pytest.approx(parabola.conventional.estimate, rel=1e-8)


def test_clustered_errors_are_the_jackknife_of_weighted_least_squares_by_hand(around):
    """`(G-1)/G Σ (b_without_g - b)²`: every village, on both sides of the cutoff, left out in turn."""
    inside = around[around["score"].abs() < 0.3]
    above = (inside["score"] >= 0).astype(float)
    x = np.column_stack([np.ones(len(above)), above, inside["score"], above * inside["score"]])
    weight, y = (1 - inside["score"].abs() / 0.3).to_numpy(), inside["sharp"].to_numpy()

    def jump(kept: np.ndarray) -> float:
        moments = (x[kept].T * weight[kept]) @ x[kept]
        return float(np.linalg.solve(moments, x[kept].T @ (weight[kept] * y[kept]))[1])

    villages = inside["village"].unique()
    moves = [jump((inside["village"] != one).to_numpy()) - jump(weight > 0) for one in villages]
    by_hand = np.sqrt((len(villages) - 1) / len(villages) * np.square(moves).sum())
    found = local_polynomial(around, replace(SHARP, clusters="village"), Polynomial(bandwidth=0.3))
    assert found.conventional.std_error == pytest.approx(by_hand, rel=1e-8)
    assert found.conventional.n_clusters == inside["village"].nunique()
    assert found.conventional.df_resid == inside["village"].nunique() - 1
    assert found.conventional.n_treated_clusters == inside.loc[above == 1, "village"].nunique()


def test_a_fuzzy_estimate_is_the_ratio_of_two_sharp_ones(around):
    width = Polynomial(bandwidth=0.5)
    jump = local_polynomial(around, replace(FUZZY, treatment=None), width).conventional
    first = local_polynomial(around, replace(FUZZY, treatment=None, outcome="takes it"), width)
    found = local_polynomial(around, FUZZY, width)
    assert found.conventional.estimate == pytest.approx(jump.estimate / first.conventional.estimate, rel=1e-8)
    assert found.first_stage.estimate == pytest.approx(first.conventional.estimate, rel=1e-8)
    assert found.first_stage.std_error == pytest.approx(first.conventional.std_error, rel=1e-8)
    assert found.first_stage_f == pytest.approx(first.conventional.statistic**2, rel=1e-8)


def test_planted_effects_lie_in_the_robust_intervals(around):
    """2.0 for everybody; the treatment jumps by 0.5."""
    sharp, fuzzy = local_polynomial(around, SHARP).robust, local_polynomial(around, FUZZY)
    assert sharp.conf_low < 2.0 < sharp.conf_high
    assert fuzzy.robust.conf_low < 2.0 < fuzzy.robust.conf_high
    assert fuzzy.first_stage_robust.conf_low < 0.5 < fuzzy.first_stage_robust.conf_high


def test_rows_in_the_donut_and_missing_values_are_counted(around):
    holed = around.assign(sharp=around["sharp"].where(around["score"] < 0.9))
    found = local_polynomial(holed, SHARP, Polynomial(bandwidth=0.5, donut=0.05))
    counts = [(drop.reason, drop.n_obs) for drop in found.dropped]
    missing, inside = (around["score"] >= 0.9).sum(), (around["score"].abs() < 0.05).sum()
    assert counts == [("missing sharp", missing), ("inside the donut", inside)]
    near = around[(around["score"].abs() >= 0.05) & (around["score"].abs() < 0.5)]
    assert found.n_below + found.n_above == len(near)


@pytest.mark.parametrize(
    ("design", "polynomial", "words"),
    [
        (replace(SHARP, running="scor"), Polynomial(), "did you mean 'score'?"),
        (replace(SHARP, cutoff=3.0), Polynomial(), "0 distinct value(s) above the cutoff 3"),
        (replace(SHARP, clusters="one"), Polynomial(), "a single cluster"),
        (replace(SHARP, treatment="one"), Polynomial(), "no variation: 1 in every row"),
        (replace(SHARP, covariates=("word",)), Polynomial(), "'word'"),
        (SHARP, Polynomial(bandwidth=-1.0), "bandwidth: -1.0"),
        (SHARP, Polynomial(order=7), "order: 7"),
        (SHARP, Polynomial(bandwidth=1e-9), "Not enough distinct running-variable values"),
    ],
)
def test_bad_input_names_the_column_and_the_remedy(around, design, polynomial, words):
    with pytest.raises(Faults) as raised:
        local_polynomial(around.assign(one=1, word="a"), design, polynomial)
    assert words in str(raised.value)


def test_infinite_values_are_refused(around):
    broken = around.assign(sharp=around["sharp"].where(around["score"] < 0.99, np.inf))
    with pytest.raises(Faults, match="infinite value"):
        local_polynomial(broken, SHARP)


def test_identifiers_may_be_text_and_rows_in_any_order(around):
    shuffled = around.sample(frac=1, random_state=3).astype({"unit no.": str, "village": str})
    width = Polynomial(bandwidth=0.4)
    left, right = (local_polynomial(frame, FUZZY, width).robust for frame in (around, shuffled))
    assert left.estimate == pytest.approx(right.estimate, rel=1e-9)
    assert left.std_error == pytest.approx(right.std_error, rel=1e-9)
    assert isinstance(local_polynomial(around, FUZZY, width).tidy(), pd.DataFrame)

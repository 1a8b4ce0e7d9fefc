"""Randomization inference by hand, against refits of every arrangement, and its refusals."""

from dataclasses import replace
from math import comb

import numpy as np
import pytest

from analysis.estimates.inference.assignments import arrangements, n_arrangements
from analysis.estimates.inference.randomization import randomization
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.faults import Faults

TINY = PanelDesign("home", "year", ("it",), (), "the township")


@pytest.mark.parametrize(
    ("treated", "estimate", "share"),
    [
        ((0,), 5 - (1 + 2 + 0) / 3, 1 / 4),  # the others: 1 - 7/3 = -4/3, 2 - 6/3 = 0, 0 - 8/3
        ((1,), 1 - (5 + 2 + 0) / 3, 3 / 4),  # 4 and -8/3 are further out, 0 is not
        ((0, 2), (5 + 2) / 2 - (1 + 0) / 2, 2 / 6),  # pairs give 2, 3, 1 and, complements, -1, -3, -2
        ((0, 1), (5 + 1) / 2 - (2 + 0) / 2, 4 / 6),
    ],
)
def test_the_p_value_of_the_coefficient_is_the_share_counted_by_hand(changes, treated, estimate, share):
    """Townships change by 5, 1, 2 and 0."""
    found = randomization(changes((5, 1, 2, 0), treated), "net income", TINY, "it", seed=1)
    assert found.estimate == pytest.approx(estimate)
    assert found.p_value_coefficient == pytest.approx(share)
    assert found.exact
    assert found.arrangements == comb(4, len(treated)) == round(1 / found.smallest_p_value)
    assert found.n_treated_clusters == len(treated)


def test_one_treated_of_six_can_never_reject_at_five_percent(changes):
    """The smallest share is 1/6, so every null is kept."""
    found = randomization(changes((50, 1, 2, 0, 1, 3), (0,)), "net income", TINY, "it", seed=1)
    assert found.p_value_coefficient == pytest.approx(1 / 6)
    assert (found.conf_low, found.conf_high) == (-np.inf, np.inf)


@pytest.mark.parametrize(
    ("specification", "null"),
    [
        (HOUSEHOLD_YEAR, 0.0),
        (HOUSEHOLD_YEAR, 0.7),
        (Specification("none", "common"), 0.7),
        (Specification("fixed", "none"), 0.0),
    ],
)
def test_the_p_values_are_those_of_refitting_every_arrangement(few, design, specification, null):
    """5 townships, two of them with different years: 20 arrangements, households missing some years."""
    frame = few(3, n_clusters=5, starts=(1, 2), kept=0.8, effect=1.0)
    path = {g: [0.0] * 4 for g in range(5)} | {0: [0.0, 1, 1, 1], 1: [0.0, 0, 1, 1]}
    found = randomization(frame, "income", design, "treated", seed=1, specification=specification, null=null)
    assert found.arrangements == 20
    moved = frame.assign(left=frame["income"] - null * frame["treated"])
    refits = []
    for owners in arrangements(np.array([1, 2, 0, 0, 0]), draws=20, seed=1):
        given = [{1: 0, 2: 1, 0: 2}[owner] for owner in owners]
        rows = zip(moved["township"], moved["year"], strict=True)
        placed = moved.assign(treated=[path[given[g]][t] for g, t in rows])
        refits.append(fit_panel(placed, "left", design, specification).estimate("treated"))
    sample = fit_panel(moved, "left", design, specification).estimate("treated")
    larger = [abs(r.statistic) >= abs(sample.statistic) * (1 - 1e-8) for r in refits]
    wider = [abs(r.estimate) >= abs(sample.estimate) * (1 - 1e-8) for r in refits]
    assert found.p_value == pytest.approx(np.mean(larger))
    assert found.p_value_coefficient == pytest.approx(np.mean(wider))


def test_the_interval_holds_the_nulls_that_are_not_rejected(few, design):
    frame = few(5, n_clusters=16, starts=(2, 2), effect=1.0)
    found = randomization(frame, "income", design, "treated", seed=1)
    assert found.arrangements == comb(16, 2)
    width = found.conf_high - found.conf_low
    assert np.isfinite(width)
    for bound, outwards in ((found.conf_low, -1), (found.conf_high, 1)):
        ask = [bound - outwards * 1e-4 * width, bound + outwards * 1e-4 * width]
        inside, outside = (
            randomization(frame, "income", design, "treated", seed=1, null=null).p_value for null in ask
        )
        assert outside <= 0.05 < inside


def test_random_arrangements_come_near_the_exact_p_value(few, design):
    """12,870 arrangements of 8 in 16 against 4,000 random ones: within four Monte Carlo errors."""
    frame = few(6, n_clusters=16, starts=(2,) * 8, effect=0.5)
    exact = randomization(frame, "income", design, "treated", seed=1, draws=13_000)
    drawn = randomization(frame, "income", design, "treated", seed=1, draws=4_000)
    assert (exact.exact, exact.arrangements) == (True, 12_870)
    assert (drawn.exact, drawn.arrangements) == (False, 4_000)
    p = exact.p_value
    assert 0.02 < p < 0.98
    assert drawn.p_value == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 4_000))


def test_arrangements_are_all_different_and_keep_the_number_of_each_path():
    """7! / (4! 2! 1!) = 105."""
    paths = np.array([0, 1, 0, 2, 0, 1, 0])
    found = arrangements(paths, draws=105, seed=1)
    assert n_arrangements(paths) == 105
    assert len({tuple(row) for row in found.tolist()}) == len(found) == 105
    assert {tuple(np.bincount(row)) for row in found} == {(4, 2, 1)}


def test_a_control_in_step_with_the_treatment_of_another_township_does_not_stop_the_test(few, design):
    """Re-assigned to township 1, the treatment is the control: that arrangement counts as extreme."""
    frame = few(7, n_clusters=8, starts=(2,))
    frame["covariate"] = ((frame["township"] == 1) & (frame["year"] >= 2)).astype(float)
    found = randomization(frame, "income", design, "treated", seed=1)
    others = randomization(frame[frame["township"] != 1], "income", design, "treated", seed=1)
    assert found.estimate == pytest.approx(others.estimate)
    assert found.p_value >= 2 / 8


def test_a_treatment_of_households_is_refused_with_the_remedy(few, design):
    frame = few(8, n_clusters=6, starts=(2, 2))
    frame.loc[(frame["household"] == 3) & (frame["year"] == 3), "treated"] = 0.0
    with pytest.raises(Faults) as raised:
        randomization(frame, "income", design, "treated", seed=1)
    assert str(raised.value) == (
        "panel, column 'treated': differs between rows of one cluster and period, in 1 cells\n"
        "    allowed: one value for all rows of a 'township' in a period\n"
        "    mend: cluster by the unit that was treated as a whole, or use the wild bootstrap"
    )


def test_a_township_without_a_year_is_refused_with_the_remedy(few, design):
    frame = few(9, n_clusters=6, starts=(2, 2))
    frame = frame[(frame["township"] != 4) | (frame["year"] != 1)]
    with pytest.raises(Faults) as raised:
        randomization(frame, "income", design, "treated", seed=1)
    assert str(raised.value) == (
        "panel, columns 'township' and 'year': 1 cluster(s) and period(s) without rows\n"
        "    allowed: rows of every cluster in every period\n"
        "    mend: leave out the periods or clusters that are incomplete"
    )


def test_a_treatment_with_one_path_everywhere_is_refused(few, design):
    frame = few(10, n_clusters=6, starts=(2,) * 6)
    with pytest.raises(Faults, match="'treated': the same path in every cluster"):
        randomization(
            frame, "income", design, "treated", seed=1, specification=Specification("fixed", "none")
        )


def test_clusters_are_needed(few, design):
    with pytest.raises(Faults, match="design, clusters: None"):
        randomization(
            few(1, n_clusters=6, starts=(2,)), "income", replace(design, clusters=None), "treated", seed=1
        )

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.staggered.imputation import imputation
from analysis.faults import Faults

WHERE = {"outcome": "y", "entity": "unit", "period": "round", "first_treated": "first", "clusters": "unit"}


def test_two_by_two_is_the_difference_of_four_means(two_by_two):
    found = imputation(two_by_two, **WHERE)
    # (7 - 1) - (3 - 2)
    assert found.overall.estimate == pytest.approx(5.0, abs=1e-12)


def test_single_effects_are_outcomes_less_what_untreated_rows_say(two_by_two):
    effects = imputation(two_by_two, **WHERE).effects.set_index("unit")["effect"]
    # each treated unit's own first round, and the growth of 1 of the untreated
    assert effects.to_dict() == pytest.approx({"a": 6 - (0 + 1), "b": 8 - (2 + 1)}, abs=1e-12)


def test_the_error_of_two_by_two_by_hand(two_by_two):
    frame = two_by_two.assign(y=two_by_two["y"] + [0, 0.6, 0, -0.6, 0, 0.2, 0, -0.2])
    # residuals of the untreated are 0.1 in round 1 and -0.1 in round 0 (signs by unit), weights -1/2 and 1/2;
    # treated effects differ from their mean by 0.6, weights 1/2: squares 0.3^2 twice and 0.1^2 twice
    found = imputation(frame, **WHERE)
    assert found.overall.std_error == pytest.approx(np.sqrt(2 * 0.3**2 + 2 * 0.1**2), abs=1e-12)


def test_single_clusters_at_each_date_still_have_an_error_by_hand():
    # every cohort is one unit: effects 4 and 8 (the untreated never change), whose mean is 6; weights 1/2
    frame = pd.DataFrame({"unit": np.repeat(["a", "b", "c", "d"], 3), "round": [0, 1, 2] * 4})
    frame["first"] = np.repeat([1.0, 2.0, np.nan, np.nan], 3)
    frame["y"] = [0.0, 4.0, np.nan, 0.0, 0.0, 8.0, *[0.0] * 6]
    found = imputation(frame, **WHERE)
    assert found.overall.estimate == pytest.approx(6.0)
    assert found.overall.std_error == pytest.approx(np.sqrt(2 * 1**2), abs=1e-12)


def brute_force(frame: pd.DataFrame) -> float:
    """The average effect by dummies of entities and periods on untreated rows."""
    untreated = frame["first"].isna() | (frame["round"] < frame["first"])
    x = pd.get_dummies(frame[["unit", "round"]].astype(str), dtype=float).assign(x=frame["x"]).to_numpy()
    fitted = x @ np.linalg.lstsq(x[untreated], frame.loc[untreated, "y"], rcond=None)[0]
    return float((frame["y"] - fitted)[~untreated].mean())


def unbalanced_panel(seed: int, n: int = 40) -> pd.DataFrame:
    """Units over six rounds with holes, three cohorts, a control and growing effects."""
    random = np.random.default_rng(seed)
    units, rounds = np.repeat(np.arange(n), 6), np.tile(np.arange(6), n)
    first = np.repeat(random.choice([2.0, 3.0, 5.0, np.nan], n), 6)
    x = random.normal(size=6 * n)
    effect = np.where(rounds >= first, 1 + rounds - np.nan_to_num(first), 0)
    y = np.repeat(random.normal(size=n), 6) + 0.5 * rounds + 2 * x + effect + random.normal(size=6 * n)
    frame = pd.DataFrame({"unit": units, "round": rounds, "first": first, "x": x, "y": y})
    return frame[random.random(6 * n) > 0.1]


def test_an_unbalanced_panel_with_a_control_equals_dummies_by_brute_force():
    frame = unbalanced_panel(4)
    assert imputation(frame, controls=("x",), **WHERE).overall.estimate == pytest.approx(
        brute_force(frame), abs=1e-10
    )


def test_the_weights_give_the_estimate_again_and_no_effect_to_constants():
    frame = unbalanced_panel(5)
    found = imputation(frame, controls=("x",), **WHERE)
    assert found.applied(frame["y"]) == pytest.approx(found.overall.estimate, abs=1e-10)
    assert found.applied(frame["unit"] + 3.0 * frame["round"]) == pytest.approx(0, abs=1e-9)
    # a planted effect comes back as its mean over the treated rows that could be imputed
    treated = (frame["round"] >= frame["first"]).astype(float)
    assert found.applied(treated) == pytest.approx(1, abs=1e-10)


def test_intervals_of_many_draws_hold_the_truth_at_their_level():
    held = []
    for seed in range(100):
        found = imputation(unbalanced_panel(100 + seed, n=150), controls=("x",), **WHERE)
        truth = (found.effects["event_time"] + 1).mean()
        held.append(found.overall.conf_low <= truth <= found.overall.conf_high)
    # conservative by construction; the Monte Carlo error is 2 points
    assert 0.92 <= np.mean(held) <= 1.0


def refused(frame: pd.DataFrame, **changes: object) -> str:
    with pytest.raises(Faults) as caught:
        imputation(frame, **(WHERE | changes))
    return str(caught.value)


def test_a_single_period_is_refused(two_by_two):
    assert "panel, column 'round': a single period" in refused(two_by_two[two_by_two["round"] == 1])


def test_a_panel_in_which_all_are_treated_is_refused(two_by_two):
    assert "every row is treated" in refused(two_by_two.assign(first=0.0))


def test_a_panel_in_which_nobody_is_treated_is_refused(two_by_two):
    assert "no row is treated" in refused(two_by_two.assign(first=np.nan))


def test_a_single_cluster_is_refused(two_by_two):
    assert "panel, column 'place': a single cluster" in refused(two_by_two.assign(place=1), clusters="place")


def test_a_treatment_that_is_adopted_twice_is_refused(two_by_two):
    frame = two_by_two.assign(first=[1.0, 0.0, *[1.0] * 2, *[np.nan] * 4])
    assert "1 entities with several values, first 'a'" in refused(frame)


def test_infinite_outcomes_are_refused_with_the_column(two_by_two):
    frame = two_by_two.assign(y=two_by_two["y"].replace(0.0, -np.inf))
    assert "panel, column 'y': 1 infinite value(s)" in refused(frame)


def test_treated_rows_without_a_comparison_are_counted():
    frame = pd.DataFrame(
        {
            "unit": [1, 1, 2, 2, 3, 3],
            "round": [0, 1] * 3,
            "first": [0, 0, 1, 1, np.nan, np.nan],
            "y": range(6),
        }
    )
    found = imputation(frame, **WHERE)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("no untreated row to impute from", 2)]


def test_rows_whose_counterfactual_is_not_identified_are_counted_and_left_out():
    # in place p the late unit alone is untreated in round 2 and is not seen in round 0, so that nobody
    # knows what happened between
    frame = pd.DataFrame(
        {
            "unit": ["a", "a", "late", "b", "b", "c", "c"],
            "round": [0, 2, 2, 0, 2, 0, 2],
            "place": ["p", "p", "p", "q", "q", "q", "q"],
            "first": [1.0, 1.0, np.nan, 1.0, 1.0, np.nan, np.nan],
            "y": [0.0, 9.0, 50.0, 1.0, 5.0, 1.0, 3.0],
        }
    )
    found = imputation(frame, group="place", **WHERE)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("no untreated row to impute from", 1)]
    # unit b alone: (5 - 1) - (3 - 1)
    assert found.overall.estimate == pytest.approx(2.0, abs=1e-12)


def test_a_control_that_only_treated_rows_have_identifies_nothing(two_by_two):
    frame = two_by_two.assign(x=[0.0, 1.0] + [0.0] * 6)
    found = imputation(frame, controls=("x",), **WHERE)
    assert found.effects["unit"].tolist() == ["b"]
    assert found.dropped[-1].n_obs == 1


def test_zero_is_never_treated_in_a_panel_that_starts_later(two_by_two):
    years = two_by_two.assign(round=two_by_two["round"] + 2019, first=two_by_two["first"] + 2019)
    assert (
        imputation(years.assign(first=years["first"].fillna(0)), **WHERE).overall
        == imputation(years, **WHERE).overall
    )


def test_effects_and_weights_are_under_the_index_of_the_frame(two_by_two):
    frame = two_by_two.set_axis(list("hgfedcba")).sample(frac=1, random_state=1)
    found = imputation(frame, **WHERE)
    assert found.effects["effect"].to_dict() == pytest.approx({"g": 5.0, "e": 5.0})
    assert found.applied(frame["y"]) == pytest.approx(5.0)


def test_an_entity_that_changes_cluster_is_refused(two_by_two):
    frame = two_by_two.assign(place=[1, 2, 1, 1, 2, 2, 2, 2])
    assert "panel, column 'place': 1 entities change cluster" in refused(frame, clusters="place")


def test_missing_rows_are_dropped_and_counted(two_by_two):
    frame = two_by_two.assign(x=[np.nan] + [0.0] * 7)
    found = imputation(frame, controls=("x",), **WHERE)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [
        ("missing x", 1),
        ("no untreated row to impute from", 1),
    ]

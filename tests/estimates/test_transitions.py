"""Moves between states by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.results import Dropped
from analysis.estimates.transitions import quantile_groups, transitions
from analysis.faults import Faults

PANEL = pd.DataFrame(
    {
        "household": [1, 1, 1, 2, 2, 2, 3, 3, 4],
        "year": [2016, 2017, 2018, 2016, 2017, 2018, 2016, 2018, 2016],
        "state": ["poor", "poor", "safe", "safe", "poor", "safe", "safe", "safe", "poor"],
        "persons": [4, 4, 4, 2, 2, 2, 1, 1, 1],
    }
)


def moves(**options):
    """The example's matrix."""
    return transitions(PANEL, entity="household", period="year", state="state", **options)


def test_moves_join_adjacent_years_only():
    """Household 1: poor-poor-safe, 2: safe-poor-safe; 3 lacks 2017 and 4 has one year."""
    found = moves()
    assert found.moves.to_numpy().tolist() == [[1, 2], [1, 0]]
    assert (found.n_pairs, found.n_entities) == (4, 2)
    assert found.dropped == (Dropped("no row in the next period", 2),)


def test_shares_of_each_origin_sum_to_one():
    shares = moves().shares
    assert shares.loc["poor", "safe"] == pytest.approx(2 / 3)
    assert shares.sum(axis=1).tolist() == pytest.approx([1, 1])


def test_moves_weigh_persons_at_the_origin():
    """From poor: 4 stay, 4 and 2 leave."""
    assert moves(weights="persons").shares.loc["poor", "safe"] == pytest.approx(6 / 10)


def test_mobility_is_zero_if_nobody_moves_and_one_if_origin_is_forgotten():
    still = PANEL.assign(state=np.where(PANEL["household"] < 3, "poor", "safe"))
    still = still[still["household"] < 3].assign(state=lambda f: f["household"])
    assert transitions(still, entity="household", period="year", state="state").mobility == 0
    forgotten = pd.DataFrame(
        {"household": np.repeat(range(4), 2), "year": [1, 2] * 4, "state": [0, 0, 0, 1, 1, 0, 1, 1]}
    )
    assert transitions(forgotten, entity="household", period="year", state="state").mobility == 1


def test_tidy_has_one_row_a_cell():
    tidy = moves().tidy().set_index(["origin", "destination"])
    assert tidy.loc[("safe", "poor"), "moves"] == 1
    assert tidy.loc[("poor", "poor"), "share"] == pytest.approx(1 / 3)
    assert len(tidy) == 4


def test_an_origin_without_moves_has_no_shares():
    frame = PANEL.assign(state=PANEL["state"].mask(PANEL.index == 5, "rich"))
    shares = transitions(frame, entity="household", period="year", state="state").shares
    assert shares.loc["rich"].isna().all()
    assert shares.drop(index="rich").sum(axis=1).tolist() == pytest.approx([1, 1])


def test_rows_without_a_state_are_counted():
    frame = PANEL.assign(state=PANEL["state"].mask(PANEL.index == 8))
    found = transitions(frame, entity="household", period="year", state="state")
    assert found.dropped[0] == Dropped("missing state", 1)


def test_a_household_twice_in_a_year_is_refused():
    with pytest.raises(Faults, match=r"1 duplicated row\(s\), first 1 in 2016"):
        transitions(
            PANEL.assign(year=PANEL["year"].mask(PANEL.index == 1, 2016)),
            entity="household",
            period="year",
            state="state",
        )


def test_quantile_groups_hold_equal_shares_within_each_year():
    frame = pd.DataFrame({"year": [1] * 10 + [2] * 10, "income": [*range(10), *range(100, 110)]})
    groups = quantile_groups(frame, "income", period="year", groups=5)
    assert groups.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5] * 2


def test_quantile_groups_keep_ties_together_and_leave_missing_out():
    frame = pd.DataFrame({"year": 1, "income": [1.0, 1, 1, 9, None]})
    groups = quantile_groups(frame, "income", period="year", groups=2)
    assert groups[:4].tolist() == [1, 1, 1, 2]
    assert groups.isna().tolist() == [False] * 4 + [True]


def test_quantile_groups_weigh_persons():
    """Eight of ten persons have the lowest income, so its middle lies in the lower half."""
    frame = pd.DataFrame({"year": 1, "income": [1, 2, 3], "persons": [8, 1, 1]})
    assert quantile_groups(frame, "income", period="year", groups=2, weights="persons").tolist() == [1, 2, 2]

"""Responses to shocks and to income on records made by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.need import Need
from analysis.problems.shock_response import shock_response
from analysis.problems.shock_times import with_times
from analysis.problems.withdrawal import withdrawal


def struck_households(paid: dict[int, float]) -> tuple[Need, pd.DataFrame]:
    """Sixty households over nine years, half of them struck in the fourth to sixth, of ten villages.

    A shock takes 1,000 yuan and adds 400 to need in its year; `paid` is what is paid by years since.
    """
    random = np.random.default_rng(0)
    rows = pd.DataFrame({"household_id": np.repeat(np.arange(60), 9), "year": np.tile(np.arange(9), 60)})
    since = np.where(rows["household_id"] % 2 == 0, rows["year"] - 3 - rows["household_id"] % 3, -9)
    struck = since == 0
    noise = random.normal(size=(3, len(rows)))
    received = 200 + np.array([paid.get(k, 0.0) for k in since]) + noise[0]
    rows = rows.assign(
        village_code=rows["household_id"] % 10,
        shock=np.where(struck, "illness", None),
        own=2000 - 1000 * struck + noise[1],
        need=400 * struck + noise[2],
        received=received,
        pay_relief=received,
        pay_never=0.0,
    )
    return Need(rows, ("relief", "never"), (), "village_code", None), rows


def test_what_a_shock_takes_and_what_is_paid_by_hand():
    found = shock_response(*struck_households({0: 100.0, 1: 50.0, 2: 50.0}), ())
    assert found.n_struck == 30
    # 100 of 400 more need and of 1,000 less income; elasticity 100 / -1000 x mean income / mean subsidy
    assert found.met.estimate == pytest.approx(0.25, abs=0.01)
    assert found.covered.estimate == pytest.approx(0.1, abs=0.005)
    response = found.of("received")
    # six years are kept; in them half of the households lose 1,000 once and are paid 200 more
    mean_own, mean_paid = 2000 - 1000 / 12, 200 + 200 / 12
    assert response.elasticity.estimate == pytest.approx(-0.1 * mean_own / mean_paid, abs=0.01)
    assert found.of("pay_relief", "illness").by_time[1].estimate == pytest.approx(0.1, abs=0.003)
    with pytest.raises(StopIteration):
        found.of("pay_never")


def test_the_mean_wait_by_hand():
    found = shock_response(*struck_households({0: 100.0, 1: 50.0, 2: 50.0}), ())
    # (0 x 100 + 1 x 50 + 2 x 50) / 200
    assert found.of("received").delay.estimate == pytest.approx(0.75, abs=0.02)


def test_less_paid_has_no_wait():
    found = shock_response(*struck_households({0: -50.0}), ())
    assert isinstance(found.of("received").delay, NotApplicable)


def test_times_since_a_shock_are_known_where_neighbours_are_recorded():
    every = pd.DataFrame({"household_id": "h", "year": range(5), "shock": [None, None, "fire", None, None]})
    rows = with_times(every, every, ("", "fire"))
    # year 0 and 1 lack the two before, year 4 the one after
    assert rows["year"].tolist() == [2, 3]
    assert rows["shock_before"].tolist() == [0.0, 0.0]
    assert rows["shock_0"].tolist() == rows["shockfire_0"].tolist() == [1.0, 0.0]
    assert rows["shock_1"].tolist() == [0.0, 1.0]
    assert rows["shock_2"].tolist() == [0.0, 0.0]


def test_three_years_and_more_after_a_shock_are_later():
    shock = [None, None, "fire", None, None, None, None]
    every = pd.DataFrame({"household_id": "h", "year": range(7), "shock": shock})
    rows = with_times(every, every, ("", "fire"))
    assert rows["year"].tolist() == [2, 3, 4, 5]
    assert rows["shock_later"].tolist() == rows["shockfire_later"].tolist() == [0.0, 0.0, 0.0, 1.0]


def incomes(step: float) -> Need:
    """Two thousand households over two years, who lose 0.3 yuan a yuan and `step` at the line."""
    random = np.random.default_rng(1)
    own = random.uniform(500, 1500, 2000)
    first = pd.DataFrame({"household_id": np.arange(2000), "year": 2020, "own": own, "received": 0.0})
    received = 600 - 0.3 * own + step * (own >= 1000) + random.normal(size=2000)
    second = first.assign(year=2021, received=received)
    rows = pd.concat([first, second], ignore_index=True)
    rows = rows.assign(line=1000.0, need=(1000 - rows["own"]).clip(lower=0), workers=1.0)
    rows["village_code"] = rows["household_id"] % 40
    return Need(rows, (), (), "village_code", None)


def test_less_subsidy_for_a_yuan_more():
    found = withdrawal(incomes(step=0.0), ())
    assert found.between.estimate == pytest.approx(-0.3, abs=0.001)
    # one pair of years a household leaves nothing within it
    assert isinstance(found.within, NotApplicable)


def test_the_step_at_the_line_also_without_the_rows_next_to_it():
    cliff = withdrawal(incomes(step=-200.0), ()).cliff
    assert cliff.step.robust.estimate == pytest.approx(-200, abs=3)
    assert cliff.donuts["estimate"].to_numpy() == pytest.approx(-200, abs=5)
    assert cliff.density.p_value > 0.01

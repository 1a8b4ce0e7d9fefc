"""Reviews: by hand, and the dip that conditioning and its absence get wrong in opposite directions."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.need_based.change_of_dose import change_of_dose
from analysis.faults import Faults

COLUMNS = {
    "outcome": "income", "dose": "dose", "amount": "amount", "entity": "unit", "period": "year",
    "group": "town", "clusters": "unit",
}  # fmt: skip
exact = pytest.mark.filterwarnings("ignore:.*divide:RuntimeWarning")


def reviewed() -> pd.DataFrame:
    """Five households of one grade: the rule adds 20 to all in year 3, a review 100 to the last two."""
    incomes = {"a": [500, 510, 530, 540], "b": [300, 300, 330, 330], "c": [400, 420, 430, 440],
               "d": [350, 360, 460, 480], "e": [250, 260, 370, 370]}  # fmt: skip
    amounts = {unit: [100, 100, 120, 120] for unit in "abc"} | {unit: [100, 100, 220, 220] for unit in "de"}
    return pd.DataFrame(
        [
            (unit, year, "t", float(incomes[unit][year - 1]), float(amounts[unit][year - 1]))
            for unit in incomes
            for year in (1, 2, 3, 4)
        ],
        columns=["unit", "year", "town", "income", "amount"],
    ).assign(dose=lambda frame: frame["amount"])


@exact
def test_the_move_of_a_review_is_what_it_adds_to_the_rule():
    found = change_of_dose(reviewed(), **COLUMNS, window=(-2, 1), lags=())
    path = {event.event_time: event.estimate.estimate for event in found.outcome_path}
    # from year 2 to 3 the moved gain 100 and 110, the others 20, 30 and 10: 85 more for 100 yuan
    assert path[0] == pytest.approx((105 - 20) / 100)
    # from year 2 to 4: 120 and 110 against 30, 30 and 20
    assert path[1] == pytest.approx((115 - 80 / 3) / 100)
    # from year 2 back to 1: -10 and -10 against -10, 0 and -20
    assert path[-2] == pytest.approx(0.0, abs=1e-12)
    assert {event.event_time: event.estimate.estimate for event in found.dose_path} == pytest.approx(
        {-2: 0.0, 0: 1.0, 1: 1.0}, abs=1e-12
    )
    assert (found.n_raised, found.n_lowered) == (2, 0)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [
        ("no row in the preceding period", 5),
        ("no contrast among equal prior amounts", 10),
    ]


@exact
def test_effects_are_ratios_of_the_paths():
    frame = reviewed()
    frame.loc[frame["year"] == 4, "dose"] = [120, 120, 120, 170, 170]
    found = change_of_dose(frame, **COLUMNS, window=(-2, 1), lags=())
    effects = {event.event_time: event.estimate for event in found.effects}
    assert effects[1].estimate == pytest.approx((115 - 80 / 3) / 50)
    assert (effects[1].term, effects[1].outcome) == ("dose", "income")


def test_conditioning_and_its_absence_bracket_the_effect_in_a_county(subsidised):
    frame = subsidised(201)
    columns = {
        "dose": "subsidies", "amount": "dibao", "entity": "household", "period": "year",
        "group": "township", "clusters": "village", "window": (-3, 1),
    }  # fmt: skip
    found = {lags: change_of_dose(frame, outcome="income", lags=lags, **columns) for lags in ((), (1, 2))}
    planted = change_of_dose(frame, outcome="contribution", lags=(), **columns).effects[0].estimate.estimate
    high, low = (found[lags].effects[0].estimate for lags in ((), (1, 2)))
    assert low.conf_high < planted < high.conf_low
    # the dip before the review: those who will be raised fell
    assert found[()].outcome_path[0].estimate.conf_low > 0


def test_amounts_that_are_not_rigid_are_refused():
    frame = reviewed()
    frame["amount"] = frame["dose"] = np.random.default_rng(1).uniform(50, 60, len(frame))
    with pytest.raises(Faults, match="no two entities of one group with equal prior amounts"):
        change_of_dose(frame, **COLUMNS)


def test_a_window_before_the_review_only_is_refused():
    with pytest.raises(Faults, match="from before to after the review"):
        change_of_dose(reviewed(), **COLUMNS, window=(-3, -1))

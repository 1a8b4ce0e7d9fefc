import pandas as pd
import pytest

from analysis.estimates.switching.expiry_path import expiry_path
from analysis.faults import Faults

NAMES = {
    "outcome": "y",
    "dose": "d",
    "cohort": "began",
    "expiry": "ends",
    "entity": "home",
    "period": "year",
    "clusters": "place",
}
COUNTY = {
    "dose": "posts",
    "cohort": "cohort",
    "expiry": "expiry",
    "entity": "household_id",
    "period": "year",
    "clusters": "village_code",
}


def panel() -> pd.DataFrame:
    """One cohort, years 1-4: homes 0 and 1 expire in year 3, homes 2 and 3 in year 5."""
    y = {0: [1, 2, 8, 9], 1: [1, 4, 8, 7], 2: [0, 1, 9, 13], 3: [2, 3, 9, 11]}
    rows = [(home, year + 1, float(v)) for home, values in y.items() for year, v in enumerate(values)]
    frame = pd.DataFrame(rows, columns=["home", "year", "y"])
    ends = frame["home"].map({0: 3, 1: 3, 2: 5, 3: 5})
    return frame.assign(ends=ends, d=(frame["year"] < ends) * 1.0, place=frame["home"], began="June")


def test_the_path_is_the_difference_of_mean_changes_since_the_year_before():
    found = expiry_path(panel(), window=(-2, 1), **NAMES)
    # means of the expired: 1, 3, 8, 8; of those that run on: 1, 2, 9, 12; each less year 2
    assert found.outcome.terms == ("-2", "+0", "+1")
    assert [e.estimate for e in found.outcome.estimates] == pytest.approx([-1.0, -2.0, -5.0])
    assert found.dose.estimate("+0").estimate == pytest.approx(-1.0)


def test_households_stop_to_be_comparisons_once_their_own_term_has_expired():
    frame = panel()
    late = pd.DataFrame({"home": 2, "year": [5], "y": 1e6, "ends": 5, "d": 0.0, "place": 2, "began": "June"})
    found = expiry_path(pd.concat([frame, late], ignore_index=True), window=(-2, 1), **NAMES)
    assert [e.estimate for e in found.outcome.estimates] == pytest.approx([-1.0, -2.0, -5.0])


def test_the_path_of_income_is_that_of_the_planted_effect_and_flat_before(county):
    income = expiry_path(county, outcome="income_total", **COUNTY).outcome
    planted = expiry_path(county, outcome="planted", **COUNTY).outcome
    for term in ("+0", "+1"):
        distance = income.estimate(term).estimate - planted.estimate(term).estimate
        assert abs(distance) < 2 * income.estimate(term).std_error
        assert income.estimate(term).conf_high < 0
    for term in ("-3", "-2"):
        assert income.estimate(term).conf_low < 0 < income.estimate(term).conf_high


def test_a_window_that_nobody_reaches_is_a_fault():
    with pytest.raises(Faults) as caught:
        expiry_path(panel(), window=(-2, 7), **NAMES)
    assert str(caught.value) == (
        "window: no household in +2, +3, +4, +5, +6, +7\n"
        "    allowed: years that are seen\n"
        "    mend: choose a narrower window"
    )

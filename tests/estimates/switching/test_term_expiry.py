import numpy as np
import pandas as pd
import pytest

from analysis.estimates.switching.term_expiry import term_expiry
from analysis.faults import Faults

NAMES = {
    "dose": "d",
    "scheduled": "z",
    "cohort": "began",
    "entity": "home",
    "period": "year",
    "clusters": "place",
}
COUNTY = {
    "dose": "posts",
    "scheduled": "scheduled",
    "cohort": "cohort",
    "entity": "household_id",
    "period": "year",
    "clusters": "village_code",
}


def two_years(long: list[float], short: list[float]) -> pd.DataFrame:
    """Pairs of households that began together: the long term runs in the second year, the short has ended."""
    rows = []
    for pair, (up, down) in enumerate(zip(long, short, strict=True)):
        for home, last, change in ((2 * pair, 1.0, up), (2 * pair + 1, 0.0, down)):
            rows += [(home, 0, 1.0, 100.0 * home), (home, 1, last, 100.0 * home + change)]
    frame = pd.DataFrame(rows, columns=["home", "year", "z", "y"])
    return frame.assign(d=frame["z"], place=frame["home"] // 2, began=pd.Timestamp("2018-01-01"))


def test_full_compliance_gives_the_difference_of_mean_changes():
    frame = two_years(long=[5.0, 9.0, 7.0], short=[1.0, 2.0, 3.0])
    found = term_expiry(frame, outcome="y", **NAMES)
    # 7 - 2
    assert found.effect.estimate == pytest.approx(5.0)
    assert found.first_stage.estimate == pytest.approx(1.0)


def test_renewals_divide_the_difference_by_the_share_that_complies():
    frame = two_years(long=[5.0, 9.0, 7.0, 7.0], short=[1.0, 2.0, 3.0, 6.0])
    renewed = (frame["home"] == 7) & (frame["year"] == 1)
    found = term_expiry(frame.assign(d=frame["d"].mask(renewed, 1.0)), outcome="y", **NAMES)
    # (7 - 3) / (1 - 1/4)
    assert found.effect.estimate == pytest.approx(16 / 3)


def test_households_that_began_at_other_times_are_not_compared():
    one = two_years(long=[5.0, 9.0], short=[1.0, 2.0])
    other = two_years(long=[1005.0, 1009.0], short=[1001.0, 1002.0])
    other = other.assign(home=other["home"] + 50, place=other["place"] + 50, began=pd.Timestamp("2019-01-01"))
    found = term_expiry(pd.concat([one, other], ignore_index=True), outcome="y", **NAMES)
    assert found.effect.estimate == pytest.approx(5.5)


def test_households_without_a_term_are_dropped_and_counted():
    frame = two_years(long=[5.0, 9.0, 7.0], short=[1.0, 2.0, 3.0])
    stranger = pd.DataFrame(
        {"home": [90, 90], "year": [0, 1], "y": [3.0, 4.0], "d": [0.0, 0.0], "place": [0, 0]}
    )
    found = term_expiry(pd.concat([frame, stranger], ignore_index=True), outcome="y", **NAMES)
    assert found.effect.estimate == pytest.approx(5.0)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("missing began", 2)]


def test_an_unknown_cohort_is_a_fault():
    with pytest.raises(Faults, match="there is no such column"):
        term_expiry(two_years([1.0, 2.0], [0.0, 0.0]), outcome="y", **NAMES | {"cohort": "start"})


def test_an_effect_that_is_the_same_for_all_is_recovered_exactly(county):
    began = county["cohort"].dt.year.astype("float64")
    rng = np.random.default_rng(1)
    level = rng.normal(size=county["household_id"].nunique())[pd.factorize(county["household_id"])[0]]
    outcome = 1500 * county["posts"] + 1000 * level + 40 * (county["year"] - 2016) * (began - 2016)
    found = term_expiry(county.assign(exact=outcome), outcome="exact", **COUNTY)
    assert found.effect.estimate == pytest.approx(1500, rel=1e-8)


def test_income_finds_what_the_same_design_finds_of_the_planted_effect(county):
    since = county[county["since_start"] >= 0]
    found = term_expiry(since, outcome="income_total", **COUNTY)
    planted = term_expiry(since, outcome="planted", **COUNTY)
    assert found.first_stage_f > 300
    assert planted.effect.estimate > 1000
    assert abs(found.effect.estimate - planted.effect.estimate) < 2 * found.effect.std_error
    assert found.anderson_rubin.holds(planted.effect.estimate)

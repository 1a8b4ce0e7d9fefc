import numpy as np
import pandas as pd
import pytest

from analysis.estimates.switching.forgone import forgone_income
from analysis.estimates.switching.instrumented import instrumented
from analysis.faults import Faults

EFFECTS = (("home",), ("year",))
NAMES = {
    "outcome": "income",
    "pay": "pay",
    "regressor": "months",
    "effects": EFFECTS,
    "clusters": "place",
    "entity": "home",
}


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    """Wages of 90 or 110 a month; 0.4 of the pay replaces other income."""
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"home": np.repeat(np.arange(100), 4), "year": np.tile(np.arange(4), 100)})
    frame["place"] = frame["home"] // 5
    frame["months"] = np.where(rng.random(400) < 0.6, 0, rng.integers(1, 13, 400))
    frame["pay"] = frame["months"] * np.where(frame["home"] % 2 == 0, 90.0, 110.0)
    frame["income"] = 0.6 * frame["pay"] + 50 * rng.normal(size=400) + 30 * (frame["home"] % 5)
    return frame


def test_two_households_by_hand():
    rows = [
        ("a", 0, 0, 0, 50),
        ("a", 1, 1, 20, 60),
        ("b", 0, 0, 0, 50),
        ("b", 1, 0, 0, 53),
        ("c", 0, 0, 0, 10),
    ]
    rows += [("c", 1, 1, 30, 25), ("d", 0, 0, 0, 10), ("d", 1, 0, 0, 12)]
    frame = pd.DataFrame(rows, columns=["home", "year", "months", "pay", "income"])
    found = forgone_income(frame.assign(place=frame["home"]), **NAMES)
    # income: 12.5 - 2.5 = 10; pay: 25; 15 of 25 yuan are forgone
    assert found.on_outcome.estimate == pytest.approx(10.0)
    assert found.on_pay.estimate == pytest.approx(25.0)
    assert found.share.estimate == pytest.approx(0.6)


def test_the_share_is_one_less_the_instrumented_effect_of_pay_with_the_same_error(panel):
    found = forgone_income(panel, **NAMES)
    peer = instrumented(
        panel,
        outcome="income",
        dose="pay",
        instrument="months",
        effects=EFFECTS,
        clusters="place",
        entity="home",
    )
    assert found.share.estimate == pytest.approx(1 - peer.effect.estimate, rel=1e-8)
    assert found.share.std_error == pytest.approx(peer.effect.std_error, rel=1e-8)
    assert found.fieller.low == pytest.approx(1 - peer.anderson_rubin.high, rel=1e-8)
    assert found.fieller.high == pytest.approx(1 - peer.anderson_rubin.low, rel=1e-8)


def test_the_planted_share_is_in_both_intervals(panel):
    found = forgone_income(panel, **NAMES)
    assert found.share.conf_low < 0.4 < found.share.conf_high
    assert found.fieller.holds(0.4)


def test_pay_that_never_changes_is_a_fault(panel):
    with pytest.raises(Faults, match="column 'pay': no variation"):
        forgone_income(panel.assign(pay=0.0), **NAMES)

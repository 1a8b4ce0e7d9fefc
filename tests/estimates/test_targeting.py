"""Efficiencies of transfers against arithmetic by hand."""

import pandas as pd
import pytest

from analysis.estimates.targeting import targeting
from analysis.faults import Faults


@pytest.fixture
def households():
    return pd.DataFrame(
        {
            "gap": [100.0, 50.0, 0.0, 0.0, 200.0, 0.0],
            "paid": [40.0, 80.0, 60.0, 0.0, 30.0, 30.0],
            "year": [1, 1, 1, 1, 2, 2],
            "persons": [1, 2, 1, 1, 1, 1],
            "village": list("aabbab"),
        }
    )


def test_six_households_by_hand(households):
    found = targeting(
        households, need="gap", received="paid", budget="year", weights="persons", clusters="village"
    )
    # paid 40 + 160 + 60 + 30 + 30 = 320, of it to the needy 230, useful 40 + 100 + 30 = 170; gaps 400
    assert found.to_needy.estimate == pytest.approx(230 / 320)
    assert found.useful.estimate == pytest.approx(170 / 320)
    assert found.closed.estimate == pytest.approx(170 / 400)
    # year 1 has 260 for gaps of 200, year 2 has 60 for gaps of 200
    assert found.achievable.estimate == pytest.approx(260 / 400)
    assert found.forgone.estimate == pytest.approx(90 / 400)
    assert found.forgone.n_clusters == 2


def test_money_that_goes_where_gaps_are_forgoes_nothing(households):
    found = targeting(households.assign(paid=households["gap"]), need="gap", received="paid", budget="year")
    assert (found.closed.estimate, found.forgone.estimate, found.forgone.std_error) == (1.0, 0.0, 0.0)


def test_nobody_in_need_is_refused(households):
    with pytest.raises(Faults, match="gap"):
        targeting(households.assign(gap=0.0), need="gap", received="paid", budget="year")

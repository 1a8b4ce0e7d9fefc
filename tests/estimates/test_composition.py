"""Shares of income by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.composition import composition
from analysis.faults import Faults

TWO = pd.DataFrame({"wages": [6.0, 0], "transfers": [2.0, 4], "persons": [1, 3]})


def test_shares_are_of_total_income():
    wages, transfers = composition(TWO, ("wages", "transfers"))
    assert (wages.name, wages.estimate) == ("wages", pytest.approx(6 / 12))
    assert transfers.estimate == pytest.approx(6 / 12)


def test_weights_count_persons():
    """Wages 6, transfers 2 + 12."""
    wages, transfers = composition(TWO, ("wages", "transfers"), weights="persons")
    assert wages.estimate == pytest.approx(6 / 20)
    assert transfers.estimate == pytest.approx(14 / 20)


def test_clustered_errors_are_near_those_of_the_jackknife():
    random = np.random.default_rng(1)
    village = np.repeat(np.arange(50), 8)
    frame = pd.DataFrame(
        {
            "wages": np.exp(random.normal(size=50)[village] / 2 + random.normal(size=400) / 2),
            "transfers": np.exp(random.normal(size=400) / 2),
            "village": village,
        }
    )
    found = composition(frame, ("wages", "transfers"), clusters="village")[0]
    left_out = [composition(frame[village != g], ("wages", "transfers"))[0].estimate for g in range(50)]
    jackknife = np.sqrt(49 * np.var(left_out))
    assert found.std_error == pytest.approx(jackknife, rel=0.03)


def test_a_total_of_zero_is_refused():
    with pytest.raises(Faults, match="a mean of 0"):
        composition(TWO * 0, ("wages", "transfers"))

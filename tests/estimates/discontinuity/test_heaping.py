"""Shares of rows on round values and at the cutoff."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.discontinuity.heaping import heaping
from analysis.faults import Faults

OPTIONS = {"running": "income", "multiple": 100, "grain": 1, "cutoff": 450, "reach": 5}


def test_values_without_heaps_are_round_as_often_as_chance():
    """0 to 999 once each: 10 of 1,000 are hundreds; 11 lie within 5 of 450, 20 in the bands beside."""
    found = heaping(pd.DataFrame({"income": np.arange(1_000)}), **OPTIONS)
    assert (found.share_round, found.expected_round) == (0.01, 0.01)
    assert (found.n_at_cutoff, found.expected_at_cutoff) == (11, 10.0)


def test_heaps_are_measured():
    """1,000 values as before, 150 more at 300 and 100 more at 450."""
    values = np.concatenate([np.arange(1_000), np.full(150, 300), np.full(100, 450), [np.nan] * 3])
    found = heaping(pd.DataFrame({"income": values}), **OPTIONS)
    assert found.share_round == pytest.approx(160 / 1_250)
    assert (found.n_at_cutoff, found.expected_at_cutoff) == (111, 10.0)
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("missing income", 3)]


def test_a_multiple_that_the_grain_does_not_divide_is_refused():
    with pytest.raises(Faults, match="multiple 100, grain 3, reach 5"):
        heaping(pd.DataFrame({"income": [1.0]}), **(OPTIONS | {"grain": 3}))

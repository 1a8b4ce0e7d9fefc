"""Shortest times by hand and by planted values."""

import numpy as np
import pandas as pd

from analysis.estimates.dynamics.earliest import earliest_spread, likelihood

NAMES = {"elapsed": "month", "event": "left", "kind": "kind", "group": "town"}


def months(shortest: list[int], hazard: float = 0.3, seed: int = 4) -> pd.DataFrame:
    """Thirty entities a town, each leaving with a hazard from the town's shortest time on."""
    rng = np.random.default_rng(seed)
    rows = []
    for town, first in enumerate(shortest):
        for _ in range(30):
            stay = first + rng.geometric(hazard) - 1
            rows += [(town, month, int(month == stay), "any") for month in range(min(stay, 20) + 1)]
    return pd.DataFrame(rows, columns=["town", "month", "left", "kind"])


def test_the_likelihood_counts_rows_from_the_time_on_and_excludes_times_past_an_event():
    # one group and kind: in months 0 and 1 one row without event, in month 2 one with
    events, others = np.array([[[1.0, 1.0, 1.0, 0.0]]]), np.array([[[2.0, 1.0, 0.0, 0.0]]])
    found = likelihood(events, others, np.array([0.5]))
    assert np.allclose(found, [[3 * np.log(0.5), 2 * np.log(0.5), np.log(0.5), -np.inf]])


def test_shortest_times_and_their_spread_are_recovered():
    planted = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    found = earliest_spread(months(planted), longest=24, **NAMES)
    assert (found.first_seen >= planted).all()
    inside = (found.spread.lows <= planted) & (planted <= found.spread.highs)
    assert inside.all()
    assert found.spread.low < np.std(planted) < found.spread.high


def test_one_time_for_all_has_no_spread():
    found = earliest_spread(months(10 * [8]), longest=24, **NAMES)
    assert found.spread.value == 0
    assert found.spread.p_equal > 0.05

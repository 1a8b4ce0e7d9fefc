"""Influence functions of each period: their means are the periods' own statistics."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.distribution.rif_by_period import rif_by_period


def test_means_over_a_period_are_its_own_quantiles_and_gaps_stay_gaps():
    random = np.random.default_rng(2)
    frame = pd.DataFrame({"year": np.repeat([2016, 2017], 200), "income": random.lognormal(size=400)})
    frame.loc[frame["year"] == 2017, "income"] += 10
    frame.loc[:9, "income"] = np.nan
    found = rif_by_period(frame.sample(frac=1, random_state=1), "income", "year", 0.3).sort_index()
    assert found.index[found.isna()].tolist() == list(range(10))
    for year, rows in frame.dropna().groupby("year"):
        expected = np.quantile(rows["income"], 0.3, method="inverted_cdf")
        assert found[frame["year"] == year].mean() == pytest.approx(expected), year

"""Marginal structural models: standardisation by hand, and feedback that biases every other estimate."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.dynamics.marginal_structural import marginal_structural
from analysis.estimates.dynamics.treatment_paths import PathDesign
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Dropped
from analysis.faults import Faults

DESIGN = PathDesign("house", "year", "aid", ("assets",), "village")
NOW, BEFORE = 1.0, 0.7 * 0.8
"""`aid` raises income by 1, and by .7 for each unit of assets, which it raises by .8 a year later."""


def draw(seed: int, *, dose: bool, n: int = 4_000, years: int = 5) -> pd.DataFrame:
    """The poor in assets get aid, aid builds assets, and assets make income."""
    random = np.random.default_rng(seed)
    aid, assets, income = np.zeros((n, years)), np.zeros((n, years)), np.zeros((n, years))
    for t in range(years):
        earlier = assets[:, t - 1] if t else np.zeros(n)
        if dose:
            aid[:, t] = -0.4 * earlier + random.normal(size=n)
        else:
            aid[:, t] = random.random(n) < 1 / (1 + np.exp(0.8 * earlier))
        assets[:, t] = 0.8 * aid[:, t] + random.normal(size=n)
        income[:, t] = NOW * aid[:, t] + 0.7 * earlier + 0.2 * t + random.normal(size=n)
    return pd.DataFrame(
        {
            "house": np.repeat(np.arange(n), years),
            "year": np.tile(np.arange(2016, 2016 + years), n),
            "village": np.repeat(np.arange(n) % 200, years),
            "aid": aid.ravel(),
            "assets": assets.ravel(),
            "income": income.ravel(),
        }
    )


@pytest.mark.parametrize(("dose", "model"), [(False, "logit"), (True, "normal")])
def test_planted_effects_are_recovered_where_household_effects_are_wrong(dose, model):
    frame = draw(7, dose=dose)
    found = marginal_structural(frame, "income", DESIGN, model=model, lags=1, percentiles=(0, 1))
    now, before = found.weighted.estimates
    assert abs(now.estimate - NOW) < 3 * now.std_error
    assert abs(before.estimate - BEFORE) < 3 * before.std_error
    assert max(now.std_error, before.std_error) < 0.06
    assert found.weights.mean == pytest.approx(1, abs=0.05)
    naive = found.unweighted.estimates[0]
    assert naive.estimate < NOW - 5 * naive.std_error
    lagged = frame.assign(earlier=frame.groupby("house")["aid"].shift())
    fixed = fit_panel(
        lagged, "income", PanelDesign("house", "year", ("aid", "earlier"), clusters="village"), HOUSEHOLD_YEAR
    ).estimate("aid")
    assert fixed.estimate < NOW - 5 * fixed.std_error


def standardised() -> pd.DataFrame:
    """Two years; of 40 without assets 30 get aid, of 60 with assets 12; incomes are means of each cell."""
    cells = [(0, 1, 30, 5.0), (0, 0, 10, 2.0), (1, 1, 12, 9.0), (1, 0, 48, 7.0)]
    rows = []
    for assets, aid, count, income in cells:
        for _ in range(count):
            house = len(rows) // 2
            rows += [(house, 0, 0, assets, 1.0), (house, 1, aid, 0, income)]
    frame = pd.DataFrame(rows, columns=["house", "year", "aid", "assets", "income"])
    return frame.assign(village=frame["house"] % 10)


def test_one_choice_and_one_binary_history_give_the_standardised_difference():
    """.4 (5 - 2) + .6 (9 - 7) = 2.4; weights are P(aid) / P(aid | assets), .42/.75 for the first cell."""
    found = marginal_structural(standardised(), "income", DESIGN, model="logit", lags=0, percentiles=(0, 1))
    assert found.weighted.estimates[0].estimate == pytest.approx(2.4)
    assert found.unweighted.estimates[0].estimate == pytest.approx(
        (30 * 5 + 12 * 9) / 42 - (20 + 48 * 7) / 58
    )
    weights = {0.42 / 0.75: 30, 0.58 / 0.25: 10, 0.42 / 0.2: 12, 0.58 / 0.8: 48}
    assert found.weights.smallest == pytest.approx(min(weights))
    assert found.weights.largest == pytest.approx(max(weights))
    assert found.weights.mean == pytest.approx(1)
    squares = sum(count * weight**2 for weight, count in weights.items())
    assert found.weights.effective_n == pytest.approx(100**2 / squares)
    assert found.weighted.dropped == (Dropped("first of its entity: only a past", 100),)


def test_truncation_draws_weights_in_and_counts_them():
    """The 90th percentile of 100 weights, of which ten are 2.32, lies at .1 of the way from 2.1 to 2.32."""
    found = marginal_structural(standardised(), "income", DESIGN, model="logit", lags=0, percentiles=(0, 0.9))
    assert found.weights.high == pytest.approx(2.1 + 0.1 * (2.32 - 2.1))
    assert found.weights.n_truncated == 10


def test_who_never_leaves_a_treatment_chooses_it_once():
    """In the third year half of the 58 untreated join, whatever their history: weights do not change."""
    two = standardised()
    third = two[two["year"] == 1].assign(year=2, assets=0)
    untreated = third["aid"] == 0
    third.loc[untreated, "aid"] = np.arange(untreated.sum()) % 2
    three = pd.concat([two, third])
    options = {"model": "logit", "lags": 0, "percentiles": (0, 1)}
    once = marginal_structural(two, "income", DESIGN, **options)
    twice = marginal_structural(three, "income", DESIGN, **options)
    assert twice.weighted.estimates[0].n_obs == 200
    assert twice.weights.effective_n == pytest.approx(2 * once.weights.effective_n)
    assert twice.weights.largest == pytest.approx(once.weights.largest)


def test_rows_after_a_gap_or_a_missing_value_are_counted():
    frame = draw(3, dose=True, n=300)
    frame = frame[~((frame["house"] == 0) & (frame["year"] == 2017))].reset_index(drop=True)
    frame.loc[(frame["house"] == 1) & (frame["year"] == 2018), "assets"] = np.nan
    frame.loc[(frame["house"] == 2) & (frame["year"] == 2019), "income"] = np.nan
    found = marginal_structural(frame, "income", DESIGN, model="normal", lags=1)
    assert found.weighted.dropped == (
        Dropped("missing assets", 1),
        Dropped("after a gap", 3 + 2),
        Dropped("first of its entity: only a past", 300),
        Dropped("missing income", 1),
        Dropped("fewer than 2 earlier rows", 299),
    )
    assert found.weighted.estimates[0].n_obs == 300 * 5 - 1 - 1 - 5 - 300 - 1 - 299


def test_a_logit_of_a_dose_is_refused():
    with pytest.raises(Faults, match="values other than 0 and 1"):
        marginal_structural(draw(3, dose=True, n=50), "income", DESIGN, model="logit", lags=0)


def test_a_design_without_history_is_refused():
    with pytest.raises(Faults, match="design, history: none"):
        marginal_structural(standardised(), "income", replace(DESIGN, history=()), model="logit", lags=0)

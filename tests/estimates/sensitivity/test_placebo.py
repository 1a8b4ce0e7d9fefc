from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.sensitivity.placebo import placebo_dates, placebo_outcomes, tidy
from analysis.faults import Faults

KEYS = {"entity": "id", "period": "t", "first_treated": "g", "clusters": "v"}


def staggered(trend: float) -> pd.DataFrame:
    """Households treated in 2019, 2020 or never; effect 5, and `trend` a year of those once treated."""
    random = np.random.default_rng(3)
    frame = pd.DataFrame({"id": np.repeat(np.arange(300), 6), "t": np.tile(np.arange(2015, 2021), 300)})
    frame["v"] = frame["id"] % 60
    first = np.array([2019.0, 2020.0, np.nan])
    frame["g"] = first[frame["id"] % 3]
    frame["y"] = (
        random.normal(size=300)[frame["id"]]
        + 0.3 * (frame["t"] - 2015)
        + 5.0 * (frame["t"] >= frame["g"])
        + trend * frame["g"].notna() * (frame["t"] - 2015)
        + 0.2 * random.normal(size=len(frame))
    )
    frame["land"] = random.normal(size=len(frame))
    frame["on"] = (frame["t"] >= frame["g"]).astype(float)
    return frame


def test_a_moved_date_finds_nothing_where_trends_are_parallel():
    for found in placebo_dates(staggered(0.0), "y", moved=(1, 2), **KEYS):
        assert abs(found.estimate.statistic) < 3
        assert abs(found.estimate.estimate) < 0.1


def test_a_moved_date_finds_a_trend_that_was_there_before():
    found = placebo_dates(staggered(0.5), "y", moved=(1,), **KEYS)[0]
    assert found.estimate.statistic > 10


def test_two_by_two_of_the_untreated_years_by_hand():
    """Treated from period 3; moved by 1 on periods 1 and 2: (6 - 1) - (3 - 2) = 4."""
    frame = pd.DataFrame(
        {
            "id": ["a", "a", "a", "b", "b", "b"],
            "t": [1, 2, 3, 1, 2, 3],
            "g": [3, 3, 3, np.nan, np.nan, np.nan],
            "y": [1.0, 6.0, 99.0, 2.0, 3.0, 4.0],
            "v": [1, 1, 1, 2, 2, 2],
        }
    )
    found = placebo_dates(frame, "y", moved=(1,), **KEYS)[0]
    # b's third year stays, as nothing is known against it, but has no counterpart: it is a singleton
    assert found.estimate.estimate == pytest.approx(4.0)
    assert found.dropped[0].n_obs == 1


def test_placebo_outcomes_are_those_of_fit_panel():
    frame = staggered(0.0)
    design = PanelDesign("id", "t", ("on",), ("land",), "v")
    found = placebo_outcomes(frame, ("land", "y"), design)
    alone = fit_panel(frame, "land", PanelDesign("id", "t", ("on",), (), "v"), HOUSEHOLD_YEAR)
    # two thirds of the households are treated at some time: in 40 of the 60 villages
    assert found[0].estimate == replace(alone.estimate("on"), n_treated_clusters=40)
    second = fit_panel(frame, "y", design, HOUSEHOLD_YEAR).estimate("on")
    assert found[1].estimate == replace(second, n_treated_clusters=40)
    assert tidy(found)["placebo"].tolist() == ["land", "y"]
    assert abs(found[0].estimate.statistic) < 3


def test_dates_that_cannot_be_moved_are_refused():
    with pytest.raises(Faults, match="move treatment earlier"):
        placebo_dates(staggered(0.0), "y", moved=(0,), **KEYS)
    never = staggered(0.0).assign(g=np.nan)
    with pytest.raises(Faults, match="no row within 1 period"):
        placebo_dates(never, "y", moved=(1,), **KEYS)
    with pytest.raises(Faults, match="no variation within any entity"):
        placebo_outcomes(
            staggered(0.0).assign(land=lambda f: f["id"] * 1.0),
            ("land",),
            PanelDesign("id", "t", ("on",), (), "v"),
        )

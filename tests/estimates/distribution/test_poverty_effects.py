"""Effects on poverty at the line: four means by hand, and indices that are means of their parts."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.distribution.poverty_effects import poverty_effects, shortfall
from analysis.estimates.panel_design import PanelDesign
from analysis.estimates.poverty import poverty_indices
from analysis.faults import Faults

DESIGN = PanelDesign("household", "year", ("post",))
COLUMNS = {"income": "net income", "line": "poverty line", "design": DESIGN}


@pytest.fixture
def four() -> pd.DataFrame:
    """The line rises from 100 to 200; two households get a post in the second year."""
    return pd.DataFrame(
        {
            "household": ["a", "a", "b", "b", "c", "c", "d", "d"],
            "year": [2020, 2021] * 4,
            "post": [0, 1, 0, 1, 0, 0, 0, 0],
            "net income": [50.0, 250, 75, 150, 80, 100, 100, 150],
            "poverty line": [100.0, 200] * 4,
        }
    )


def test_effects_in_two_periods_are_differences_of_four_means(four):
    """Shortfalls: a .5, 0; b .25, .25; c .2, .5; d 0 (exactly the line), .25."""
    found = poverty_effects(four, **COLUMNS)
    headcount, gap, severity = (effect.fit.estimate("post").estimate for effect in found)
    assert headcount == pytest.approx((0.5 - 1) - (1 - 0.5))
    assert gap == pytest.approx((0.125 - 0.375) - (0.375 - 0.1))
    treated = (0.25**2 - (0.5**2 + 0.25**2)) / 2
    untreated = ((0.5**2 + 0.25**2) - 0.2**2) / 2
    assert severity == pytest.approx(treated - untreated)
    assert [effect.index for effect in found] == ["headcount", "gap", "severity"]
    assert [effect.mean for effect in found] == pytest.approx(
        [6 / 8, 1.95 / 8, (0.25 + 0.125 + 0.04 + 0.3125) / 8]
    )


def test_means_of_shortfalls_are_the_indices_of_poverty():
    random = np.random.default_rng(3)
    frame = pd.DataFrame({"y": random.normal(100, 60, size=300), "z": random.choice([90.0, 110.0], size=300)})
    for alpha, index in enumerate(poverty_indices(frame, "y", "z")):
        assert shortfall(frame, "y", "z", alpha).mean() == pytest.approx(index.estimate)


def test_rows_without_an_income_are_counted_not_taken_as_above_the_line(four):
    more = pd.DataFrame(
        {
            "household": ["e", "e"],
            "year": [2020, 2021],
            "post": [0, 0],
            "net income": [np.nan, 90.0],
            "poverty line": [100.0, 200],
        }
    )
    found = poverty_effects(pd.concat([four, more]), **COLUMNS)
    assert [drop.n_obs for drop in found[0].fit.dropped] == [1, 1]
    assert found[0].fit.estimates[0].n_obs == 8


def test_a_line_that_is_not_positive_is_refused(four):
    with pytest.raises(Faults, match="'poverty line': zero or less"):
        poverty_effects(four.assign(**{"poverty line": 0.0}), **COLUMNS)


def test_nobody_below_the_line_is_refused(four):
    with pytest.raises(Faults) as raised:
        poverty_effects(four.assign(**{"poverty line": 1.0}), **COLUMNS)
    assert str(raised.value) == (
        "panel, column 'poverty line': no income below it\n"
        "    allowed: some incomes below the line\n"
        "    mend: use a higher line, or the mean as the outcome"
    )


def test_a_column_named_like_an_index_is_refused(four):
    with pytest.raises(Faults, match="'gap': the name is that of an index"):
        poverty_effects(four.rename(columns={"net income": "gap"}), **(COLUMNS | {"income": "gap"}))

"""Next year's treatment says nothing where treatment is by lot, and much where it follows a bad year."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.sensitivity.strict_exogeneity import strict_exogeneity, with_next
from analysis.faults import Faults

DESIGN = PanelDesign("house", "year", ("aid",), clusters="house")


def draw(feedback: float, years: int = 6, n: int = 800) -> pd.DataFrame:
    """Aid adds 1; it is given by lot, and to who had a bad year before where there is feedback."""
    random = np.random.default_rng(5)
    noise = random.normal(size=(n, years))
    aid = random.random((n, years))
    aid[:, 1:] -= feedback * noise[:, :-1]
    income = random.normal(size=(n, 1)) + aid + noise
    return pd.DataFrame(
        {
            "house": np.repeat(np.arange(n), years),
            "year": np.tile(np.arange(2016, 2016 + years), n),
            "aid": aid.ravel(),
            "income": income.ravel(),
        }
    )


def test_only_rows_followed_by_the_next_year_are_kept():
    frame = draw(0.0, years=4, n=1).drop(index=2)
    found = with_next(frame, DESIGN)
    assert found["year"].tolist() == [2016]
    assert found["aid (t+1)"].tolist() == [frame["aid"][1]]


@pytest.mark.parametrize(("feedback", "refuted"), [(0.0, False), (0.3, True)])
def test_feedback_alone_is_found(feedback, refuted):
    lead = strict_exogeneity(draw(feedback), ("income",), DESIGN, HOUSEHOLD_YEAR)["income"]["aid"]
    assert (lead.p_value < 0.01) == refuted
    assert (lead.estimate < -0.3) == refuted


def test_two_years_are_refused():
    with pytest.raises(Faults):
        strict_exogeneity(draw(0.0, years=2), ("income",), DESIGN, HOUSEHOLD_YEAR)

"""Foster, Greer and Thorbecke by hand arithmetic."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.index_estimate import by_period
from analysis.estimates.poverty import poverty, poverty_indices
from analysis.estimates.results import Dropped
from analysis.faults import Faults

FIVE = pd.DataFrame(
    {"income": [1.0, 2, 3, 4, 5], "line": 3.0, "persons": [2, 1, 1, 4, 2], "village": [1, 1, 2, 2, 3]}
)


def test_headcount_gap_and_severity_of_five_incomes():
    """Line 3: shortfalls 2/3 and 1/3; who has exactly 3 is not poor."""
    headcount, gap, severity = poverty_indices(FIVE, "income", "line")
    assert headcount.estimate == pytest.approx(2 / 5)
    assert gap.estimate == pytest.approx((2 / 3 + 1 / 3) / 5)
    assert severity.estimate == pytest.approx((4 / 9 + 1 / 9) / 5)


def test_weights_count_persons():
    """3 of 10 persons are poor; gap (2 * 2/3 + 1/3) / 10."""
    headcount, gap, _ = poverty_indices(FIVE, "income", "line", weights="persons")
    assert headcount.estimate == pytest.approx(0.3)
    assert gap.estimate == pytest.approx((4 / 3 + 1 / 3) / 10)


def test_the_error_of_a_headcount_without_clusters_is_that_of_a_proportion():
    found = poverty(FIVE, "income", "line", alpha=0)
    assert found.std_error == pytest.approx(np.sqrt(0.4 * 0.6 / 4))
    assert found.df_resid == 4


def test_the_error_with_equal_clusters_is_that_of_their_means():
    random = np.random.default_rng(1)
    frame = pd.DataFrame(
        {"income": random.normal(size=200), "line": 0.2, "village": np.repeat(range(20), 10)}
    )
    found = poverty(frame, "income", "line", alpha=0, clusters="village")
    means = (frame["income"] < 0.2).groupby(frame["village"]).mean()
    assert found.std_error == pytest.approx(means.std() / np.sqrt(20))
    assert found.n_clusters == 20


def test_lines_may_differ_by_row_and_years_are_apart():
    frame = pd.DataFrame({"year": [1, 1, 2, 2], "income": [1.0, 5, 3, 9], "line": [2.0, 2, 4, 4]})
    table = by_period(frame, "year", lambda rows: poverty_indices(rows, "income", "line"))
    assert list(table.columns[:3]) == ["year", "name", "estimate"]
    gaps = table[table["name"] == "gap"].set_index("year")["estimate"]
    assert gaps.to_dict() == {1: pytest.approx(0.25), 2: pytest.approx(0.125)}


def test_missing_incomes_are_counted():
    frame = FIVE.assign(income=[np.nan, 2, 3, 4, 5])
    found = poverty(frame, "income", "line", alpha=0)
    assert found.estimate == pytest.approx(1 / 4)
    assert found.dropped == (Dropped("missing income", 1),)


def test_a_line_of_zero_is_refused():
    with pytest.raises(Faults, match="'line': zero or less"):
        poverty(FIVE.assign(line=0.0), "income", "line", alpha=1)


def test_negative_weights_are_refused():
    with pytest.raises(Faults, match="'persons': negative weights"):
        poverty(FIVE.assign(persons=-1), "income", "line", alpha=1, weights="persons")


def test_an_empty_sample_is_refused():
    with pytest.raises(Faults, match=r"no row is left \(5 missing income\)"):
        poverty(FIVE.assign(income=np.nan), "income", "line", alpha=0)

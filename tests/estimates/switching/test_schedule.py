import pandas as pd
import pytest

from analysis.estimates.switching.schedule import months_between, scheduled_terms
from analysis.faults import Faults

LEDGER = pd.DataFrame(
    {
        "home": ["a", "a", "a", "b"],
        "post": ["p1", "p1", "p2", "p3"],
        "begin": pd.to_datetime(["2019-07-01", "2019-07-01", "2021-01-01", "2020-03-01"]),
        "months": [18, 18, 12, 12],
    }
)
ROWS = pd.DataFrame({"home": ["a"] * 4 + ["b", "c"], "year": [2018, 2019, 2020, 2021, 2020, 2020]})
WHERE = {"entity": "home", "period": "year", "term": "post", "start": "begin", "months": "months"}


def test_the_first_term_alone_is_scheduled_month_by_month():
    found = scheduled_terms(LEDGER, ROWS, **WHERE)
    # a: July 2019 to December 2020, whatever came later; b: March 2020 to February 2021
    assert found["scheduled"].iloc[:5].tolist() == [0.0, 6 / 12, 1.0, 0.0, 10 / 12]
    assert found["expiry"].iloc[1] == 2021
    assert found["since_start"].iloc[:4].tolist() == [-1, 0, 1, 2]
    assert found.iloc[5].isna().all()


def test_months_between_count_both_ends():
    first, last = (pd.to_datetime(pd.Series([text])) for text in ("2019-07-01", "2020-06-01"))
    assert months_between(first, last).tolist() == [12]


def test_a_term_with_two_lengths_is_refused_by_name():
    with pytest.raises(Faults, match=r"1 term\(s\) with several, first p1"):
        scheduled_terms(LEDGER.assign(months=[18, 12, 12, 12]), ROWS, **WHERE)

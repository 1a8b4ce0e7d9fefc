import pandas as pd

from analysis.panel.screening import screening

PANEL = pd.DataFrame(
    {
        "household_id": ["a", "a", "a", "b", "b", "c"],
        "year": [2019, 2020, 2021, 2020, 2021, 2021],
        "income_nominal": [3000.0, 5000.0, 9000.0, 3000.0, 7000.0, 100.0],
        "identified_month": pd.to_datetime([None, "2020-05-01", "2020-05-01", None, None, None]),
    }
)


def test_distance_is_last_years_income_over_last_years_line():
    rows = screening(PANEL, {2019: 4000.0, 2020: 2000.0, 2021: 5000.0})
    found = rows.set_index(["household_id", "year"])
    # c has no report of 2020; a was included in 2020, not screened in 2021; 2019 precedes all inclusions
    assert list(found.index) == [("a", 2020), ("b", 2021)]
    assert found["distance"].tolist() == [3000 / 4000 - 1, 3000 / 2000 - 1]
    assert found["included"].tolist() == [1, 0]

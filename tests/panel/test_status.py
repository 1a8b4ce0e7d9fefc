import pandas as pd

from analysis.panel.status import below_line, under_monitoring


def test_income_at_the_line_is_not_below_it():
    income = pd.Series([3999.0, 4000.0, 5000.0])
    year = pd.Series([2020, 2020, 2021])
    assert below_line(income, year, {2020: 4000, 2021: 6000}).tolist() == [1, 0, 1]


def test_monitoring_runs_from_inclusion_to_the_year_of_removal():
    rows = pd.DataFrame(
        {
            "year": [2019, 2020, 2021, 2022, 2020],
            "identified_month": pd.PeriodIndex(["2020-05"] * 4 + ["NaT"], freq="M"),
            "removed_month": pd.PeriodIndex(["2021-11"] * 4 + ["NaT"], freq="M"),
        }
    )
    assert under_monitoring(rows).tolist() == [0, 1, 1, 0, 0]

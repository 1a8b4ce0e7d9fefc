import pandas as pd
import pytest

from analysis.faults import Faults
from analysis.panel.build import build_panel
from analysis.panel.income import SOURCES
from analysis.region import read_region

TOWNSHIP, VILLAGE = "371481001", "371481001001"


@pytest.fixture
def region():
    return read_region("laoling")


def household(name: str, year: int, kind: str = "alleviated", **values: object) -> dict[str, object]:
    """One household-year with 1,000 yuan from each source, no costs, two persons."""
    row: dict[str, object] = dict.fromkeys(SOURCES.values(), 1000.0)
    row |= {"household_id": name, "year": year, "household_type": kind, "business_costs": 0.0}
    row |= {"township_code": TOWNSHIP, "village_code": VILLAGE, "household_size": 2, "workers": 1}
    row |= {"identified_month": pd.NaT, "removed_month": pd.NaT}
    return row | values


def tables(*rows: dict[str, object]) -> dict[str, pd.DataFrame]:
    """The tables of a bureau with these household-years; household `a` has help, the others none."""
    return {
        "households": pd.DataFrame(rows).astype(
            {"identified_month": "datetime64[s]", "removed_month": "datetime64[s]"}
        ),
        "subsidies": pd.DataFrame(
            {
                "household_id": ["a"],
                "year": [2020],
                "subsidy_type": ["dibao"],
                "subsidy_amount": [1000.0],
            }
        ),
        "beneficiaries": pd.DataFrame(
            {"project_id": ["p"], "household_id": ["a"], "benefit_from_year": [2021]}
        ),
        "posts": pd.DataFrame(
            {
                "post_id": ["1"],
                "household_id": ["a"],
                "village_code": [VILLAGE],
                "year": [2020],
                "post_months": [6],
                "post_paid": [3000.0],
            }
        ),
    }


def test_treatments_of_one_household_over_two_years(region):
    frame = build_panel(tables(household("a", 2020), household("a", 2021)), region).frame
    # 1,000 yuan by two persons in the base year; half a year in a post; the project from 2021 on
    assert frame["subsidies"].tolist() == [500.0, 0.0]
    assert frame["posts"].tolist() == [0.5, 0.0]
    assert frame["projects"].tolist() == [0.0, 1.0]
    assert frame["post_funds"].tolist() == [3000.0, 0.0]


def test_income_is_in_prices_of_the_base_year(region):
    frame = build_panel(tables(household("a", 2020), household("a", 2021)), region).frame
    # eight sources of 1,000 by two persons; prices rose by 0.9 percent
    assert frame["income_total"].tolist() == pytest.approx([4000.0, 4000.0 / 1.009])
    assert frame["below_line"].tolist() == [0, 1]


def test_ordinary_households_stay_in_the_panel_but_not_in_the_study_sample(region):
    panel = build_panel(tables(household("a", 2020), household("b", 2020, "ordinary")), region)
    assert panel.study["household_id"].tolist() == ["a"]
    assert [(step.name, step.rows, step.rows_dropped) for step in panel.flow.steps] == [
        ("household-years as received", 2, 0),
        ("study sample: type of household is alleviated or monitored", 1, 1),
        ("outcome, treatments and controls known", 1, 0),
    ]


def test_the_panel_is_sorted_by_household_and_year(region):
    frame = build_panel(
        tables(household("b", 2020), household("a", 2021), household("a", 2020)), region
    ).frame
    assert list(zip(frame["household_id"], frame["year"], strict=True)) == [
        ("a", 2020),
        ("a", 2021),
        ("b", 2020),
    ]


def test_the_order_of_the_rows_does_not_matter(region):
    rows = [household("a", 2020), household("a", 2021), household("b", 2020)]
    first, second = build_panel(tables(*rows), region), build_panel(tables(*rows[::-1]), region)
    pd.testing.assert_frame_equal(first.frame, second.frame)


def test_an_outcome_that_cannot_be_composed_is_a_fault(region):
    given = tables(household("a", 2020))
    given["households"] = given["households"].drop(columns="dividend_income")
    with pytest.raises(Faults) as caught:
        build_panel(given, region)
    assert str(caught.value) == (
        "data/laoling/region.yaml: income_total: the panel has no 'income_total'\n"
        "    allowed: a variable that the household table of the region holds, "
        "or income composed of all its parts\n"
        "    mend: read the variable, or choose another"
    )

import pandas as pd

from analysis.panel.project_dose import investment_per_household, village_sectors, with_project_dose

PROJECTS = pd.DataFrame(
    {
        "project_id": ["p", "q"],
        "village_code": ["v", "v"],
        "project_year": [2017, 2019],
        "project_sector": ["photovoltaic", "shrimp"],
        "investment": [9000.0, 1000.0],
    }
)
BENEFICIARIES = pd.DataFrame({"project_id": ["p", "p", "p", "q"], "household_id": ["a", "b", "c", "a"]})


def test_investment_is_divided_among_beneficiaries_and_added_over_projects():
    shares = investment_per_household(PROJECTS, BENEFICIARIES).set_index("household_id")["project_investment"]
    assert shares.to_dict() == {"a": 3000.0 + 1000.0, "b": 3000.0, "c": 3000.0}


def test_sectors_of_a_village_are_counted_from_their_first_year():
    sectors = village_sectors(PROJECTS, range(2016, 2020)).set_index("year")["sectors"]
    assert sectors.to_dict() == {2017: 1, 2018: 1, 2019: 2}


def test_a_household_without_project_has_no_investment_but_its_village_has_sectors():
    frame = pd.DataFrame({"household_id": ["a", "z"], "year": [2019, 2016], "village_code": ["v", "v"]})
    dosed = with_project_dose(frame, PROJECTS, BENEFICIARIES)
    assert dosed["sectors"].tolist() == [2, 0]
    assert dosed["project_investment"].isna().tolist() == [False, True]

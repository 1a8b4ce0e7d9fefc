"""A key stands in one row, and a ledger names only what its own table holds."""

from .office import BENEFICIARY, PROJECT_ROW, SUBSIDY, Office, household

TABLES = {name: {"file": f"{name}.csv"} for name in ("households", "subsidies", "projects", "beneficiaries")}


def test_a_repeated_household_year_names_its_first_row(office: Office) -> None:
    office.write_csv("households", [household(), household(year="2020"), household()])
    assert office.faults() == [
        "households.csv, row 4, column 户编号 + 年度: 0001 + 2019 stands in row 2 already\n"
        "    allowed: one row for each key\n"
        "    mend: remove one of the two rows, or mend its key"
    ]


def test_repeated_rows_beyond_the_fifth_are_counted(office: Office) -> None:
    office.write_csv("households", [household()] * 200)
    faults = office.faults()
    assert len(faults) == 6
    assert faults[-1] == (
        "households.csv, row 8 and further, column 户编号 + 年度: "
        "194 more rows repeat the key of an earlier row\n"
        "    allowed: one row for each key\n"
        "    mend: remove the repeated rows, best where the file comes from"
    )


def test_identifiers_that_differ_in_leading_zeros_are_different(office: Office) -> None:
    office.write_csv("households", [household(household_id="12"), household(household_id="0012")])
    assert office.read().frames["households"]["household_id"].tolist() == ["12", "0012"]


def test_a_ledger_may_name_only_households_and_projects_that_are_there(office: Office) -> None:
    office.settle(tables=TABLES)
    office.write_csv("households", [household()])
    office.write_csv("projects", [PROJECT_ROW])
    office.write_csv("subsidies", [SUBSIDY, SUBSIDY | {"household_id": "0009"}])
    office.write_csv("beneficiaries", [BENEFICIARY | {"project_id": "P7"}])
    assert office.faults() == [
        "subsidies.csv, row 3, column 户编号: found '0009'\n"
        "    allowed: an identifier that stands in households.csv\n"
        "    mend: correct the identifier, remove the row, or add the record to households.csv",
        "beneficiaries.csv, row 2, column 项目编号: found 'P7'\n"
        "    allowed: an identifier that stands in projects.csv\n"
        "    mend: correct the identifier, remove the row, or add the record to projects.csv",
    ]


def test_a_faulty_key_is_not_looked_up(office: Office) -> None:
    office.settle(tables={name: TABLES[name] for name in ("households", "subsidies")})
    office.write_csv("households", [household(household_id="")])
    office.write_csv("subsidies", [SUBSIDY])
    assert office.faults() == [
        "households.csv, row 2, column 户编号: the cell is empty\n"
        "    allowed: an identifier\n"
        "    mend: fill in the cell"
    ]

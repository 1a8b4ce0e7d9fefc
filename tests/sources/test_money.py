"""万元 are turned into yuan where they are declared, and a declaration that cannot be right is refused."""

from .office import HOUSEHOLD, PROJECT_ROW, Office, household, households

MONEY = [name for name in HOUSEHOLD if "income" in name or "costs" in name]


def in_ten_thousands(record: dict[str, str]) -> dict[str, str]:
    return record | {name: repr(float(record[name]) / 10_000) for name in MONEY}


def test_declared_ten_thousands_become_the_same_yuan(office: Office) -> None:
    office.write_csv("households", [household()])
    in_yuan = office.read().frames["households"][MONEY]
    office.settle(tables={"households": {"file": "households.csv", "units": dict.fromkeys(MONEY, "万元")}})
    office.write_csv("households", [in_ten_thousands(household())])
    assert office.read().frames["households"][MONEY].equals(in_yuan)


def test_undeclared_ten_thousands_are_a_fault_of_each_column(office: Office) -> None:
    office.write_csv("households", [in_ten_thousands(record) for record in households(9)])
    faults = office.faults()
    assert faults[-2:] == [
        "households.csv, column 纯收入: amounts look like 万元: the median of the positive ones is 1.94005\n"
        "    allowed: yuan, with a median of 10 or more\n"
        "    mend: say `units: {net_income: 万元}` for this table in region.yaml",
        "households.csv, column 人均纯收入: amounts look like 万元: "
        "the median of the positive ones is 0.970025\n"
        "    allowed: yuan, with a median of 10 or more\n"
        "    mend: say `units: {net_income_per_capita: 万元}` for this table in region.yaml",
    ]
    assert len(faults) == sum(float(HOUSEHOLD[name]) > 0 for name in MONEY)


def test_yuan_declared_as_ten_thousands_are_a_fault(office: Office) -> None:
    office.settle(tables={"households": {"file": "households.csv", "units": {"post_income": "万元"}}})
    office.write_csv("households", households(3))
    assert office.faults() == [
        "households.csv, column 公益性岗位收入: amounts look like yuan already: read as 万元 their median is "
        "60,000,000 yuan\n"
        "    allowed: at most 200,000 yuan\n"
        "    mend: take `post_income: 万元` out of `units` in region.yaml"
    ]


def test_an_investment_in_ten_thousands_is_told_from_one_in_yuan(office: Office) -> None:
    office.settle(tables={"projects": {"file": "projects.csv"}})
    office.write_csv("projects", [PROJECT_ROW | {"investment": "60"}])
    assert office.faults() == [
        "projects.csv, column 投资金额: amounts look like 万元: the median of the positive ones is 60\n"
        "    allowed: yuan, with a median of 1,000 or more\n"
        "    mend: say `units: {investment: 万元}` for this table in region.yaml"
    ]


def test_one_small_amount_among_many_is_no_sign_of_ten_thousands(office: Office) -> None:
    small = household(household_id="9999", dividend_income="3", net_income="19103.5")
    office.write_csv("households", [*households(5), small])
    assert office.read().rows_read == {"households": 6}

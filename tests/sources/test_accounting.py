"""Incomes add up to net income, and net income per capita is of its order."""

from .office import Office, household, households

SUM = (
    "其他工资性收入 + 公益性岗位收入 + 生产经营性收入 + 其他财产性收入 + 资产收益扶贫分红 + 政策性补贴收入 + "
    "养老金或离退休金 + 其他转移性收入 - 生产经营性支出, within 2 yuan or 0.5 percent"
)


def test_a_net_income_that_is_not_the_sum_of_its_parts_is_named_with_both(office: Office) -> None:
    # 9000 + 6000 + 4000 + 0 + 300 + 1200 + 0 + 400.50 - 1500 = 19400.50
    office.write_csv("households", [household(net_income="19900.5")])
    assert office.faults() == [
        "households.csv, row 2, column 纯收入: found 19,900.50, and the parts give 19,400.50 (yuan)\n"
        f"    allowed: {SUM}\n"
        "    mend: correct the amounts where the file comes from"
    ]


def test_rounding_within_half_a_percent_is_let_pass(office: Office) -> None:
    office.write_csv("households", [household(net_income="19480")])
    assert office.read().frames["households"]["net_income"].tolist() == [19480.0]


def test_rows_that_do_not_add_up_are_counted_beyond_the_fifth(office: Office) -> None:
    office.write_csv("households", households(217, net_income="19900.5"))
    faults = office.faults()
    assert len(faults) == 6
    assert faults[-1] == (
        "households.csv, row 7 and further, column 纯收入: 212 more rows that do not add up\n"
        f"    allowed: {SUM}\n"
        "    mend: correct them like those above; where all rows are wrong, look for a column in another unit"
    )


def test_income_per_capita_of_another_order_is_a_fault(office: Office) -> None:
    # 19400.50 / 2 = 9700.25; twice that and 500 is 19900.50
    office.write_csv(
        "households",
        [household(net_income_per_capita="19900"), household(year="2020", net_income_per_capita="19901")],
    )
    assert office.faults() == [
        "households.csv, row 3, column 人均纯收入: found 19,901.00, and the row gives 9,700.25 (yuan)\n"
        "    allowed: 纯收入 / 家庭人口数, within a factor of two and 500 yuan\n"
        "    mend: correct the amounts where the file comes from"
    ]


def test_a_loss_is_of_the_order_of_its_own_half_and_double(office: Office) -> None:
    loss = household(business_costs="25500", net_income="-4599.5", net_income_per_capita="-2300")
    office.write_csv("households", [loss])
    assert office.read().frames["households"]["net_income"].tolist() == [-4599.5]

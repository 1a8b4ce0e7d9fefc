import pytest

from analysis.findings.formats import interval_of, p_value, passport, percent, plain, value_of
from analysis.findings.kinds import Number


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(1834.4, 0, "1,834"), (-8.1631, 3, "\N{MINUS SIGN}8.163"), (-0.2, 0, "0"), (0.5, 1, "0.5")],
)
def test_numbers_are_rounded_and_never_minus_zero(value, decimals, text):
    assert plain(value, decimals) == text


def test_shares_are_percentages():
    assert percent(0.12345) == "12.3%"


def test_small_p_values_are_bounded():
    assert (p_value(0.0004), p_value(0.04999)) == ("<0.001", "0.050")


def test_an_interval_takes_the_decimals_of_its_number():
    number = Number("a", 1.0, "A", "yuan", 2, low=-0.5, high=2.5)
    assert interval_of(number) == "\N{MINUS SIGN}0.50 to 2.50"


def test_a_number_without_an_interval_says_so():
    with pytest.raises(ValueError, match="a has no interval"):
        interval_of(Number("a", 1.0, "A", "yuan"))


def test_a_passport_names_value_interval_and_maker():
    number = Number("a", 0.25, "Share reached", "share", 1, low=0.2, high=0.3, n_obs=1000)
    assert value_of(number) == "25.0%"
    line = passport(number)
    assert line.startswith(
        "Share reached · 25.0% · 95% interval 20.0% to 30.0% · n = 1,000 · made in tests/findings"
    )

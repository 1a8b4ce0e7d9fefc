"""The bundled county resembles the published figures, each with the tolerance stated."""

import pytest

ALLEVIATED = {2016: 3600, 2020: 8608, 2023: 13000}
ORDINARY = {
    2016: 13954,
    2017: 15118,
    2018: 16297,
    2019: 17775,
    2020: 18753,
    2021: 20794,
    2022: 22110,
    2023: 23776,
}


def rows_of(county, kind, year):
    rows = county.tables["households"]
    return rows[(rows.household_type == kind) & (rows.year == year)]


def per_capita(rows):
    return rows.net_income.sum() / rows.household_size.sum()


@pytest.mark.parametrize(("year", "published"), ALLEVIATED.items())
def test_income_of_alleviated_people_is_within_3_percent(bundled, year, published):
    assert per_capita(rows_of(bundled, "alleviated", year)) == pytest.approx(published, rel=0.03)


@pytest.mark.parametrize(("year", "published"), ORDINARY.items())
def test_income_of_ordinary_people_is_within_3_percent(bundled, year, published):
    assert per_capita(rows_of(bundled, "ordinary", year)) == pytest.approx(published, rel=0.03)


def test_the_register_of_2016_is_that_of_the_city_government(bundled):
    rows = rows_of(bundled, "alleviated", 2016)
    assert len(rows) == 6772
    assert rows.household_size.sum() == pytest.approx(12967, rel=0.005)
    assert (rows.household_size == 1).mean() == pytest.approx(0.443, abs=0.001)
    assert (rows.household_size == 2).mean() == pytest.approx(0.342, abs=0.001)
    members = bundled.tables["members"]
    ill = members[members.health != "healthy"].household_id
    assert rows.household_id.isin(ill).mean() == pytest.approx(0.85, abs=0.015)


@pytest.mark.parametrize("year", [2018, 2020, 2023])
def test_the_composition_of_income_is_plausible(bundled, year):
    rows = rows_of(bundled, "alleviated", year).sum(numeric_only=True)
    shares = {
        "wages": rows.other_wage_income + rows.post_income,
        "business": rows.business_income - rows.business_costs,
        "property": rows.other_property_income + rows.dividend_income,
        "transfers": rows.subsidy_income + rows.pension_income + rows.other_transfer_income,
    }
    bounds = {
        "wages": (0.35, 0.45),
        "business": (0.10, 0.20),
        "property": (0.03, 0.06),
        "transfers": (0.35, 0.50),
    }
    for source, (low, high) in bounds.items():
        assert low <= shares[source] / rows.net_income <= high, source


def test_posts_number_and_pay_as_published(bundled):
    posts = bundled.tables["posts"]
    assert posts.groupby("year").size().between(900, 1300).all()
    assert posts.post_paid.sum() / posts.post_months.sum() == pytest.approx(500, rel=0.08)
    assert (posts.holder_age >= 70).any()


def test_planted_effects_have_the_magnitudes_of_the_literature(bundled):
    assert 1570 <= bundled.effect("posts") <= 2040
    assert 0.50 <= bundled.effect("posts") / bundled.effect("posts", "income_posts") <= 0.65
    assert 0.80 <= bundled.effect("subsidies") <= 1.0
    paid = bundled.tables["households"].query("year >= 2020 and dividend_income > 0").dividend_income
    assert paid.mean() == pytest.approx(490, rel=0.1)


def test_township_lines_lie_within_15_percent_of_the_official_line(bundled):
    rules = bundled.setting.townships
    assert rules.line_factor.min() == pytest.approx(0.86)
    assert rules.line_factor.max() == pytest.approx(1.14)
    assert rules.minimum_spell.min() == 3
    assert rules.minimum_spell.max() == 12
    assert rules.exit_multiple.min() == pytest.approx(1.0)
    assert rules.exit_multiple.max() == pytest.approx(1.5)


def test_reports_heap_at_hundreds_and_at_the_township_line(bundled):
    rows = bundled.tables["households"].query("household_type != 'ordinary'")
    assert (rows.net_income_per_capita % 100 == 0).mean() > 0.1
    rules, calendar = bundled.setting.townships, bundled.setting.calendar
    factor = rows.township_code.map(dict(zip(rules.code, rules.line_factor, strict=True)))
    gap = rows.net_income_per_capita - factor * rows.year.map(
        dict(zip(calendar.years, calendar.lines, strict=True))
    )
    at_line, below, above = (gap.between(low, low + 24).sum() for low in (-18, -118, 82))
    assert at_line > below + above

"""Planted effects are what differencing recovers, and each switch turns off its own problem alone."""

import numpy as np
import pandas as pd
import pytest

from analysis.synthetic.band import post_gain
from analysis.synthetic.effects import differences, event_years, sample_of
from analysis.synthetic.income import compose, net, net_base
from analysis.synthetic.truth import Truth

NOISELESS = {"volatility": 0.0, "reporting": False, "attrition": 0.0}


def same(one, two, *tables):
    for table in tables:
        pd.testing.assert_frame_equal(one.tables[table], two.tables[table])


def test_with_a_constant_gain_a_yuan_of_post_pay_leaves_that_gain(draw):
    county = draw(**NOISELESS, post_band="linear", post_gain_linear=0.6)
    assert county.effect("posts") == pytest.approx(0.6 * county.effect("posts", "income_posts"))
    assert county.effect("posts", "income_without_posts") == pytest.approx(
        -0.4 * county.effect("posts", "income_posts")
    )


def test_subsidies_pass_through_as_planted(draw):
    county = draw(**NOISELESS, pass_through_able=(0.8, 0.8), pass_through_no_labour=0.8)
    assert county.effect("subsidies") == pytest.approx(0.8)
    assert county.effect("subsidies", "income_subsidies") == pytest.approx(1.0)
    assert county.effect("subsidies", "income_without_subsidies") == pytest.approx(-0.2)


def test_projects_bring_nothing_at_first_then_2_and_4_percent(draw):
    county = draw(**NOISELESS, diversity_gain=(1.0, 1.0, 1.0), idle_factor=1.0)
    by_year = {e.event_year: e.value for e in county.effects if e.event_year is not None}
    assert by_year[0] == 0
    base = differences(county.setting, county.history, "projects")["income_total"]
    real = np.maximum(county.setting.demography.size, 1) * county.setting.calendar.prices
    share = base / (net_base(county.setting.base) / real)
    rows = sample_of(county.setting, county.history)
    event = event_years(county.setting)
    assert share[rows & (event == 1)] == pytest.approx(0.02)
    assert share[rows & (event >= 2)] == pytest.approx(0.04)


def test_the_two_thresholds_give_30_65_and_15_percent():
    funds = np.array([0.0, 400.0, 401.0, 2000.0, 2001.0])
    assert post_gain(funds, Truth(post_thresholds=(400.0, 2000.0))).tolist() == [0.30, 0.30, 0.65, 0.65, 0.15]


def test_the_kink_is_continuous_and_its_marginal_gain_falls_to_the_last():
    truth = Truth(post_band="kink", post_thresholds=(400.0, 2000.0))
    funds = np.array([2000.0, 3000.0, 4000.0])
    total = funds * post_gain(funds, truth)
    assert total[0] == pytest.approx(0.65 * 2000)
    assert np.diff(total) == pytest.approx([150.0, 150.0])


def test_the_linear_variant_has_no_band():
    assert set(post_gain(np.linspace(0, 5000, 11), Truth(post_band="linear"))) == {0.58}


def test_null_effects_are_exactly_zero(draw):
    county = draw(effect_scale=0.0)
    for instrument in ("subsidies", "projects", "posts"):
        assert county.effect(instrument) == pytest.approx(0, abs=1e-9)
        own = {"subsidies": "income_subsidies", "projects": "income_dividends", "posts": "income_posts"}[
            instrument
        ]
        assert county.effect(instrument, own) > 0
        assert county.effect(instrument, f"income_without_{instrument}") == pytest.approx(
            -county.effect(instrument, own)
        )


def test_sources_of_the_effect_add_up_to_the_effect_on_the_total(draw):
    county = draw()
    sources = ("wages", "posts", "business", "property", "dividends", "subsidies", "pensions", "transfers")
    for instrument in ("subsidies", "projects", "posts"):
        parts = sum(county.effect(instrument, f"income_{source}") for source in sources)
        assert parts == pytest.approx(county.effect(instrument))


def test_reports_without_noise_are_the_true_incomes_to_the_yuan(draw):
    county = draw(reporting=False)
    true = net(compose(county.setting.base, county.history.help))
    assert np.abs(county.history.report.net - true)[county.setting.demography.alive].max() <= 5


def test_errors_of_reporting_are_mean_zero(bundled):
    alive = bundled.setting.demography.alive
    true = net(compose(bundled.setting.base, bundled.history.help))[alive]
    error = bundled.history.report.net[alive] - true
    assert abs(error.mean()) < 0.002 * true.mean()


def test_without_discretion_every_township_applies_the_official_line(draw):
    county = draw(township_discretion=0.0)
    assert set(county.setting.townships.line_factor) == {1.0}
    assert len(set(county.setting.townships.exit_multiple)) == 1
    assert len(set(county.setting.townships.minimum_spell)) == 1


def test_discretion_touches_nothing_but_monitoring_and_what_follows(draw):
    with_, without = draw(), draw(township_discretion=0.0)
    same(with_, without, "members", "projects", "beneficiaries")
    posts = [county.tables["posts"].query("year == 2016") for county in (with_, without)]
    pd.testing.assert_frame_equal(*posts)
    assert with_.setting.townships.motivation.tolist() == without.setting.townships.motivation.tolist()
    assert (with_.setting.base.wages == without.setting.base.wages).all()


def test_with_officials_alike_only_chance_parts_their_answers(draw):
    with_, without = draw(), draw(official_spread=0.0, official_level=2.0)
    same(with_, without, "members", "projects", "beneficiaries")
    assert set(without.setting.townships.motivation) == {2.0}
    # scale_of_five(0.75 * 2 + noise) has its middle at 3.4 + 0.9 * 1.5 = 4.75
    assert without.tables["village_questionnaire"]["officials_active"].mean() > 4.4


def test_without_a_single_path_every_sector_is_as_likely_and_none_dearer(draw):
    county = draw(villages=2000, single_path=0.0, path_price=1.0)
    shares = county.tables["projects"]["project_sector"].value_counts(normalize=True)
    n = len(county.tables["projects"])
    assert len(shares) == 8
    # four standard errors of a share of an eighth, on either side
    assert shares.between(1 / 8 - 4 * np.sqrt(7 / 64 / n), 1 / 8 + 4 * np.sqrt(7 / 64 / n)).all()
    assert set(county.setting.projects.price) == {1.0}


def test_flexible_subsidies_lift_every_household_to_the_line_and_replace_what_a_shock_took(draw):
    county = draw(flexible_subsidies=True, pass_through_able=(1.0, 1.0), reporting=False)
    setting, grants = county.setting, county.history.grants
    alive = setting.demography.alive
    true = net(compose(setting.base, county.history.help))
    floor = setting.calendar.lines * setting.demography.size
    assert (true - floor)[alive].min() > -1
    struck = (setting.shock != np.array(None)) & alive
    relief = np.stack([year.amounts["prompt_relief"] for year in grants], axis=1)
    fill = np.stack([year.amounts["dibao"] for year in grants], axis=1)
    assert (relief + fill - setting.base.losses)[struck].min() > -1.1
    assert relief[~struck].max() == 0
    assert ((fill > 0) & (np.abs(true - floor) > 1) & ~struck).sum() == 0


def test_the_band_touches_incomes_but_no_earlier_assignment(draw):
    two, linear = draw(), draw(post_band="linear")
    same(two, linear, "members", "projects", "beneficiaries")
    first = [county.tables["posts"].query("year < 2020").reset_index(drop=True) for county in (two, linear)]
    pd.testing.assert_frame_equal(*first)
    subsidies = [county.tables["subsidies"].query("year == 2016") for county in (two, linear)]
    pd.testing.assert_frame_equal(*subsidies)
    assert not two.tables["households"].net_income.equals(linear.tables["households"].net_income)


def test_without_selection_instruments_do_not_follow_permanent_income(draw):
    size = {"households_registered": 3000, "villages": 200}
    for strength, bound in ((1.0, None), (0.0, 0.06)):
        county = draw(**size, selection=strength)
        registered = county.setting.households.registered
        permanent = county.setting.fortunes.permanent[registered]
        subsidies = county.history.help.subsidies[registered].mean(axis=1)
        held = county.history.post_months[registered].sum(axis=1) > 0
        joined = (county.history.help.dividends[registered].sum(axis=1) > 0).astype(float)
        correlation = [np.corrcoef(permanent, x)[0, 1] for x in (subsidies, held, joined)]
        if bound is None:
            assert correlation[0] < -0.2
            assert correlation[1] < -0.1
            assert correlation[2] > 0.1
        else:
            assert np.abs(correlation).max() < bound


def test_without_attrition_no_household_is_lost(draw):
    county = draw(attrition=0.0)
    assert county.tables["members"].left_year.isna().all()
    assert county.tables["households"].groupby("year").size().tolist() == [620] * 8


def test_sizes_of_a_county_are_those_asked_for(draw):
    county = draw(households_registered=333, households_ordinary=77, villages=20)
    first = county.tables["households"].query("year == 2016")
    assert first.household_type.value_counts().to_dict() == {"alleviated": 333, "ordinary": 77}
    assert len(county.setting.villages.code) == 20


def test_fewer_villages_than_townships_are_refused(draw):
    with pytest.raises(ValueError, match="fewer than the 16 townships"):
        draw(villages=10)

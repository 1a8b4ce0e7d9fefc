"""Every primary design on the bundled county, held against what was planted."""

import pytest

from analysis.designs.all_designs import designed, largest_plausible
from analysis.designs.posts import fit_schedule, post_designs, with_schedule
from analysis.designs.projects import impute
from analysis.designs.subsidies import fit_rule, subsidy_designs, with_rule
from analysis.region import read_region
from analysis.simulation.counties import with_planted


@pytest.fixture(scope="module")
def frame(known):
    return with_planted(known.panel.study, known)


def test_the_end_of_term_holds_the_planted_effect_of_posts(known, frame):
    rows = with_schedule(frame, known.tables["posts"])
    found = fit_schedule(rows, known.panel.outcome, known.panel).effect
    truth = fit_schedule(rows, "planted_posts", known.panel).effect.estimate
    assert found.conf_low < truth < found.conf_high


def test_terms_seen_only_because_they_were_long_are_left_out(known, frame):
    rows = with_schedule(frame, known.tables["posts"])
    assert rows["start_year"].min() == frame["year"].min()
    assert (rows["year"] >= rows["start_year"]).all()


def test_the_revision_of_amounts_holds_the_planted_effect_of_subsidies(known, frame):
    rows = with_rule(frame, known.tables["subsidies"])
    found = fit_rule(rows, known.panel.outcome, known.panel, "village_code").effect
    truth = fit_rule(rows, "planted_subsidies", known.panel, "village_code").effect.estimate
    assert found.conf_low < truth < found.conf_high


def test_the_factors_of_townships_are_those_that_the_process_planted(known, frame):
    rows = with_rule(frame, known.tables["subsidies"])
    towns = known.county.setting.townships
    ratio = (2.02 - towns.dibao_generosity) / towns.dibao_generosity
    last = rows[rows["year"] == 2023].drop_duplicates("township_code").set_index("township_code")["factor"]
    # the standard rises for all alike, so that only ratios between townships say something of the rule;
    # rounded amounts and changed grades blur the medians
    found = last.loc[list(towns.code)].to_numpy()
    assert found / found.mean() == pytest.approx(ratio / ratio.mean(), rel=0.08)


def test_imputation_holds_the_planted_effect_of_projects(known, frame):
    found = impute(frame, known.panel, known.panel.outcome)
    truth = found.applied(frame["planted_projects"])
    assert found.overall.conf_low < truth < found.overall.conf_high


def test_a_design_that_cannot_find_the_largest_plausible_effect_is_refused(known):
    estimate = post_designs(known.panel, known.tables, plausible=10.0).estimates[0]
    assert estimate.refused
    assert estimate.detectable > 10.0


def test_the_largest_plausible_effect_of_a_post_is_its_pay(known):
    study = known.panel.study
    pay = study["income_posts"].sum() / study["posts"].sum()
    assert largest_plausible("posts", known.panel) == pytest.approx(pay)


def test_a_region_with_a_column_of_its_own_says_why_it_has_no_design(known):
    region = read_region("hisp")
    found = designed("subsidies", known.panel, {}, {}, region)
    assert found.primary is None
    assert found.missing[0].reason == "the instrument is a column of the region's own, not a ledger"


def test_the_effect_without_the_payment_is_the_effect_less_the_payment(known):
    found = {
        estimate.key: estimate.estimate
        for estimate in subsidy_designs(known.panel, known.tables, 2.0).estimates
    }
    # a yuan of subsidies is a yuan of income from subsidies, whatever the design
    assert found["rule_without"].estimate == pytest.approx(found["rule"].estimate - 1, abs=0.01)

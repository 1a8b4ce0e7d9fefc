"""Secondary designs of the bundled county, held against what was planted."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.designs.attempts import attempted
from analysis.designs.lines import township_lines
from analysis.designs.pass_through import fit_labour, fit_review
from analysis.designs.post_doses import forgone, post_doses, wage_ends
from analysis.designs.project_doses import project_doses, up_to, with_doses
from analysis.designs.secondary import estimate_secondary
from analysis.designs.subsidies import fit_rule, with_rule
from analysis.designs.switching import all_years, fit_expiry, switch_designs
from analysis.estimates.hypotheses import NotApplicable
from analysis.faults import Fault, Faults
from analysis.region import read_region
from analysis.simulation.counties import with_planted
from analysis.synthetic.known import read_known

PAY = 3_173.0


@pytest.fixture(scope="module")
def planted(known):
    """The panel with what posts were planted to add to income as its outcome."""
    return replace(known.panel, frame=with_planted(known.panel.frame, known), outcome="planted_posts")


@pytest.fixture(scope="module")
def effects(known):
    found = switch_designs(known.panel, known.tables, PAY)
    return {estimate.key: estimate.estimate for estimate in found.estimates}


@pytest.fixture(scope="module")
def lines(known, region):
    return township_lines(known.panel, region)


def test_income_falls_before_a_post_starts_and_switchers_in_are_too_high(planted, effects):
    truth = planted.study["planted_posts"].sum() / planted.study["posts"].sum()
    assert effects["switch_in_placebo"].conf_high < 0
    assert effects["switch_in"].conf_low > truth


def test_around_the_scheduled_end_income_is_flat_before_and_falls_by_what_was_planted(known, planted):
    found = fit_expiry(all_years(known.panel, known.tables["posts"]), known.panel).outcome
    truth = fit_expiry(all_years(planted, known.tables["posts"]), planted).outcome
    for term in ("-3", "-2"):
        assert found.estimate(term).conf_low < 0 < found.estimate(term).conf_high
    for term in ("+0", "+1"):
        assert found.estimate(term).conf_low < truth.estimate(term).estimate < found.estimate(term).conf_high


def test_pass_through_with_and_without_labour_holds_what_was_planted(known, region):
    planted = read_known(region.folder / "truth.yaml").pass_through
    found = fit_labour(with_rule(known.panel.study, known.tables["subsidies"]), known.panel).by_rule
    low, high = planted["able"]
    assert found.able.conf_low < low < high < found.able.conf_high
    assert found.unable.conf_low < planted["unable"][0] < found.unable.conf_high


def test_the_two_estimates_at_a_review_bracket_what_was_planted(known, region):
    rows = with_rule(with_planted(known.panel.study, known), known.tables["subsidies"])
    high, low = (fit_review(rows, known.panel, region, lags).effects[0].estimate for lags in ((), (1, 2)))
    truth = fit_rule(rows, "planted_subsidies", known.panel, "village_code").effect.estimate
    assert low.conf_high < truth < high.conf_low


def test_the_lines_of_all_townships_are_found_and_the_discontinuity_at_them_is_refused(lines, region):
    planted = read_known(region.folder / "truth.yaml").lines
    distances = {
        str(line.found.group): 1 + line.found.line - planted[str(line.found.group)] for line in lines.lines
    }
    assert distances.keys() == planted.keys()
    assert np.abs(list(distances.values())).max() < 0.03
    assert lines.effect.refused == "too few data"
    assert lines.effect.detectable > 1


def test_the_income_given_up_for_pay_is_what_was_planted(known, planted):
    found = forgone(known.panel, known.tables["posts"]).rows[0].estimate
    truth = forgone(planted, known.tables["posts"]).rows[0].estimate.estimate
    assert found.conf_low < truth < found.conf_high


def test_neighbours_without_a_post_gain_nothing_and_more_months_bring_more(known):
    doses = {dose.key: dose for dose in post_doses(known.panel, known.tables)}
    spillover = doses["spillover"].rows[0].estimate
    assert spillover.conf_low < 0 < spillover.conf_high
    months = [row.estimate.estimate for row in doses["months"].rows]
    assert months == sorted(months)


def test_projects_do_more_in_villages_with_more_sectors(known, region):
    invested_, sectors = project_doses(known.panel, known.tables, region)
    one, two, *_ = (row.estimate for row in sectors.rows)
    assert one.conf_high < two.conf_low
    assert invested_.test.distribution == "F(2, 489)"


def test_doses_accumulate_from_the_year_in_which_they_begin():
    frame = pd.DataFrame({"home": ["a", "a", "a", "b"], "year": [1, 2, 3, 3]})
    added = pd.DataFrame({"home": ["a", "a", "c"], "since": [2, 3, 1], "yuan": [5.0, 7.0, 9.0]})
    found = up_to(frame, added, "yuan", "home", "since").tolist()
    assert found == pytest.approx([np.nan, 5.0, 12.0, np.nan], nan_ok=True)


def test_investment_is_divided_among_the_beneficiaries(known, region):
    projects = known.tables["projects"].head(1)
    home = known.panel.study.head(1)
    members = pd.DataFrame(
        {
            "household_id": [home["household_id"].iloc[0], "other"],
            "project_id": projects["project_id"].iloc[0],
        }
    ).assign(benefit_from_year=home["year"].iloc[0])
    rows = with_doses(home, {"projects": projects, "beneficiaries": members}, region)
    price = region.price_index[projects["project_year"].iloc[0]]
    assert rows["invested"].iloc[0] == pytest.approx(projects["investment"].iloc[0] / 2 / price / 10_000)


def test_equal_pay_makes_a_single_bin():
    assert wage_ends(pd.Series([500.0] * 9)) == (0.0, 500.0)


def test_a_fault_becomes_the_reason_for_no_estimate():
    def refuse() -> float:
        raise Faults([Fault("panel, column 'posts'", "no variation", "two values", "add rows")])

    assert attempted("Months", refuse) == NotApplicable("Months", "panel, column 'posts': no variation")
    assert attempted("Months", lambda: 1.5) == 1.5


def test_a_region_without_ledgers_has_no_secondary_designs(known):
    frame = known.panel.frame.drop(columns="identified_month")
    panel = replace(known.panel, frame=frame, instruments=("subsidies",))
    found = estimate_secondary(panel, {}, read_region("hisp"))
    assert (found.designs, found.doses) == ((), ())
    assert isinstance(found.lines, NotApplicable)

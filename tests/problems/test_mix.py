"""Mixes of few projects and the risk of few sectors, by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.mix import mix_of
from analysis.problems.path_risk import path_risk

SECTORS = ("sun", "fish", "birds", "cloth")


def four_projects(*sectors: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "township_code": ["a"] * 4,
            "project_year": [2017, 2017, 2018, 2018],
            "project_sector": sectors,
            "investment": [1.0, 1.0, 1.0, 1.0],
        }
    )


def test_mix_of_four_projects_by_hand():
    members = pd.DataFrame({"household_id": ["h", "h", "i"], "benefit_from_year": [2018, 2017, 2018]})
    mix = mix_of(four_projects("fish", "sun", "sun", "sun"), members, SECTORS)
    assert (mix.sectors, mix.main, mix.largest) == (("sun", "fish"), "sun", "sun")
    # 9/16 + 1/16 less 1/4, over 3/4; between an equal split of 1/4 and one
    assert mix.county.herfindahl.estimate == pytest.approx(0.5)
    assert mix.county.beyond.estimate == pytest.approx((0.5 - 0.25) / 0.75)
    assert mix.reached.to_numpy().tolist() == [[2017, 1], [2018, 1]]
    assert mix.townships[0].mix == NotApplicable("Mix", "fewer than 8 projects")
    assert isinstance(mix.money_diversity, NotApplicable)


def test_a_county_of_one_sector_is_as_concentrated_as_can_be():
    mix = mix_of(four_projects("sun", "sun", "sun", "sun"), None, SECTORS)
    assert (mix.county.beyond.estimate, mix.county.beyond.conf_high) == (1.0, 1.0)
    # none of it is in the other three that it could be in
    assert mix.county.theil.estimate == pytest.approx(np.log(4))
    assert mix.reached is None


def test_the_main_path_is_that_of_most_projects_not_of_the_largest():
    projects = four_projects("fish", "sun", "sun", "birds").assign(investment=[9.0, 1.0, 1.0, 1.0])
    mix = mix_of(projects, None, SECTORS)
    assert (mix.main, mix.largest) == ("sun", "fish")


def swings(years: int) -> pd.DataFrame:
    """Dividends of two sectors, eight households each, that are good and bad in turn."""
    year = np.repeat(np.arange(2000, 2000 + years), 16)
    sector = np.tile(np.repeat(["sun", "fish"], 8), years)
    swing = np.where(sector == "sun", 50.0, 10.0)
    return pd.DataFrame(
        {
            "project_id": sector,
            "sector": sector,
            "year": year,
            "household_id": np.tile(np.arange(16).astype(str), years),
            "dividend": 100 + np.where(year % 2 == 0, 1, -1) * swing,
            "share": 1.0,
        }
    )


def test_a_common_bad_year_makes_the_path_risky():
    risk = path_risk(swings(12), pd.Series({"sun": 3.0, "fish": 1.0}))
    # swings of 0.4 in the mix of three to one, of 0.3 in equal parts
    assert risk.correlation.estimate == pytest.approx(1.0)
    assert risk.ratio.estimate == pytest.approx((4 / 3) ** 2)
    # a third of the years is left out
    assert risk.ratio.n_obs == 8

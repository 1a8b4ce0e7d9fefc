"""Supervised posts by hand, and where leniency about age is planted."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.countermeasures.supervision import DETECTION, supervision
from analysis.estimates.hypotheses import NotApplicable
from analysis.findings.countermeasures.supervision import WORDS, experience, findings, supervision_verdict
from analysis.region import read_region
from analysis.simulation.counties import known_county
from analysis.simulation.scenarios import SMALL
from analysis.synthetic.truth import Truth


def posts(shares: dict[tuple[str, int], tuple[int, int]], supervised: set[tuple[str, int]]) -> pd.DataFrame:
    """Post-years of each township and year: so many that break the rule of so many, paid 100 each."""
    rows = [
        {
            "township_code": town,
            "year": year,
            "supervised": float((town, year) in supervised),
            "broken": float(number < broken),
            "paid": 100.0,
        }
        for (town, year), (broken, every) in shares.items()
        for number in range(every)
    ]
    return pd.DataFrame(rows)


def test_the_change_where_supervision_began_is_the_difference_of_four_means():
    before = {("a", 2021): (4, 10), ("b", 2021): (2, 10), ("c", 2021): (4, 20)}
    after = {("a", 2022): (1, 10), ("b", 2022): (3, 10), ("c", 2022): (6, 20)}
    found = supervision(posts(before | after, {("a", 2022)}))
    # (0.1 - 0.4) less the mean of (0.3 - 0.2) and (0.3 - 0.2)
    assert found.effect.estimate == pytest.approx(-0.4)
    # three townships can be the supervised one, and none of the others is as extreme
    assert found.effect.p_value == pytest.approx(1 / 3)
    # in the last year 30 posts of b and c are not supervised, 9 of them break the rule
    assert (found.townships, found.first_year, found.posts, found.broken) == (1, 2022, 30, 9)
    assert found.caught == tuple((part, part * 900) for part in DETECTION)


def test_without_supervision_anywhere_its_effect_is_not_measured_and_the_stake_stands():
    found = supervision(posts({("a", 2021): (1, 4), ("b", 2021): (0, 4)}, set()))
    assert isinstance(found.effect, NotApplicable)
    assert (found.first_year, found.stake) == (None, 100.0)
    assert supervision_verdict(found) == "not measured"
    assert {one.id for one in findings(found)} >= {"supervision.stake", "tbl-supervision"}


def test_where_age_limits_are_not_applied_supervision_helps_and_without_a_ledger_nothing_is_said():
    region = read_region("laoling")
    known = known_county(replace(Truth(), post_over_age=0.3), region)
    found = experience(known.panel.frame, known.tables, region)
    assert supervision_verdict(found) == "supported"
    assert found.effect.n_treated_clusters == SMALL.supervised_townships
    none = experience(known.panel.frame, {}, region)
    assert "third party" in none.reason
    assert WORDS[supervision_verdict(none)].endswith("cannot be measured here.")

"""Leaving a group out of a rule-driven change of dose, held against refits."""

import pytest

from analysis.estimates.need_based.reassessment import rule_change
from analysis.estimates.need_based.rule_sample import RuleDesign
from analysis.estimates.need_based.without_group import without_each_group
from analysis.faults import Faults

DESIGN = RuleDesign("dose", "exposure", "factor", "a unit", "the year", "town", "village", ("size",))


def test_the_effect_without_each_group_is_that_of_a_fit_without_its_rows(ruled):
    found = without_each_group(ruled, "income", DESIGN)
    for town in sorted(ruled["town"].unique()):
        refit = rule_change(
            ruled[ruled["town"] != town],
            outcome="income",
            dose="dose",
            exposure="exposure",
            factor="factor",
            entity="a unit",
            period="the year",
            group="town",
            clusters="village",
            controls=("size",),
        )
        assert found[town] == pytest.approx(refit.effect.estimate, rel=1e-6)


def test_a_group_without_a_usable_row_is_refused(ruled):
    bare = ruled.assign(exposure=ruled["exposure"].mask(ruled["town"] == 2))
    with pytest.raises(Faults) as caught:
        without_each_group(bare, "income", DESIGN)
    assert caught.value.faults[0].found == "1 group(s) without a usable row"

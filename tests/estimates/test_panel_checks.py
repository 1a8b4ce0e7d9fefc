"""Every input that keeps a panel from a regression, with its exact message."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.estimates.panel_design import HOUSEHOLD_YEAR, LADDER, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.faults import Faults

DESIGN = PanelDesign("household", "year", ("subsidy", "post"), ("size",), "village", "township")


def message(frame, design=DESIGN, specification=HOUSEHOLD_YEAR, outcome="income") -> str:
    """What the user reads."""
    with pytest.raises(Faults) as raised:
        fit_panel(frame, outcome, design, specification)
    return str(raised.value)


def test_an_unknown_column_is_named_with_its_neighbour(balanced):
    assert message(balanced, outcome="incone") == (
        "panel, column 'incone': there is no such column\n"
        "    allowed: a column of the table\n"
        "    mend: did you mean 'income'?"
    )


def test_all_unknown_columns_are_named_at_once(balanced):
    design = replace(DESIGN, treatments=("subsidi", "posts"), clusters="vilage")
    assert message(balanced, design).count("there is no such column") == 3


def test_text_is_refused_as_a_number(balanced):
    frame = balanced.assign(size=balanced["size"].astype(str))
    assert message(frame) == (
        "panel, column 'size': type str\n    allowed: numbers\n    mend: convert it before it is estimated on"
    )


def test_infinite_values_are_counted(balanced):
    frame = balanced.assign(income=balanced["income"].mask(balanced.index < 3, np.inf))
    assert message(frame) == (
        "panel, column 'income': 3 infinite value(s)\n"
        "    allowed: finite numbers, or empty\n"
        "    mend: look for a division by zero or the logarithm of zero"
    )


def test_a_household_twice_in_a_year_is_shown(balanced):
    frame = balanced.assign(year=balanced["year"].mask(balanced.index == 1, 2016))
    assert message(frame) == (
        "panel, columns 'household' and 'year': 1 duplicated row(s), first 0 in 2016\n"
        "    allowed: one row an entity and period\n"
        "    mend: aggregate or remove them"
    )


def test_a_row_without_village_is_refused(balanced):
    frame = balanced.assign(village=balanced["village"].mask(balanced.index < 2))
    assert message(frame) == (
        "panel, column 'village': 2 row(s) without a value\n"
        "    allowed: a value in every row\n"
        "    mend: fill it or drop them"
    )


def test_a_single_cluster_is_refused(balanced):
    assert message(balanced.assign(village=1)) == (
        "panel, column 'village': a single cluster\n"
        "    allowed: two clusters or more, better forty\n"
        "    mend: cluster by a smaller unit, or set clusters to None for classical errors"
    )


def test_a_single_period_is_refused_where_households_are_compared_over_time(balanced):
    frame = balanced[balanced["year"] == 2016]
    assert message(frame) == (
        "panel, column 'year': a single period\n"
        "    allowed: two periods or more\n"
        "    mend: use the pooled specification, or add the other years"
    )
    pooled = fit_panel(frame, "income", DESIGN, Specification("none", "none"))
    assert pooled.estimates[0].n_obs == 120


def test_group_by_year_effects_need_a_group(balanced):
    assert message(balanced, replace(DESIGN, group=None), LADDER[-1]) == (
        "design, group: None\n"
        "    allowed: a column such as the township\n"
        "    mend: name the group, or choose year effects"
    )


def test_a_treatment_that_everyone_has_is_refused(balanced):
    assert message(balanced.assign(post=1)) == (
        "panel, column 'post': no variation: every row is treated\n"
        "    allowed: treated and untreated rows\n"
        "    mend: add a comparison group, or leave this treatment out"
    )


def test_a_treatment_that_nobody_has_is_refused(balanced):
    assert "no variation: no row is treated" in message(balanced.assign(post=0))


def test_a_treatment_that_never_changes_within_a_household_is_refused(balanced):
    frame = balanced.assign(post=balanced["household"] % 2)
    assert message(frame) == (
        "panel, column 'post': no variation within any entity\n"
        "    allowed: a treatment that changes over time for some entities\n"
        "    mend: use a comparison between entities (pooled or random effects)"
    )


def test_a_treatment_that_all_receive_in_the_same_year_is_refused(balanced):
    frame = balanced.assign(post=(balanced["year"] >= 2018).astype(int))
    assert message(frame) == (
        "panel, column 'post': absorbed by household and year effects\n"
        "    allowed: a treatment that does not change for all who are compared at the same time\n"
        "    mend: choose a specification with fewer effects"
    )


def test_a_control_that_repeats_a_treatment_is_refused(balanced):
    frame = balanced.assign(size=2 * balanced["post"])
    assert message(frame, specification=Specification("none", "none")) == (
        "panel, column 'size': collinear with the other regressors\n"
        "    allowed: regressors of which none is a combination of the others\n"
        "    mend: leave one of them out"
    )


def test_an_empty_sample_says_why(balanced):
    assert message(balanced.assign(income=np.nan)) == (
        "panel: no row is left (600 missing income)\n"
        "    allowed: rows complete in all columns\n"
        "    mend: see the counts"
    )

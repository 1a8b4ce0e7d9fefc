"""Effects at the cutoffs of several groups."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.estimates.discontinuity.cutoff_design import CutoffDesign
from analysis.estimates.discontinuity.local_polynomial import local_polynomial
from analysis.estimates.discontinuity.multi_cutoff import pool_cutoffs
from analysis.estimates.discontinuity.polynomial import Polynomial
from analysis.faults import Faults

DESIGN = CutoffDesign("sharp", "income", "unit no.", clusters="village")
WIDTH = Polynomial(bandwidth=0.5)


@pytest.fixture(scope="module")
def townships(around):
    """The cutoff of group g is 10 g; the scores are the same as before."""
    line = 10.0 * around["group"]
    return around.assign(line=line, income=around["score"] + line)


def test_the_pooled_effect_is_that_of_scores_less_their_cutoffs(around, townships):
    found = pool_cutoffs(townships, DESIGN, WIDTH, cutoff="line", group="group").pooled.robust
    same = local_polynomial(around, replace(DESIGN, running="score"), WIDTH).robust
    assert found.estimate == pytest.approx(same.estimate, rel=1e-9)
    assert found.std_error == pytest.approx(same.std_error, rel=1e-9)


def test_a_group_s_effect_is_that_of_its_rows_at_its_cutoff(townships):
    found = pool_cutoffs(townships, DESIGN, WIDTH, cutoff="line", group="group").groups[3]
    alone = local_polynomial(townships[townships["group"] == 3], replace(DESIGN, cutoff=30.0), WIDTH)
    assert (found.group, found.cutoff) == (3, 30.0)
    assert found.effect.robust.estimate == pytest.approx(alone.robust.estimate, rel=1e-6)


def test_averages_weight_the_groups_as_by_hand(townships):
    found = pool_cutoffs(townships, DESIGN, WIDTH, cutoff="line", group="group")
    values = np.array([each.effect.robust.estimate for each in found.groups])
    errors = np.array([each.effect.robust.std_error for each in found.groups])
    sizes = np.array([each.effect.n_below + each.effect.n_above for each in found.groups])
    assert found.by_size.estimate == pytest.approx(np.average(values, weights=sizes))
    assert found.by_size.std_error == pytest.approx(np.sqrt(((sizes * errors) ** 2).sum()) / sizes.sum())
    assert found.by_precision.estimate == pytest.approx(np.average(values, weights=errors**-2))
    assert found.by_precision.std_error == pytest.approx((errors**-2).sum() ** -0.5)
    assert found.by_precision.n_clusters == sum(each.effect.robust.n_clusters for each in found.groups)
    assert len(found.tidy()) == 4 + 3


def test_planted_effects_of_groups_are_averaged(around):
    """Effects 1, 2, 3, 4 of groups of equal size: 2.5 on average."""
    rows = around.assign(y=around["sharp"] + (around["score"] >= 0) * (around["group"] - 1.0), line=0.0)
    design = replace(DESIGN, outcome="y", running="score")
    found = pool_cutoffs(rows, design, cutoff="line", group="group")
    assert abs(found.pooled.robust.estimate - 2.5) < 2 * found.pooled.robust.std_error
    assert abs(found.by_size.estimate - 2.5) < 2.5 * found.by_size.std_error
    effects = [each.effect.robust for each in found.groups]
    assert all(abs(each.estimate - k) < 2.6 * each.std_error for k, each in enumerate(effects, start=1))


def test_a_group_with_too_few_rows_is_refused_and_stays_in_the_pool(townships):
    rows = townships[(townships["group"] != 2) | (townships["score"] < 0)]
    found = pool_cutoffs(rows, DESIGN, WIDTH, cutoff="line", group="group")
    assert [each.group for each in found.groups] == [0, 1, 3]
    assert found.refused[0].term == "2"
    assert "0 distinct value(s) above the cutoff 0" in found.refused[0].reason
    near = (rows["score"].abs() < 0.5).sum()
    assert found.pooled.n_below + found.pooled.n_above == near


def test_a_fuzzy_design_has_no_averages(townships):
    design = replace(DESIGN, outcome="fuzzy", treatment="takes it")
    found = pool_cutoffs(townships, design, WIDTH, cutoff="line", group="group")
    assert (found.by_size, found.by_precision) == (None, None)
    assert found.pooled.robust.conf_low < 2.0 < found.pooled.robust.conf_high


def test_clusters_must_lie_in_one_group(townships):
    moved = townships.assign(village=townships["village"] // 4)
    with pytest.raises(Faults, match="25 cluster\\(s\\) in several groups, first 0\n"):
        pool_cutoffs(moved, DESIGN, WIDTH, cutoff="line", group="group")


def test_rows_without_a_line_are_counted(townships):
    holed = townships.assign(line=townships["line"].where(townships.index >= 30))
    found = pool_cutoffs(holed, DESIGN, WIDTH, cutoff="line", group="group").pooled
    assert [(drop.reason, drop.n_obs) for drop in found.dropped] == [("missing running less its cutoff", 30)]

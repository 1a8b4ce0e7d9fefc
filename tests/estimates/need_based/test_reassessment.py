"""The rule-driven change of dose: by hand, by another program, and where feedback biases all else."""

import numpy as np
import pandas as pd
import pyfixest
import pytest
from linearmodels.iv import IV2SLS

from analysis.estimates.need_based.reassessment import rule_change
from analysis.estimates.need_based.rule_factors import exposure_at_base, rule_factors
from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.faults import Faults

COLUMNS = {
    "outcome": "income", "dose": "dose", "exposure": "exposure", "factor": "factor", "entity": "a unit",
    "period": "the year", "group": "town", "clusters": "village",
}  # fmt: skip


def two_by_two_by_two() -> pd.DataFrame:
    """Two groups, before and after, exposed or not, two entities each; only the first group's rule moves."""
    rows = []
    for group, doubled in (("A", 2.0), ("B", 1.0)):
        for exposed in (0.0, 1.0):
            for twin in (0, 1):
                for year, factor in ((1, 1.0), (2, doubled)):
                    name = f"{group}{exposed}{twin}"
                    rows.append((name, year, group, name[:2] + str(twin), exposed, factor))
    frame = pd.DataFrame(rows, columns=["a unit", "the year", "town", "village", "exposure", "factor"])
    # by group, exposure and twin, first before and then after
    frame["dose"] = [0, 1, 0, 1, 4, 11, 4, 9, 0, 0, 0, 2, 5, 6, 5, 6]
    frame["income"] = [3, 5, 3, 5, 9, 17, 9, 15, 2, 4, 2, 2, 8, 10, 8, 10]
    return frame


def dummies_of(frame: pd.DataFrame, controls: tuple[str, ...]) -> pd.DataFrame:
    """All effects as columns, of full rank."""
    year = pd.get_dummies(frame["the year"], dtype=float)
    cells = frame["town"].astype(str) + "." + frame["the year"].astype(str)
    columns = pd.concat(
        [
            pd.get_dummies(frame["a unit"], dtype=float),
            pd.get_dummies(cells, dtype=float),
            year.mul(frame["exposure"], axis=0),
            frame[list(controls)],
        ],
        axis=1,
    ).to_numpy()
    left, sizes, _ = np.linalg.svd(columns, full_matrices=False)
    return pd.DataFrame(left[:, sizes > 1e-9 * sizes[0]], index=frame.index).add_prefix("x")


def test_two_groups_and_two_periods_give_the_ratio_of_triple_differences():
    found = rule_change(two_by_two_by_two(), **COLUMNS)
    # dose: (7 + 5) / 2 - (1 + 1) / 2 in A is 5, 1 - 1 in B is 0; income: 7 - 2 is 5, 2 - 1 is 1
    assert found.first_stage.estimate == pytest.approx(5.0)
    assert found.reduced_form.estimate == pytest.approx(4.0)
    assert found.effect.estimate == pytest.approx(0.8)
    assert found.effect.term == "dose"


def test_it_is_two_stage_least_squares_with_all_effects_as_dummies(ruled):
    found = rule_change(ruled, **COLUMNS, controls=("size",))
    kept = ruled.groupby("a unit")["income"].transform("size") > 1
    frame = ruled[kept].assign(z=lambda rows: rows["exposure"] * rows["factor"])
    model = IV2SLS(frame["income"], dummies_of(frame, ("size",)), frame[["dose"]], frame[["z"]])
    other = model.fit(cov_type="clustered", clusters=frame["village"].to_numpy(), debiased=False)
    assert found.effect.estimate == pytest.approx(other.params["dose"], rel=1e-9)
    # 30 villages; K: the dose, size, 3 of the 4 exposure-by-period, 24 cells (entities nest in villages)
    n, g, k = len(frame), 30, 1 + 1 + 3 + 24
    assert found.effect.n_obs == n
    assert found.effect.n_clusters == g
    bare = found.effect.std_error / np.sqrt(g / (g - 1) * (n - 1) / (n - k))
    assert bare == pytest.approx(other.std_errors["dose"], rel=1e-9)


def test_it_is_what_pyfixest_finds(ruled):
    frame = ruled.rename(columns={"a unit": "unit", "the year": "year"})
    frame["z"], frame["cell"] = frame["exposure"] * frame["factor"], frame["town"] * 10000 + frame["year"]
    for year in (2017, 2018, 2019):
        frame[f"e{year}"] = frame["exposure"] * (frame["year"] == year)
    model = pyfixest.feols(
        "income ~ e2017 + e2018 + e2019 | unit + cell | dose ~ z",
        frame,
        vcov={"CRV1": "village"},
        ssc=pyfixest.ssc(k_adj=False, G_adj=True),
        demeaner=pyfixest.MapDemeaner(fixef_tol=1e-12),
    )
    found = rule_change(ruled, **COLUMNS)
    n, k = found.effect.n_obs, 1 + 3 + 24
    assert found.effect.estimate == pytest.approx(model.coef()["dose"], rel=1e-8)
    assert found.effect.std_error / np.sqrt((n - 1) / (n - k)) == pytest.approx(model.se()["dose"], rel=1e-8)


def test_the_effect_is_the_reduced_form_over_the_first_stage(ruled):
    found = rule_change(ruled, **COLUMNS)
    ratio = found.reduced_form.estimate / found.first_stage.estimate
    assert found.effect.estimate == pytest.approx(ratio, rel=1e-10)
    assert found.f_statistic == pytest.approx(found.first_stage.statistic**2)


def test_entities_without_exposure_are_counted(ruled):
    frame = ruled.assign(exposure=ruled["exposure"].mask(ruled["a unit"] == "u3"))
    n = int((ruled["a unit"] == "u3").sum())
    assert rule_change(frame, **COLUMNS).dropped[0].reason == "missing exposure"
    assert rule_change(frame, **COLUMNS).dropped[0].n_obs == n


def test_an_exposure_that_changes_is_refused(ruled):
    with pytest.raises(Faults) as raised:
        rule_change(ruled.assign(exposure=ruled["dose"]), **COLUMNS)
    assert "panel, column 'exposure': 119 entities with several values" in str(raised.value)
    assert "take the value of a period before the rule changes: at_base(...)" in str(raised.value)


def test_a_rule_that_changes_alike_everywhere_is_refused(ruled):
    frame = ruled.assign(factor=1.0 + 0.1 * (ruled["the year"] >= 2018))
    with pytest.raises(Faults, match="absorbed by entity, group-by-period and exposure-by-period effects"):
        rule_change(frame, **COLUMNS)


def test_a_factor_that_differs_within_a_group_is_refused(ruled):
    frame = ruled.assign(factor=ruled["factor"] + 0.1 * ruled["size"])
    with pytest.raises(Faults, match=r"take the rule's factor: rule_factors\(...\)"):
        rule_change(frame, **COLUMNS)


def test_subsidies_in_counties_are_recovered_where_household_effects_fail(subsidised):
    errors, failures = [], []
    for seed in range(101, 104):
        frame = subsidised(seed)
        keys = {"entity": "household", "period": "year"}
        factors = rule_factors(frame, amount="dibao", **keys, group="township", base=0, at_least=1).frame
        frame["exposure"] = exposure_at_base(frame, amount="dibao", **keys, group="township", base=0)
        frame = frame.merge(factors, on=["township", "year"], validate="many_to_one")
        columns = COLUMNS | keys | {"dose": "subsidies", "group": "township"}
        found = rule_change(frame, **columns)
        planted = rule_change(frame, **columns | {"outcome": "contribution"}).effect.estimate
        assert 0.80 < planted < 0.95
        assert found.f_statistic > 20
        errors.append((found.effect.estimate - planted) / found.effect.std_error)
        design = PanelDesign("household", "year", ("subsidies",), (), "village", "township")
        effects = [
            fit_panel(frame, outcome, design, Specification("fixed", "by_group")).estimates[0]
            for outcome in ("income", "contribution")
        ]
        failures.append((effects[0].estimate - effects[1].estimate) / effects[0].std_error)
    # three draws of a standard normal: the mean is within 1.49 with probability 0.99
    assert abs(np.mean(errors)) < 1.49
    assert max(failures) < -2

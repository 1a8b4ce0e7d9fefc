"""Pass-through by labour: against regressions of each group and with all effects as dummies."""

import numpy as np
import pandas as pd
import pytest
from linearmodels.iv import IV2SLS

from analysis.estimates.need_based.pass_through import pass_through
from analysis.faults import Faults

COLUMNS = {
    "outcome": "income", "dose": "dose", "exposure": "exposure", "factor": "factor", "labour": "able",
    "entity": "a unit", "period": "the year", "group": "town", "clusters": "village",
}  # fmt: skip


def effects(frame: pd.DataFrame, exposed: bool) -> pd.DataFrame:
    """Entity, cell, labour-by-year (and exposure-by-year-by-labour) effects as columns of full rank."""
    year = pd.get_dummies(frame["the year"], dtype=float)
    cells = frame["town"].astype(str) + "." + frame["the year"].astype(str)
    able = frame["able"]
    parts = [
        pd.get_dummies(frame["a unit"], dtype=float),
        pd.get_dummies(cells, dtype=float),
        year.mul(able, axis=0),
    ]
    if exposed:
        parts += [year.mul(frame["exposure"] * side, axis=0) for side in (able, 1 - able)]
    left, sizes, _ = np.linalg.svd(pd.concat(parts, axis=1).to_numpy(), full_matrices=False)
    return pd.DataFrame(left[:, sizes > 1e-9 * sizes[0]], index=frame.index).add_prefix("x")


def split(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows without singletons, with doses and instruments by labour."""
    kept = frame[frame.groupby("a unit")["income"].transform("size") > 1]
    able, z = kept["able"], kept["exposure"] * kept["factor"]
    return kept.assign(d1=kept["dose"] * able, d0=kept["dose"] * (1 - able), z1=z * able, z0=z * (1 - able))


def test_both_pairs_are_regressions_with_all_effects_as_dummies(ruled):
    found, frame = pass_through(ruled, **COLUMNS), split(ruled)
    by_rule = IV2SLS(frame["income"], effects(frame, True), frame[["d1", "d0"]], frame[["z1", "z0"]])
    by_effects = IV2SLS(
        frame["income"], pd.concat([effects(frame, False), frame[["d1", "d0"]]], axis=1), None, None
    )
    for pair, model in ((found.by_rule, by_rule), (found.by_effects, by_effects)):
        other = model.fit(cov_type="clustered", clusters=frame["village"].to_numpy(), debiased=False)
        assert pair.able.estimate == pytest.approx(other.params["d1"], rel=1e-9)
        assert pair.unable.estimate == pytest.approx(other.params["d0"], rel=1e-9)
        spread = other.cov.loc[["d1", "d0"], ["d1", "d0"]].to_numpy()
        t = (other.params["d1"] - other.params["d0"]) / np.sqrt(
            np.array([1, -1]) @ spread @ np.array([1, -1])
        )
        scale = np.sqrt(pair.covariance.iloc[0, 0] / spread[0, 0])
        assert pair.equality.statistic * scale == pytest.approx(t, rel=1e-8)
    # 30 villages; 2 doses, 3 labour-by-year, 2 x 3 exposure-by-year-by-labour effects, 24 cells
    n = len(frame)
    bare = by_rule.fit(cov_type="clustered", clusters=frame["village"].to_numpy(), debiased=False).cov
    ratio = found.by_rule.covariance.iloc[0, 0] / bare.loc["d1", "d1"]
    assert ratio == pytest.approx(30 / 29 * (n - 1) / (n - 35), rel=1e-8)


def test_planted_pass_through_is_recovered(ruled):
    frame = ruled.assign(income=ruled["dose"] * np.where(ruled["able"] == 1, 0.75, 1.0) + ruled["the year"])
    found = pass_through(frame, **COLUMNS)
    for pair in (found.by_rule, found.by_effects):
        assert pair.able.estimate == pytest.approx(0.75)
        assert pair.unable.estimate == pytest.approx(1.0)
        assert pair.difference.estimate == pytest.approx(-0.25)


def test_labour_that_changes_is_refused(ruled):
    frame = ruled.assign(able=(ruled["the year"] > 2017).astype(float))
    with pytest.raises(Faults, match=r"take the value of a period before the rule changes: at_base\(...\)"):
        pass_through(frame, **COLUMNS)


def test_labour_that_is_no_group_is_refused(ruled):
    with pytest.raises(Faults) as raised:
        pass_through(ruled.assign(able=1.0), **COLUMNS)
    assert str(raised.value) == (
        "panel, column 'able': values 1.0\n    allowed: 0 and 1, both present\n    mend: recode it"
    )


def test_entities_of_unknown_labour_are_counted(ruled):
    frame = ruled.assign(able=ruled["able"].mask(ruled["a unit"] == "u3"))
    first = pass_through(frame, **COLUMNS).dropped[0]
    assert (first.reason, first.n_obs) == ("missing able", int((ruled["a unit"] == "u3").sum()))

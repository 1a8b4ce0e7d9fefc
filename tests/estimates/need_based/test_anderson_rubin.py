"""The bootstrap of Anderson and Rubin's statistic by its definition, and its intervals."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.need_based.anderson_rubin import anderson_rubin
from analysis.estimates.need_based.reassessment import rule_change

COLUMNS = {
    "outcome": "income", "dose": "dose", "exposure": "exposure", "factor": "factor", "entity": "a unit",
    "period": "the year", "group": "town", "clusters": "town",
}  # fmt: skip


def effects(frame: pd.DataFrame) -> np.ndarray:
    """All effects as columns, of full rank."""
    cells = frame["town"].astype(str) + "." + frame["the year"].astype(str)
    years = pd.get_dummies(frame["the year"], dtype=float).mul(frame["exposure"], axis=0)
    parts = [pd.get_dummies(frame["a unit"], dtype=float), pd.get_dummies(cells, dtype=float), years]
    left, sizes, _ = np.linalg.svd(pd.concat(parts, axis=1).to_numpy(), full_matrices=False)
    return left[:, sizes > 1e-9 * sizes[0]]


def statistic(y: np.ndarray, z: np.ndarray, basis: np.ndarray, clusters: np.ndarray) -> float:
    """The squared clustered t of the instrument in a regression of y on it and the effects."""
    apart = z - basis @ (basis.T @ z)
    slope = apart @ y / (apart @ apart)
    left = y - basis @ (basis.T @ y) - slope * apart
    sums = np.bincount(clusters, apart * left)
    return float(slope**2 / (np.square(sums).sum() / (apart @ apart) ** 2))


def p_by_definition(frame: pd.DataFrame, null: float) -> float:
    """Refit the reduced form for every pattern of signs of restricted residuals."""
    basis, clusters = effects(frame), frame["town"].to_numpy()
    z = (frame["exposure"] * frame["factor"]).to_numpy()
    y = (frame["income"] - null * frame["dose"]).to_numpy()
    left = y - basis @ (basis.T @ y)
    observed = statistic(y, z, basis, clusters)
    drawn = [
        statistic(y - left + np.array(signs)[clusters] * left, z, basis, clusters)
        for signs in product((-1.0, 1.0), repeat=6)
    ]
    return float(np.mean(np.array(drawn) >= observed * (1 - 1e-9)))


@pytest.mark.parametrize("null", [0.0, 0.5, 1.5])
def test_the_p_value_is_that_of_refitting_every_pattern_of_signs(ruled, null):
    kept = ruled.groupby("a unit")["income"].transform("size") > 1
    found = anderson_rubin(ruled, **COLUMNS, null=null, weights="rademacher", seed=1)
    assert found.enumerated
    assert found.draws == 64
    assert found.p_value == p_by_definition(ruled[kept].reset_index(drop=True), null)


def test_the_interval_holds_the_nulls_that_are_not_rejected(ruled):
    found = anderson_rubin(ruled, **COLUMNS, seed=2, draws=1999)
    assert found.estimate == pytest.approx(rule_change(ruled, **COLUMNS).effect.estimate, rel=1e-10)
    assert found.conf_low < found.estimate < found.conf_high
    for bound, outwards in ((found.conf_low, -1e-4), (found.conf_high, 1e-4)):
        inside, outside = (
            anderson_rubin(ruled, **COLUMNS, seed=2, draws=1999, null=bound + step).p_value
            for step in (-outwards, outwards)
        )
        assert inside > 0.05 >= outside


def test_an_instrument_that_does_not_move_the_dose_leaves_the_interval_unbounded(ruled):
    random = np.random.default_rng(5)
    frame = ruled.assign(dose=random.normal(size=len(ruled)))
    found = anderson_rubin(frame, **COLUMNS, seed=3, draws=999)
    assert np.isinf(found.conf_low) or np.isinf(found.conf_high)

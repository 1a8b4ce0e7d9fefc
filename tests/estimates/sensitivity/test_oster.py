import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.sensitivity.oster import ShortLong, delta_for, effect_for, oster
from analysis.faults import Faults

POOLED = Specification("none", "none")


def orthogonal(seed: int, n: int, k: int) -> np.ndarray:
    """Columns of mean zero, variance one and no covariance, exactly, in the sample."""
    draws = np.random.default_rng(seed).standard_normal((n, k))
    basis = np.linalg.qr(draws - draws.mean(axis=0))[0]
    return basis * np.sqrt(n)


def planted(beta: float, delta: float, n: int = 200) -> pd.DataFrame:
    """Oster's model without error: `y = beta d + w1 + w2`, hidden w2 as related to d as `delta` says."""
    w1, unit, rest = orthogonal(1, n, 3).T
    w2 = 0.7 * unit
    # cov(d, w1)/var(w1) = 0.4; cov(d, w2)/var(w2) = delta * 0.4
    d = 0.4 * w1 + delta * 0.4 * w2 + rest
    y = beta * d + w1 + w2
    return pd.DataFrame({"household": range(n), "year": 1, "d": d, "x": w1, "y": y})


DESIGN = PanelDesign("household", "year", ("d",), ("x",))


@pytest.mark.parametrize(("beta", "delta"), [(1.5, 1.0), (1.5, 0.5), (-0.8, 2.0)])
def test_planted_selection_is_recovered_exactly(beta, delta):
    found = oster(planted(beta, delta), "y", DESIGN, POOLED, r2_max=1.0)
    assert delta_for(found.regressions, 1.0, target=beta) == pytest.approx(delta, rel=1e-9)
    assert effect_for(found.regressions, 1.0, delta) == pytest.approx(beta, rel=1e-9)


def test_an_effect_that_is_wholly_selection_has_the_planted_delta_and_adjusted_zero():
    found = oster(planted(0.0, 1.0), "y", DESIGN, POOLED, r2_max=1.0)
    assert found.regressions.long > 0.1
    assert found.delta == pytest.approx(1.0)
    assert found.adjusted == pytest.approx(0.0, abs=1e-10)


def test_at_delta_the_adjusted_effect_is_zero():
    frame = planted(1.5, 0.6)
    frame["y"] += np.random.default_rng(4).normal(size=len(frame))
    found = oster(frame, "y", DESIGN, POOLED)
    a = np.array([found.regressions.long])
    assert delta_for(found.regressions, found.r2_max, 0.0) == found.delta
    roots = effect_for(found.regressions, found.r2_max, found.delta)
    # zero is a root of the cubic; it is the nearest one here
    assert roots == pytest.approx(0.0, abs=1e-8 * abs(a[0]))
    assert found.r2_max == pytest.approx(min(1, 1.3 * found.regressions.long_r2))


def test_the_simple_formula_by_hand():
    # short 3 with R2 0.2, long 2 with R2 0.4, r2_max 0.52: 2 - (3 - 2) (0.52 - 0.4) / (0.4 - 0.2) = 1.4
    hand = ShortLong(3, 0.2, 2, 0.4, 10, 1, 0.8)
    hidden = (0.52 - 0.4) / (0.4 - 0.2)
    assert hand.long - (hand.short - hand.long) * hidden == pytest.approx(1.4)
    # m = 1, r = 2, q = 1.2, T = 0.8, V = 1, a = 2:
    # top = 3.2 + 1.6 + 6.4 + 1.28 = 12.48, bottom = 1.2 + 0.48 + 3.2 + 1.28 = 6.16
    assert delta_for(hand, 0.52) == pytest.approx(12.48 / 6.16)


def test_both_regressions_are_those_of_statsmodels():
    frame = planted(1.0, 0.3)
    frame["y"] += np.random.default_rng(2).normal(size=len(frame))
    found = oster(frame, "y", DESIGN, POOLED)
    short = sm.OLS(frame["y"], sm.add_constant(frame[["d"]])).fit()
    long = sm.OLS(frame["y"], sm.add_constant(frame[["d", "x"]])).fit()
    both = found.regressions
    assert (both.short, both.long) == pytest.approx((short.params["d"], long.params["d"]), rel=1e-10)
    assert (both.short_r2, both.long_r2) == pytest.approx((short.rsquared, long.rsquared), rel=1e-10)
    hidden = (found.r2_max - long.rsquared) / (long.rsquared - short.rsquared)
    simple = long.params["d"] - (short.params["d"] - long.params["d"]) * hidden
    assert found.adjusted_linear == pytest.approx(simple)


def test_household_and_year_effects_are_held_fixed_in_both_regressions(unbalanced):
    design = PanelDesign("household", "year", ("subsidy",), ("post", "size"))
    few = unbalanced[unbalanced["household"] < 60]
    found = oster(few, "income", design, HOUSEHOLD_YEAR).regressions
    rows = few[few.groupby("household")["year"].transform("size") > 1]
    effects = np.column_stack([pd.get_dummies(rows[name]).to_numpy(float) for name in ("household", "year")])
    income = rows["income"].to_numpy()

    def least_squares(*terms: str) -> tuple[float, float]:
        matrix = np.column_stack([rows[[*terms]], effects])
        found = np.linalg.lstsq(matrix, income, rcond=None)[0]
        return float(found[0]), float(((income - matrix @ found) ** 2).sum())

    (short, short_rest), (long, long_rest) = (
        least_squares("subsidy"),
        least_squares("subsidy", "post", "size"),
    )
    none = least_squares()[1]
    assert (found.short, found.long) == pytest.approx((short, long), rel=1e-8)
    assert found.short_r2 == pytest.approx(1 - short_rest / none, rel=1e-8)
    assert found.long_r2 == pytest.approx(1 - long_rest / none, rel=1e-8)


def test_what_the_formula_cannot_take_is_refused():
    frame = planted(1.0, 0.3)
    with pytest.raises(Faults, match="1 treatment\\(s\\), 0 control"):
        oster(frame, "y", PanelDesign("household", "year", ("d",)), POOLED)
    with pytest.raises(Faults, match="to 1"):
        oster(frame, "y", DESIGN, POOLED, r2_max=0.01)
    with pytest.raises(Faults, match="determined by the controls"):
        oster(frame.assign(x=frame["d"] * 2), "y", DESIGN, POOLED)

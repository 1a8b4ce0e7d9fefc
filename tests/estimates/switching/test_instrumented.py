import numpy as np
import pandas as pd
import pytest
from causaldata import social_insure
from linearmodels.iv import IV2SLS

from analysis.estimates.switching.instrumented import instrumented
from analysis.estimates.switching.ratio import fieller
from analysis.faults import Faults


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    """Sixty units over five rounds in twelve places; the dose follows an instrument and what is not seen."""
    random = np.random.default_rng(8)
    unit, round_ = np.repeat(np.arange(60), 5), np.tile(np.arange(5), 60)
    z, hidden = random.normal(size=(2, 300))
    dose = 0.7 * z + hidden + random.normal(size=60)[unit]
    y = 2.0 * dose - 1.5 * hidden + 0.4 * round_ + random.normal(size=300)
    return pd.DataFrame({"unit": unit, "round": round_, "place": unit // 5, "z": z, "dose": dose, "y": y})


WHERE = {
    "outcome": "y",
    "dose": "dose",
    "instrument": "z",
    "effects": (("unit",), ("round",)),
    "clusters": "place",
    "entity": "unit",
}


def test_the_effect_is_two_stage_least_squares_with_all_dummies(panel):
    found = instrumented(panel, **WHERE)
    dummies = pd.get_dummies(panel[["unit", "round"]].astype(str), drop_first=True, dtype=float).assign(
        one=1.0
    )
    second = IV2SLS(panel["y"], dummies, panel["dose"], panel["z"]).fit(
        cov_type="clustered", clusters=panel["place"], debiased=False
    )
    assert found.effect.estimate == pytest.approx(second.params["dose"], abs=1e-9)
    # the house's factor: 12/11 x 299/(300 - 1 dose - 5 rounds), units nested in places not counted
    factor = 12 / 11 * 299 / (300 - 6)
    assert found.effect.std_error == pytest.approx(second.std_errors["dose"] * np.sqrt(factor), rel=1e-8)


def test_the_effect_is_the_reduced_form_over_the_first_stage(panel):
    found = instrumented(panel, **WHERE)
    assert found.effect.estimate == pytest.approx(found.reduced_form.estimate / found.first_stage.estimate)
    assert found.first_stage_f == pytest.approx(found.first_stage.statistic**2)


def test_the_published_effect_of_default_insurance_on_take_up():
    # Huntington-Klein, The Effect, chapter 19, after Cai et al. (2015): 0.791 (0.267), n = 1,378
    data = social_insure.load_pandas().data
    names = ["takeup_survey", "pre_takeup_rate", "default", "male", "age", "agpop", "ricearea_2010"]
    names += ["literacy", "intensive", "risk_averse", "disaster_prob"]
    rows = data[[*names, "address", "village"]].dropna()
    controls = tuple(names[3:])
    found = instrumented(
        rows,
        outcome="takeup_survey",
        dose="pre_takeup_rate",
        instrument="default",
        effects=(("village",),),
        clusters="address",
        controls=controls,
    )
    assert found.effect.n_obs == 1378
    assert round(found.effect.estimate, 3) == 0.791
    # the house counts the village effects, which do not nest in the smaller clusters: 2% more than published
    assert found.effect.std_error == pytest.approx(0.267, rel=0.03)


def test_the_set_of_fieller_is_that_of_a_quadratic_by_hand():
    # a = 2, b = 1, variances 0.04 and 0.01, no covariance, t = 2: (1 - 0.04) r^2 - 4 r + (4 - 0.16) <= 0
    found = fieller(2.0, 1.0, np.diag([0.04, 0.01]), critical=2.0, level=0.95)
    roots = (2 + np.array([-1, 1]) * np.sqrt(4 - 0.96 * 3.84)) / 0.96
    assert (found.low, found.high) == pytest.approx(tuple(roots))


def test_a_denominator_that_may_be_zero_gives_no_interval():
    assert fieller(0.1, 0.1, np.eye(2), critical=2.0, level=0.95).shape == "line"


def test_an_instrument_that_the_effects_absorb_is_refused(panel):
    with pytest.raises(Faults, match="panel, column 'z'"):
        instrumented(panel.assign(z=panel["unit"] * 1.0), **WHERE)

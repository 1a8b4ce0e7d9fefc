import numpy as np
import pandas as pd
import pytest
from rdrobust import rdrobust
from scipy import stats

from analysis.estimates.switching.age_limit import age_limit, folded_critical
from analysis.faults import Faults

NAMES = {"outcome": "y", "dose": "post", "running": "past limit", "clusters": "place", "entity": "home"}


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    """2,000 people of whole ages from 10 years below to 9 past the limit, four to a place."""
    rng = np.random.default_rng(8)
    age = rng.integers(-10, 10, 2000)
    post = (rng.random(2000) < np.where(age < 0, 0.8, 0.2)).astype(float)
    y = 5 * post + 0.3 * age + 0.2 * np.maximum(age, 0) + rng.normal(size=2000)
    columns = {
        "home": np.arange(2000),
        "place": np.arange(2000) // 4,
        "past limit": age,
        "post": post,
        "y": y,
    }
    return pd.DataFrame(columns)


def test_the_fuzzy_effect_and_its_jumps_are_those_of_rdrobust_with_equal_weights(people):
    found = age_limit(people, bandwidth=6, **NAMES)
    near = people[people["past limit"].between(-6, 6)]
    peer = rdrobust(
        near["y"], near["past limit"], fuzzy=near["post"], h=6.5, b=6.5, kernel="uniform", masspoints="off"
    )
    assert found.fuzzy.effect.estimate == pytest.approx(peer.coef.iloc[0, 0], rel=1e-8)
    assert (found.ages_below, found.ages_past) == (6, 7)
    assert found.fuzzy.effect.n_obs == len(near)


def test_an_outcome_made_of_two_lines_and_a_post_is_recovered_exactly(people):
    age = people["past limit"]
    exact = people.assign(y=7 * people["post"] + 2 + 0.5 * age - 1.5 * age.clip(lower=0))
    assert age_limit(exact, bandwidth=8, **NAMES).fuzzy.effect.estimate == pytest.approx(7.0)


def test_the_worst_bias_is_that_of_the_worst_curve(people):
    age = people["past limit"].astype(float)
    curve = people.assign(y=0.05 * age**2 * np.where(age < 0, 1, -1))
    found = age_limit(curve, bandwidth=5, curvature=0.1, **NAMES)
    # a jump is found where none is: all of it is bias
    assert abs(found.fuzzy.reduced_form.estimate) == pytest.approx(found.worst_bias)
    assert age_limit(curve, bandwidth=5, **NAMES).curvature == pytest.approx(0.1)


def test_an_honest_interval_without_bend_is_the_usual_one(people):
    found = age_limit(people, bandwidth=6, curvature=0.0, **NAMES)
    usual = found.fuzzy.reduced_form
    assert (found.honest.low, found.honest.high) == pytest.approx((usual.conf_low, usual.conf_high))


def test_the_critical_value_with_a_large_bias_is_one_sided():
    # far from zero |T + r| is T + r: r + t(0.95)
    assert folded_critical(20.0, 500, 0.95) == pytest.approx(20 + stats.t.ppf(0.95, 500), rel=1e-6)


def test_too_few_ages_are_a_fault(people):
    with pytest.raises(Faults) as caught:
        age_limit(people, bandwidth=1, **NAMES)
    assert str(caught.value) == (
        "panel, column 'past limit': 1 distinct value(s) below the limit within 1\n"
        "    allowed: 2 or more on each side\n"
        "    mend: widen the bandwidth"
    )


def test_rows_far_from_the_limit_are_counted(people):
    dropped = age_limit(people, bandwidth=6, **NAMES).fuzzy.dropped
    far = int((~people["past limit"].between(-6, 6)).sum())
    assert [(drop.reason, drop.n_obs) for drop in dropped] == [("more than 6 from the limit", far)]

"""Dynamic panel regressions: hand-written estimators, planted truth, and panels that are refused."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.dynamics.dynamic_design import DynamicDesign, Regressor
from analysis.estimates.dynamics.gmm import fit_dynamic
from analysis.estimates.hypotheses import NotApplicable
from analysis.faults import Faults

DESIGN = DynamicDesign("house", "year", (Regressor("dose", "predetermined"),), treatment="dose")
ALONE = DynamicDesign("house", "year", period_effects=False)


def draw(seed: int, n: int = 1_500, years: int = 7) -> pd.DataFrame:
    """Persistence .5, effect of the dose .3, the dose responds to last year's income; a tenth missing."""
    random = np.random.default_rng(seed)
    effect = random.normal(size=n)
    income, dose = np.zeros((n, years + 20)), random.normal(size=(n, years + 20))
    for t in range(1, years + 20):
        dose[:, t] -= 0.3 * income[:, t - 1]
        income[:, t] = 0.5 * income[:, t - 1] + 0.3 * dose[:, t] + effect + 0.1 * t + random.normal(size=n)
    frame = pd.DataFrame(
        {
            "house": np.repeat([f"h{i}" for i in range(n)], years),
            "year": np.tile(np.arange(2016, 2016 + years), n),
            "village": np.repeat(np.arange(n) % 150, years),
            "income": income[:, -years:].ravel(),
            "dose": dose[:, -years:].ravel(),
        }
    )
    return frame[random.random(len(frame)) < 0.9].reset_index(drop=True)


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    return draw(11)


@pytest.mark.parametrize("clusters", [None, "village"])
@pytest.mark.parametrize("steps", [1, 2])
@pytest.mark.parametrize("equations", ["difference", "system"])
def test_planted_persistence_and_effect_are_recovered(panel, equations, steps, clusters):
    fit = fit_dynamic(panel, "income", replace(DESIGN, clusters=clusters), equations=equations, steps=steps)
    for term, truth in (("income (t-1)", 0.5), ("dose", 0.3)):
        found = fit.estimate(term)
        assert abs(found.estimate - truth) < 3 * found.std_error
        assert found.std_error < 0.05
    first, second = fit.serial_correlation
    assert first.p_value < 1e-6
    assert second.p_value > 0.01
    assert fit.hansen.p_value > 0.01
    assert fit.estimates[0].n_clusters == (
        panel["village"].nunique() if clusters else fit.estimates[0].n_entities
    )


def test_three_periods_and_one_lag_give_anderson_and_hsiao():
    """`sum y_1 (y_3 - y_2) / sum y_1 (y_2 - y_1)`: one moment, one coefficient, nothing to weigh."""
    frame = draw(3, n=80, years=3).groupby("house").filter(lambda rows: len(rows) == 3)
    y = frame["income"].to_numpy().reshape(-1, 3)
    fit = fit_dynamic(frame, "income", ALONE, equations="difference", steps=1)
    z, x, change = y[:, 0], y[:, 1] - y[:, 0], y[:, 2] - y[:, 1]
    estimate = (z @ change) / (z @ x)
    scores = z * (change - estimate * x)
    assert fit.estimates[0].estimate == pytest.approx(estimate)
    assert fit.estimates[0].std_error == pytest.approx(np.sqrt(scores @ scores) / abs(z @ x))
    assert fit.n_instruments == 1
    assert fit.hansen == NotApplicable("Hansen J test", "there are no more instruments than coefficients")
    assert fit.serial_correlation[1] == NotApplicable(
        "AR(2) test", "no entity has residuals 2 period(s) apart"
    )


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        # t = 3, ..., 7: y has 1 + ... + 5 lags from the second, dose 2 + ... + 6 from the first; 5 dummies
        ({}, 15 + 20 + 5),
        ({"deepest_lag": 2}, 5 + 10 + 5),
        ({"collapse": True}, 5 + 6 + 5),
        ({"collapse": True, "deepest_lag": 3}, 2 + 3 + 5),
        ({"regressors": (Regressor("dose", "endogenous"),)}, 15 + 15 + 5),
        ({"regressors": (Regressor("dose", "exogenous"),)}, 15 + 1 + 5),
    ],
)
def test_instruments_are_counted_by_hand(panel, changes, count):
    fit = fit_dynamic(panel, "income", replace(DESIGN, **changes), equations="difference", steps=1)
    assert fit.n_instruments == count
    assert fit.sargan.df == count - 7


def test_a_system_adds_one_difference_a_period_and_a_constant(panel):
    """In levels t = 2, ..., 7: dy_(t-1) from t = 3 (5), d dose_t (6), a constant, the 5 dummies."""
    fit = fit_dynamic(panel, "income", DESIGN, equations="system", steps=1)
    assert fit.n_instruments == 15 + 20 + 5 + 6 + 1 + 5


def test_rows_order_and_labels_do_not_matter(panel):
    shuffled = panel.sample(frac=1, random_state=1).rename(
        columns={"income": "net income", "house": "户编号"}
    )
    first = fit_dynamic(panel, "income", DESIGN, equations="system", steps=2)
    again = fit_dynamic(shuffled, "net income", replace(DESIGN, entity="户编号"), equations="system", steps=2)
    assert [e.estimate for e in again.estimates] == pytest.approx(
        [e.estimate for e in first.estimates], rel=1e-8
    )
    assert [e.std_error for e in again.estimates] == pytest.approx(
        [e.std_error for e in first.estimates], rel=1e-8
    )


def test_rows_that_give_no_equation_are_counted(panel):
    fit = fit_dynamic(panel, "income", DESIGN, equations="difference", steps=1)
    wide = panel.set_index(["house", "year"])["income"].unstack().notna()  # noqa: PD010
    equations = sum(int(wide[[t, t - 1, t - 2]].all(axis=1).sum()) for t in range(2018, 2023))
    assert fit.estimates[0].n_obs == equations
    assert fit.dropped[0].n_obs == len(panel) - equations


def test_treated_clusters_are_those_in_which_the_treatment_occurs(panel):
    frame = panel.assign(post=((panel["village"] < 40) & (panel["year"] > 2018)).astype(int))
    design = replace(
        DESIGN, regressors=(Regressor("post", "exogenous"),), treatment="post", clusters="village"
    )
    fit = fit_dynamic(frame, "income", design, equations="difference", steps=1)
    assert fit.estimates[0].n_treated_clusters == 40


def test_more_instruments_than_clusters_are_refused_in_two_steps(panel):
    frame = panel.assign(township=panel["village"] % 16)
    with pytest.raises(Faults) as raised:
        fit_dynamic(frame, "income", replace(DESIGN, clusters="township"), equations="difference", steps=2)
    assert str(raised.value) == (
        "design: 40 instruments for 16 clusters\n"
        "    allowed: no more than clusters, better far fewer\n"
        "    mend: collapse them, lower deepest_lag, cluster by a smaller unit, or take one step"
    )


def test_a_regressor_constant_in_time_is_refused(panel):
    frame = panel.assign(dose=1.0)
    with pytest.raises(Faults, match="term 'dose': constant in time or collinear"):
        fit_dynamic(frame, "income", DESIGN, equations="difference", steps=1)


def test_too_few_periods_are_refused(panel):
    frame = panel[panel["year"] > 2020]
    with pytest.raises(Faults, match="'year': 2 period"):
        fit_dynamic(frame, "income", DESIGN, equations="difference", steps=1)


def test_entities_that_change_their_cluster_are_refused(panel):
    frame = panel.assign(village=np.arange(len(panel)) % 7)
    with pytest.raises(Faults, match="entities in several clusters"):
        fit_dynamic(frame, "income", replace(DESIGN, clusters="village"), equations="difference", steps=1)


def test_an_infinite_outcome_is_refused(panel):
    with pytest.raises(Faults, match="'income': 1 infinite value"):
        fit_dynamic(
            panel.assign(income=panel["income"].mask(panel.index == 4, np.inf)),
            "income",
            DESIGN,
            equations="difference",
            steps=1,
        )

"""Quantile regression: Engel's food expenditure as published, and linear programming on a panel."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.datasets.engel
from scipy import sparse
from scipy.optimize import linprog

from analysis.estimates.distribution.quantile import quantile_effects
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.faults import Faults

POOLED = Specification("none", "none")
ENGEL = {
    0.05: (124.88004, 0.34336),
    0.25: (95.48354, 0.47410),
    0.5: (81.48225, 0.56018),
    0.75: (62.39659, 0.64401),
    0.95: (64.10396, 0.70907),
}


@pytest.fixture(scope="module")
def belgian() -> pd.DataFrame:
    """235 working-class households of 1857 (Engel; Koenker and Bassett 1982)."""
    return statsmodels.datasets.engel.load_pandas().data.reset_index(names="household").assign(year=1857)


@pytest.mark.parametrize("quantile", ENGEL)
def test_food_expenditure_is_as_published(belgian, quantile):
    """Koenker, quantreg's vignette and manual: rq(foodexp ~ income, tau)."""
    design = PanelDesign("household", "year", ("income",))
    (fit,) = quantile_effects(belgian, "foodexp", design, POOLED, quantiles=(quantile,))
    found = (fit.estimate("const").estimate, fit.estimate("income").estimate)
    assert found == pytest.approx(ENGEL[quantile], abs=1e-4)


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    random = np.random.default_rng(8)
    frame = pd.DataFrame({"id": np.repeat(np.arange(500), 4), "year": np.tile(np.arange(4), 500)})
    frame["village"] = frame["id"] % 50
    frame["a post"] = random.integers(2, size=2_000)
    spread = 1 + 0.5 * frame["a post"]
    frame["income"] = 2 + frame["a post"] + 0.3 * frame["year"] + spread * random.normal(size=2_000)
    return frame


def least_loss(y: np.ndarray, x: np.ndarray, quantile: float) -> float:
    """The smallest check loss there is, by linear programming (a median need not be unique)."""
    n, k = x.shape
    cost = np.concatenate([np.zeros(k), np.full(n, quantile), np.full(n, 1 - quantile)])
    sides = sparse.hstack([sparse.csr_array(x), sparse.eye_array(n), -sparse.eye_array(n)])
    bounds = [(None, None)] * k + [(0, None)] * (2 * n)
    return linprog(cost, A_eq=sides, b_eq=y, bounds=bounds, method="highs").fun


@pytest.mark.parametrize("quantile", [0.2, 0.5])
def test_coefficients_have_the_least_loss_that_linear_programming_finds(panel, quantile):
    design = PanelDesign("id", "year", ("a post",), ("year 1", "year 2", "year 3"), clusters="village")
    frame = panel.assign(**{f"year {t}": (panel["year"] == t).astype(float) for t in (1, 2, 3)})
    (fit,) = quantile_effects(frame, "income", design, POOLED, quantiles=(quantile,))
    y = frame["income"].to_numpy()
    x = np.column_stack([np.ones(2_000), frame[list(design.terms)]])
    residual = y - x @ np.array([estimate.estimate for estimate in fit.estimates])
    loss = np.where(residual > 0, quantile * residual, (quantile - 1) * residual).sum()
    assert loss == pytest.approx(least_loss(y, x, quantile), rel=1e-7)
    assert fit.estimate("a post").n_clusters == 50
    years = Specification("none", "common")
    alone = PanelDesign("id", "year", ("a post",), clusters="village")
    (dummies,) = quantile_effects(panel, "income", alone, years, quantiles=(quantile,))
    assert dummies.estimate("a post").estimate == pytest.approx(fit.estimate("a post").estimate)


def test_errors_clustered_by_independent_villages_are_near_those_without_clusters(panel):
    """Rows are independent, so that both estimate `sqrt(q (1 - q)) / f`, up to sampling of 50 clusters."""
    design = PanelDesign("id", "year", ("a post",), clusters="village")
    (fit,) = quantile_effects(panel, "income", design, POOLED, quantiles=(0.5,))
    truth = np.sqrt(np.pi / 2) * np.sqrt(1 / 1_000 + 1.5**2 / 1_000)
    assert fit.estimate("a post").std_error == pytest.approx(truth, rel=0.25)


def test_household_effects_are_refused(panel):
    with pytest.raises(Faults, match="use rif_effects for household effects"):
        quantile_effects(
            panel, "income", PanelDesign("id", "year", ("a post",)), HOUSEHOLD_YEAR, quantiles=(0.5,)
        )

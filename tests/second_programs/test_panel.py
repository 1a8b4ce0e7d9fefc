"""Panel regressions against R: plm, lm, sandwich and lmtest, on wages of 545 men and an unbalanced part.

Coefficients and errors agree to eight digits after the house's factor `G/(G-1) (n-1)/(n-K)` on the
bare sandwich, K without effects nested in the clusters. The variance components of plm differ from
the house's in unbalanced panels (Baltagi and Chang 1994, not the harmonic mean), so random effects
are held against lm there.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from linearmodels.datasets import wage_panel

from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.results import Fit

HERE = Path(__file__).parent
REFERENCE = pd.read_csv(HERE / "panel.csv")
CASES = REFERENCE[["program", "panel", "model"]].drop_duplicates().to_numpy().tolist()
PANELS = ("balanced", "unbalanced")
ALL = ("married", "exper", "expersq", "educ", "black", "hisp")
CHANGING = ("married", "expersq")
MODELS = {
    "pooled": (Specification("none", "common"), ALL),
    "within": (HOUSEHOLD_YEAR, CHANGING),
    "random": (Specification("random", "common"), ALL),
    "correlated": (Specification("correlated", "common"), CHANGING),
}


@cache
def panel_of(name: str) -> pd.DataFrame:
    """The wages, or the part that make_reference.R takes of them, where one man in seven has one year."""
    wages = wage_panel.load()
    wages = wages.assign(cell=wages["nr"] % 40)
    if name == "balanced":
        return wages
    man, year = wages["nr"], wages["year"].astype(int)
    return wages[((man + 3 * year) % 5 != 0) & ((man % 7 != 0) | (year == 1981 + man % 2))]


@cache
def fit_of(panel: str, model: str, clusters: str | None) -> Fit:
    """The house's fit of one model."""
    specification, controls = MODELS[model]
    return fit_panel(
        panel_of(panel), "lwage", PanelDesign("nr", "year", ("union",), controls, clusters), specification
    )


def expected_of(program: str, panel: str, model: str) -> pd.DataFrame:
    """The second program's rows, by term."""
    chosen = (REFERENCE["program"] == program) & (REFERENCE["panel"] == panel) & (REFERENCE["model"] == model)
    return REFERENCE[chosen].set_index("term")


def assert_errors(fit: Fit, errors: pd.Series) -> None:
    """Hold the fit's errors of these terms against a second program's, to eight digits."""
    found = [fit.estimate(term).std_error for term in errors.index]
    np.testing.assert_allclose(found, errors.to_numpy(), rtol=1e-8)


@pytest.mark.parametrize(("program", "panel", "model"), CASES)
def test_coefficients_and_classical_errors_are_those_of_r(program, panel, model):
    fit, expected = fit_of(panel, model, None), expected_of(program, panel, model)
    found = [fit.estimate(term).estimate for term in expected.index]
    np.testing.assert_allclose(found, expected["estimate"].to_numpy(), rtol=1e-8)
    assert_errors(fit, expected["classical"])


@pytest.mark.parametrize(("program", "panel", "model"), CASES)
def test_errors_clustered_by_man_are_those_of_r_after_the_factor(program, panel, model):
    """In R rows of men seen once stay in the within regression; they add nothing to it but their number."""
    fit, expected = fit_of(panel, model, "nr"), expected_of(program, panel, model)
    n, g = fit.estimates[0].n_obs, fit.estimates[0].n_clusters
    k = expected["n_columns"].iloc[0] + (model == "within")
    factor = g / (g - 1) * (n - 1) / (n - k)
    assert_errors(fit, expected["bare"] * np.sqrt(factor))


@pytest.mark.parametrize("model", ["pooled", "random", "correlated"])
@pytest.mark.parametrize("panel", PANELS)
def test_without_fixed_effects_the_factor_is_that_of_sandwichs_hc1(panel, model):
    fit = fit_of(panel, model, "nr")
    assert_errors(fit, expected_of("lm and sandwich", panel, model)["corrected"])


@pytest.mark.parametrize("model", ["pooled", "within", "random", "correlated"])
def test_the_factor_differs_from_plms_sss_by_the_constant_of_the_effects_only(model):
    expected = expected_of("plm", "balanced", model)
    n, k = expected["n_obs"].iloc[0], expected["n_columns"].iloc[0]
    ours = n - k - (model == "within")
    assert_errors(fit_of("balanced", model, "nr"), expected["corrected"] * np.sqrt((n - k) / ours))


@pytest.mark.parametrize("model", ["pooled", "within", "random", "correlated"])
@pytest.mark.parametrize("panel", PANELS)
def test_errors_clustered_by_forty_cells_are_those_of_sandwich_after_the_factor(panel, model):
    fit, expected = fit_of(panel, model, "cell"), expected_of("lm and sandwich", panel, model)
    n = fit.estimates[0].n_obs
    k = expected["n_columns"].iloc[0] + (model == "within")
    assert_errors(fit, expected["bare_cell"] * np.sqrt(40 / 39 * (n - 1) / (n - k)))


@pytest.mark.parametrize("model", ["random", "correlated"])
@pytest.mark.parametrize("panel", PANELS)
def test_variance_components_are_those_of_lm(panel, model):
    components = pd.read_csv(HERE / "components.csv").set_index(["panel", "model"]).loc[(panel, model)]
    found = fit_of(panel, model, None).variance_components
    assert found.idiosyncratic == pytest.approx(components["idiosyncratic"], rel=1e-9)
    assert found.entity == pytest.approx(components["entity"], rel=1e-9)


def test_men_seen_once_are_in_the_unbalanced_panel_and_counted():
    frame = panel_of("unbalanced")
    alone = int((frame.groupby("nr").size() == 1).sum())
    assert alone > 20
    assert fit_of("unbalanced", "within", "nr").dropped[0].n_obs == alone

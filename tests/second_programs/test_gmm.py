"""Dynamic panel regressions against plm's `pgmm`, and published ones, on Arellano and Bond's firms.

Coefficients and errors agree to eight digits. The AR tests of systems are held against Roodman (2009):
plm leaves the equations in levels out of the scores there.
"""

from pathlib import Path

import pandas as pd
import pytest

from analysis.estimates.dynamics.dynamic_design import DynamicDesign, Regressor
from analysis.estimates.dynamics.gmm import DynamicFit, fit_dynamic

HERE = Path(__file__).parent
EMPLOYMENT = (
    Regressor("w", "exogenous", (0, 1)),
    Regressor("k", "exogenous", (0, 1, 2)),
    Regressor("ys", "exogenous", (0, 1, 2)),
)
SHORT = (Regressor("w", "endogenous", (0, 1)), Regressor("k", "endogenous", (0, 1)))
MIXED = (Regressor("w", "predetermined", (0, 1)), Regressor("k", "endogenous", (0, 1)))
MODELS = {
    "a1": ({"regressors": EMPLOYMENT, "outcome_lags": 2}, "difference", 1),
    "a2": ({"regressors": EMPLOYMENT, "outcome_lags": 2}, "difference", 2),
    "a2 collapsed": ({"regressors": EMPLOYMENT, "outcome_lags": 2, "collapse": True}, "difference", 2),
    "a2 without years": (
        {"regressors": EMPLOYMENT, "outcome_lags": 2, "period_effects": False},
        "difference",
        2,
    ),
    "difference": ({"regressors": SHORT}, "difference", 2),
    "difference with lags 2 to 4": ({"regressors": SHORT, "deepest_lag": 4}, "difference", 1),
    "difference with wages predetermined": ({"regressors": MIXED}, "difference", 1),
    "system in one step": ({"regressors": SHORT}, "system", 1),
    "system in two steps": ({"regressors": SHORT}, "system", 2),
    "system collapsed": ({"regressors": SHORT, "collapse": True}, "system", 2),
}


@pytest.fixture(scope="module")
def fits() -> dict[str, DynamicFit]:
    firms = pd.read_csv(HERE / "emplUK.csv")
    return {
        name: fit_dynamic(
            firms, "n", DynamicDesign("firm", "year", **options), equations=equations, steps=steps
        )
        for name, (options, equations, steps) in MODELS.items()
    }


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return pd.read_csv(HERE / "gmm.csv")


def printed(fit: DynamicFit, digits: int) -> list[tuple[float, float]]:
    """Coefficients and errors as a table prints them."""
    return [(round(e.estimate, digits), round(e.std_error, digits)) for e in fit.estimates]


@pytest.mark.parametrize("model", MODELS)
def test_coefficients_and_robust_errors_are_those_of_plm(fits, reference, model):
    expected = reference[reference["model"] == model]
    assert [e.estimate for e in fits[model].estimates] == pytest.approx(
        expected["estimate"].tolist(), rel=1e-8
    )
    assert [e.std_error for e in fits[model].estimates] == pytest.approx(
        expected["std_error"].tolist(), rel=1e-8
    )


@pytest.mark.parametrize("model", [name for name, (_, _, steps) in MODELS.items() if steps == 2])
def test_hansens_j_is_that_of_plm(fits, reference, model):
    expected = reference[reference["model"] == model].iloc[0]
    assert fits[model].hansen.statistic == pytest.approx(expected["overidentification"], rel=1e-8)
    assert fits[model].hansen.df == expected["df"]


@pytest.mark.parametrize(
    "model", [name for name, (_, equations, _) in MODELS.items() if equations == "difference"]
)
def test_serial_correlation_is_that_of_plm(fits, reference, model):
    expected = reference[reference["model"] == model].iloc[0]
    found = [test.statistic for test in fits[model].serial_correlation]
    assert found == pytest.approx([expected["ar1"], expected["ar2"]], rel=1e-8)


def test_one_step_is_column_a1_of_arellano_and_bonds_table_4(fits):
    """Arellano and Bond (1991): m1 -3.600, m2 -.516, Sargan 65.8 (25), 611 observations."""
    assert printed(fits["a1"], 3) == [
        (0.686, 0.145),
        (-0.085, 0.056),
        (-0.608, 0.178),
        (0.393, 0.168),
        (0.357, 0.059),
        (-0.058, 0.073),
        (-0.020, 0.033),
        (0.609, 0.173),
        (-0.711, 0.232),
        (0.106, 0.141),
    ]
    assert [round(test.statistic, 3) for test in fits["a1"].serial_correlation] == [-3.600, -0.516]
    assert round(fits["a1"].sargan.statistic, 1) == 65.8
    assert fits["a1"].sargan.df == 25
    assert fits["a1"].estimates[0].n_obs == 611
    assert fits["a1"].n_instruments == 41


def test_two_steps_are_column_a2_of_arellano_and_bonds_table_4(fits):
    """Coefficients of the table (Sargan 31.4), errors corrected as Stata's manual of xtabond prints them."""
    assert printed(fits["a2"], 3) == [
        (0.629, 0.193),
        (-0.065, 0.045),
        (-0.526, 0.155),
        (0.311, 0.203),
        (0.278, 0.073),
        (0.014, 0.092),
        (-0.040, 0.043),
        (0.592, 0.173),
        (-0.566, 0.261),
        (0.101, 0.161),
    ]
    assert round(fits["a2"].hansen.statistic, 1) == 31.4


def test_the_system_is_that_of_roodman(fits):
    """Roodman (2009), section 3.4: L.n .9356053 and so on, AR(1) -5.46, AR(2) -.25, Hansen 110.70 (100).

    His errors have the factor of `small`, 140/139 890/878.
    """
    fit = fits["system in one step"]
    small = (140 / 139 * 890 / 878) ** 0.5
    assert [round(e.estimate, 6) for e in fit.estimates] == [
        0.935605,
        -0.630976,
        0.482620,
        0.483930,
        -0.424393,
    ]
    errors = [0.026569, 0.1192834, 0.1383132, 0.0544281, 0.059088]
    assert [e.std_error * small for e in fit.estimates] == pytest.approx(errors, rel=1e-4)
    assert [round(test.statistic, 2) for test in fit.serial_correlation] == [-5.46, -0.25]
    assert round(fit.hansen.statistic, 2) == 110.70
    assert (fit.hansen.df, fit.n_instruments, fit.estimates[0].n_obs) == (100, 113, 891)

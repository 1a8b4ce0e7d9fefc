"""Published regressions that no other test reproduces.

Those of Wooldridge's wage panel and of the insurance subsidy stand in `tests/estimates/`, beside the
modules that give them.
"""

import pyfixest
import pytest
from causaldata import castle, yule
from linearmodels.panel import PanelOLS

from analysis.estimates.panel_design import PanelDesign, Specification
from analysis.estimates.panel_regression import fit_panel


@pytest.fixture(scope="module")
def laws():
    """Fifty states, 2000-2010 (Cheng and Hoekstra 2013)."""
    return castle.load_pandas().data.astype("float64")


def test_pauperism_and_outrelief_are_those_of_yule():
    """Cunningham (2021), section 2.12: .752 (.135) on 32 unions, after Yule (1899)."""
    unions = yule.load_pandas().data.assign(decade=1881)
    design = PanelDesign("location", "decade", ("outrelief",), ("old", "pop"))
    found = fit_panel(unions, "paup", design, Specification("none", "none")).estimate("outrelief")
    assert (round(found.estimate, 3), round(found.std_error, 3), found.n_obs) == (0.752, 0.135, 32)


def test_homicides_and_castle_doctrine_by_weighted_two_way_effects(laws):
    """.0755 (.033), weighted by population and clustered by state, from both engines."""
    indexed = laws.set_index(["sid", "year"])
    model = PanelOLS(
        indexed["l_homicide"],
        indexed[["post"]],
        weights=indexed["popwt"],
        entity_effects=True,
        time_effects=True,
    )
    by_linearmodels = model.fit(
        cov_type="clustered", cluster_entity=True, count_effects=False, auto_df=False, debiased=False
    )
    formula = "l_homicide ~ post | sid + year"
    options = {"weights": "popwt", "vcov": {"CRV1": "sid"}}
    by_pyfixest = pyfixest.feols(formula, laws, **options)
    bare = pyfixest.feols(formula, laws, **options, ssc=pyfixest.ssc(k_adj=False, G_adj=False))
    assert round(float(by_pyfixest.coef()["post"]), 4) == 0.0755
    assert round(float(by_pyfixest.se()["post"]), 3) == 0.033
    assert float(by_linearmodels.params["post"]) == pytest.approx(float(by_pyfixest.coef()["post"]), rel=1e-6)
    assert float(by_linearmodels.std_errors["post"]) == pytest.approx(float(bare.se()["post"]), rel=1e-6)

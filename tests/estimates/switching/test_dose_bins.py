import numpy as np
import pandas as pd
import pyfixest
import pytest

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.switching.dose_bins import dose_bins
from analysis.faults import Faults

NAMES = {"outcome": "y", "dose": "months", "entity": "home", "period": "year", "clusters": "place"}
EDGES = (0, 6, 12)


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({"home": np.repeat(np.arange(120), 4), "year": np.tile(np.arange(4), 120)})
    frame["place"] = frame["home"] // 6
    frame["months"] = np.where(rng.random(480) < 0.5, 0, rng.integers(1, 13, 480))
    frame["y"] = 10 * frame["months"] + 20 * rng.normal(size=480) + 100 * (frame["home"] % 9) + frame["year"]
    return frame


def test_effects_by_bin_are_those_of_the_panel_regression_on_indicators(panel):
    found = dose_bins(panel, edges=EDGES, **NAMES)
    low = panel["months"].between(1, 6).astype(float)
    high = (panel["months"] > 6).astype(float)
    design = PanelDesign("home", "year", ("low", "high"), clusters="place")
    peer = fit_panel(panel.assign(low=low, high=high), "y", design, HOUSEHOLD_YEAR)
    assert found.fit.terms == ("months (0, 6]", "months (6, 12]")
    for mine, theirs in zip(found.fit.estimates, peer.estimates, strict=True):
        assert mine.estimate == pytest.approx(theirs.estimate, rel=1e-8)
        assert mine.std_error == pytest.approx(theirs.std_error, rel=1e-8)
    assert found.means == pytest.approx(
        (panel.loc[low == 1, "months"].mean(), panel.loc[high == 1, "months"].mean())
    )


def test_proportionality_with_two_bins_is_the_t_test_of_the_bend_squared(panel):
    found = dose_bins(panel, edges=EDGES, **NAMES).linearity
    fit = pyfixest.feols(
        "y ~ months + high | home + year",
        panel.assign(high=(panel["months"] > 6).astype(float)),
        vcov={"CRV1": "place"},
        ssc=pyfixest.ssc(k_adj=False, G_adj=False),
    )
    # 4 years and 2 terms are counted
    factor = 20 / 19 * 479 / (480 - 6)
    assert found.statistic == pytest.approx(fit.tstat()["high"] ** 2 / factor, rel=1e-7)
    assert found.distribution == "F(1, 19)"


def test_a_jump_between_bins_is_not_proportional(panel):
    bent = panel.assign(y=panel["y"] + 100 * (panel["months"] > 6))
    assert dose_bins(bent, edges=EDGES, **NAMES).linearity.p_value < 1e-6
    assert dose_bins(panel, edges=EDGES, **NAMES).linearity.p_value > 0.01


def test_one_bin_has_no_test(panel):
    assert dose_bins(panel, edges=(0, 12), **NAMES).linearity == NotApplicable(
        "proportionality", "there is a single bin"
    )


def test_doses_beyond_the_edges_are_a_fault(panel):
    beyond = int((panel["months"] > 10).sum())
    with pytest.raises(Faults) as caught:
        dose_bins(panel, edges=(0, 6, 10), **NAMES)
    assert str(caught.value) == (
        f"panel, column 'months': {beyond} value(s) outside [0, 10]\n"
        "    allowed: doses inside the edges\n"
        "    mend: add an edge"
    )


def test_edges_must_rise_from_zero(panel):
    with pytest.raises(Faults, match=r"\(1, 12\)"):
        dose_bins(panel, edges=(1, 12), **NAMES)

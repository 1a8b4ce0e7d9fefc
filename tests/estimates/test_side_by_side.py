import numpy as np
import pandas as pd

from analysis.estimates.panel_design import HOUSEHOLD_YEAR, PanelDesign
from analysis.estimates.panel_regression import fit_panel
from analysis.estimates.side_by_side import fit_all


def test_outcomes_side_by_side_are_what_they_are_one_by_one():
    random = np.random.default_rng(1)
    frame = pd.DataFrame({"unit": np.repeat(np.arange(40), 4), "time": np.tile(np.arange(4), 40)})
    frame["x"] = random.normal(size=160)
    frame["y"], frame["z"] = random.normal(size=(2, 160))
    design = PanelDesign("unit", "time", ("x",), clusters="unit")
    together = fit_all(frame, ("y", "z"), design, (HOUSEHOLD_YEAR,), lambda step: None)
    for outcome in ("y", "z"):
        alone = fit_panel(frame, outcome, design, HOUSEHOLD_YEAR)
        assert together[outcome, HOUSEHOLD_YEAR].estimates == alone.estimates

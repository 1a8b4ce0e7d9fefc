import numpy as np
import pandas as pd

from analysis.estimates.staggered.leads import leads


def panel(slope: float) -> pd.DataFrame:
    """Two hundred units, eight rounds, adoption in 4 or 6 or never; adopters grow by `slope` more a round."""
    random = np.random.default_rng(11)
    unit, time = np.repeat(np.arange(200), 8), np.tile(np.arange(8), 200)
    first = np.repeat(random.choice([4.0, 6.0, np.nan], 200), 8)
    y = random.normal(size=1600) + np.where(np.isnan(first), 0, slope * (time - first))
    return pd.DataFrame({"i": unit, "t": time, "g": first, "y": y + 5 * (time >= first)})


WHERE = {"outcome": "y", "entity": "i", "period": "t", "first_treated": "g", "clusters": "i", "number": 3}


def test_leads_are_zero_where_trends_are_parallel_whatever_the_effect():
    found = leads(panel(0.0), **WHERE)
    assert found.test.p_value > 0.05


def test_leads_show_trends_that_are_not_parallel():
    found = leads(panel(0.8), **WHERE)
    assert found.test.p_value < 0.001
    # adopters grow by 0.8 a round: each lead is that much above the one before it
    steps = np.diff([estimate.estimate for estimate in found.estimates])
    assert np.allclose(steps, -0.8, atol=0.35)

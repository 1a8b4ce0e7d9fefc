"""The slope of a household outcome on something that differs between townships only."""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.regression.linear_model import OLS

from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.panel_sample import codes
from analysis.problems.slope import Slope

FEWEST_TOWNSHIPS, FEWEST_ROWS = 6, 50


def township_slope(
    rows: pd.DataFrame, outcome: str, place_column: str, held: tuple[str, ...]
) -> Slope | NotApplicable:
    """Return the slope given `held` columns and years, errors clustered by township, t with G - 2 degrees."""
    n_places = int(rows["township_code"].nunique())
    if n_places < FEWEST_TOWNSHIPS or len(rows) < FEWEST_ROWS:
        reason = f"{len(rows)} household-year(s) in {n_places} township(s) are too few"
        return NotApplicable("slope over townships", reason)
    years = pd.get_dummies(rows["year"], drop_first=True).to_numpy(dtype=float)
    columns = rows[[place_column, *held]].to_numpy(dtype=float)
    design = np.hstack([columns, np.ones((len(rows), 1)), years])
    grouped = {"groups": codes(rows["township_code"])}
    fit = OLS(rows[outcome].to_numpy(dtype=float), design).fit(cov_type="cluster", cov_kwds=grouped)
    value, error = float(fit.params[0]), float(fit.bse[0])
    reach = float(stats.t.ppf(0.975, n_places - 2)) * error
    return Slope(value, value - reach, value + reach, len(rows))

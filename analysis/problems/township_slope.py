"""The slope of a household outcome on something that differs between townships only."""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.regression.linear_model import OLS, WLS

from analysis.estimates.hypotheses import NotApplicable
from analysis.problems.slope import Slope

FEWEST_TOWNSHIPS, FEWEST_ROWS = 6, 50


def township_slope(
    rows: pd.DataFrame, outcome: str, place_column: str, held: tuple[str, ...]
) -> Slope | NotApplicable:
    """Return the slope over townships of what is left of the outcome given `held` columns and years.

    Townships are the observations, weighted by their rows; t with two degrees fewer than townships.
    """
    n_places = int(rows["township_code"].nunique())
    if n_places < FEWEST_TOWNSHIPS or len(rows) < FEWEST_ROWS:
        reason = f"{len(rows)} household-year(s) in {n_places} township(s) are too few"
        return NotApplicable("slope over townships", reason)
    years = pd.get_dummies(rows["year"]).to_numpy(dtype=float)
    design = np.hstack([rows[list(held)].to_numpy(dtype=float), years])
    left = OLS(rows[outcome].to_numpy(dtype=float), design).fit().resid
    by_place = rows.assign(left=left).groupby("township_code", observed=True)
    means = by_place.agg(left=("left", "mean"), place=(place_column, "first"), n=("left", "size"))
    sides = np.column_stack([means["place"], np.ones(n_places)])
    fit = WLS(means["left"].to_numpy(), sides, weights=means["n"].to_numpy()).fit()
    value = float(fit.params[0])
    reach = float(stats.t.ppf(0.975, n_places - 2)) * float(fit.bse[0])
    return Slope(value, value - reach, value + reach, len(rows))

"""The share of spells still out of a state, by duration."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimates.dynamics.spells import DURATION, RETURN, Spells
from analysis.estimates.regressors import Floats


@dataclass(frozen=True, slots=True, eq=False)
class SurvivalTable:
    """One row a duration: `duration, at_risk, returns, hazard, survival, std_error, conf_low, conf_high`.

    `survival` is the share not yet returned after that many periods at risk.
    """

    table: pd.DataFrame
    n_spells: int
    n_returns: int
    level: float


def log_log_bounds(survival: Floats, std_error: Floats, level: float) -> tuple[Floats, Floats]:
    """Return bounds of `log(-log S)`, which stay between 0 and 1; missing where S is 0 or 1."""
    inner = np.where((survival > 0) & (survival < 1), survival, np.nan)
    reach = stats.norm.ppf(0.5 + level / 2) * std_error / (inner * np.abs(np.log(inner)))
    return inner ** np.exp(reach), inner ** np.exp(-reach)


def kaplan_meier(spells: Spells, level: float = 0.95) -> SurvivalTable:
    """Return `S(d) = prod_(k <= d) (1 - r_k / n_k)` with errors `S sqrt(sum r_k / (n_k (n_k - r_k)))`.

    n spells at risk and r returns at each duration (Kaplan and Meier 1958; Greenwood 1926). Spells
    are taken as independent; intervals are on the scale of `log(-log S)`.
    """
    counts = spells.rows.groupby(DURATION)[RETURN].agg(["size", "sum"])
    at_risk, returns = counts["size"].to_numpy(dtype=float), counts["sum"].to_numpy(dtype=float)
    survival = np.cumprod(1 - returns / at_risk)
    left = np.where(at_risk > returns, at_risk - returns, np.nan)
    std_error = survival * np.sqrt(np.cumsum(returns / (at_risk * left)))
    low, high = log_log_bounds(survival, std_error, level)
    table = pd.DataFrame(
        {
            "duration": counts.index.to_numpy(),
            "at_risk": counts["size"].to_numpy(),
            "returns": counts["sum"].to_numpy(),
            "hazard": returns / at_risk,
            "survival": survival,
            "std_error": std_error,
            "conf_low": low,
            "conf_high": high,
        }
    )
    return SurvivalTable(table, spells.n_spells, spells.n_returns, level)

"""The risk of one path: how returns of sectors move together over years, and what mixes vary by."""

from dataclasses import dataclass, field

import pandas as pd

from analysis.estimates.correlations import Correlation, mean_correlation
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.paired_variance import VarianceRatio, variance_ratio
from analysis.faults import Fault, Faults

FEWEST_HOUSEHOLDS = 8
FEWEST_YEARS = 8


@dataclass(frozen=True, slots=True)
class PathRisk:
    """`returns` has years by sectors, each project's dividends against its own mean; variances of the mixes.

    `correlation` is the mean over pairs of sectors; `ratio` the variance of the mix that was bought over that
    of an equal mix of the same sectors.
    """

    returns: pd.DataFrame = field(repr=False)
    correlation: Correlation
    ratio: VarianceRatio


def path_risk(dividends: pd.DataFrame | NotApplicable, money: pd.Series) -> PathRisk | NotApplicable:
    """Return the risk; `money` by sector. Raises `Faults` where years or sectors are too few to compare.

    Dividends of few households swing by chance, which makes sectors look less alike than they are.
    """
    if isinstance(dividends, NotApplicable):
        return dividends
    returns = relative_returns(dividends)
    if len(returns) < FEWEST_YEARS:
        found = f"{len(returns)} years of dividends paid in full, {FEWEST_YEARS} are needed"
        raise Faults([Fault("returns", found, f"{FEWEST_YEARS} years or more", "add years of dividends")])
    if returns.shape[1] < 2:
        found = f"{returns.shape[1]} sector with dividends of {FEWEST_HOUSEHOLDS} households in every year"
        raise Faults([Fault("returns", found, "two sectors or more", "add years of dividends")])
    weights = money[returns.columns].to_numpy(dtype=float)
    values = returns.to_numpy()
    ratio = variance_ratio(values @ (weights / weights.sum()), values.mean(axis=1))
    return PathRisk(returns, mean_correlation(values), ratio)


def relative_returns(dividends: pd.DataFrame) -> pd.DataFrame:
    """Return dividends of each sector and year against the projects' own means, years by sectors.

    Only sectors with eight households in every year of the last two thirds of the years, which are kept.
    """
    each = dividends.groupby(["project_id", "sector", "year"], as_index=False).agg(
        dividend=("dividend", "mean"), share=("share", "sum"), households=("household_id", "nunique")
    )
    each["relative"] = each["dividend"] / each.groupby("project_id")["dividend"].transform("mean")
    each = each[each["relative"].notna()]
    each["product"] = each["relative"] * each["share"]
    cells = each.groupby(["year", "sector"])[["product", "share", "households"]].sum()
    cells = cells[cells["households"] >= FEWEST_HOUSEHOLDS]
    values = (cells["product"] / cells["share"]).rename("relative").reset_index()
    wide = values.pivot_table(index="year", columns="sector", values="relative")
    recent = wide.iloc[len(wide) // 3 :]
    return recent.loc[:, recent.notna().all()]

"""What a yuan invested returns, by sector: yield as recorded, dividends of households, idle assets."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.means import mean
from analysis.estimates.ratios import ratio

FULL_AFTER = 2
"""Years from the first benefit until a project pays in full."""
FEWEST_HOUSEHOLDS = 8
"""The codebook publishes what is personal as an aggregate of more than seven households."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with Wilson's interval; of money, the sample is Kish's effective number of projects."""

    estimate: float
    conf_low: float
    conf_high: float
    n_obs: int


@dataclass(frozen=True, slots=True)
class SectorReturns:
    """Returns of one sector, or of all where `sector` is empty; shares a year of the money invested.

    `kept` is the yield paid over the one guaranteed, `dividend` what households report for each yuan.
    """

    sector: str
    n_projects: int
    money: float
    paid: IndexEstimate | NotApplicable
    guaranteed: IndexEstimate | NotApplicable
    kept: IndexEstimate | NotApplicable
    idle: Share | NotApplicable
    idle_money: Share | NotApplicable
    dividend: IndexEstimate | NotApplicable


def wilson(part: float, n: float) -> tuple[float, float]:
    """Return Wilson's (1927) 95% interval of a share of n, which need not be whole."""
    low, high = proportion_confint(part * n, n, method="wilson")
    return float(low), float(high)


def idle_share(projects: pd.DataFrame, by_money: bool) -> Share | NotApplicable:
    """Return the share of projects, or of their money, whose assets stand idle."""
    if "asset_idle" not in projects:
        return NotApplicable("Idle assets", "the ledger does not say whether assets are idle")
    weights = projects["investment"].to_numpy() if by_money else np.ones(len(projects))
    idle = (projects["asset_idle"] == "yes").to_numpy()
    share = float(weights[idle].sum() / weights.sum())
    return Share(share, *wilson(share, weights.sum() ** 2 / (weights**2).sum()), len(projects))


def returns_of(sector: str, projects: pd.DataFrame, dividends: pd.DataFrame | NotApplicable) -> SectorReturns:
    """Return what the projects of a sector return; `dividends` as `dividends_of` gives them."""
    money = projects.assign(
        paid=projects["investment"] * column(projects, "paid_yield"),
        due=projects["investment"] * column(projects, "guaranteed_yield"),
    )
    weighted = {"weights": "investment"}
    return SectorReturns(
        sector=sector,
        n_projects=len(projects),
        money=float(projects["investment"].sum()),
        paid=attempted("Yield paid", lambda: mean(money, "paid_yield", **weighted)),
        guaranteed=attempted("Yield guaranteed", lambda: mean(money, "guaranteed_yield", **weighted)),
        kept=attempted("Yield kept", lambda: ratio(money, "paid", "due")),
        idle=idle_share(projects, by_money=False),
        idle_money=idle_share(projects, by_money=True),
        dividend=dividend_ratio(dividends, sector),
    )


def column(projects: pd.DataFrame, name: str) -> pd.Series:
    """Return a column, missing throughout where the ledger has none."""
    return projects[name] if name in projects else pd.Series(np.nan, index=projects.index)


def dividends_of(
    households: pd.DataFrame, projects: pd.DataFrame, beneficiaries: pd.DataFrame | None
) -> pd.DataFrame | NotApplicable:
    """Return dividends of household-years with one project only, which alone can be laid to it.

    `project_id, sector, household_id, year, dividend, share`: `share` is the investment divided by the
    households of the project; from the third year of benefit on, when a project pays in full.
    """
    if beneficiaries is None or "dividend_income" not in households:
        return NotApplicable("Dividends", "the records hold no beneficiaries or no dividends")
    members = beneficiaries.groupby("project_id")["household_id"].size().rename("members")
    single = beneficiaries.drop_duplicates("household_id", keep=False)
    ledger = projects.set_index("project_id")[["project_sector", "investment"]].join(members)
    rows = single.merge(ledger, left_on="project_id", right_index=True, validate="many_to_one")
    paid = households[["household_id", "year", "dividend_income"]]
    rows = rows.merge(paid, on="household_id", how="inner", validate="one_to_many")
    rows = rows[rows["year"] >= rows["benefit_from_year"] + FULL_AFTER]
    return rows.assign(
        sector=rows["project_sector"].astype(str),
        dividend=rows["dividend_income"],
        share=rows["investment"] / rows["members"],
    )[["project_id", "sector", "household_id", "year", "dividend", "share"]]


def dividend_ratio(dividends: pd.DataFrame | NotApplicable, sector: str) -> IndexEstimate | NotApplicable:
    """Return dividends a year for each yuan invested, errors by project; all sectors where none is named."""
    if isinstance(dividends, NotApplicable):
        return dividends
    rows = dividends[dividends["sector"] == sector] if sector else dividends
    if rows["household_id"].nunique() < FEWEST_HOUSEHOLDS:
        return NotApplicable("Dividends", f"fewer than {FEWEST_HOUSEHOLDS} households")
    return attempted("Dividends", lambda: ratio(rows, "dividend", "share", clusters="project_id"))

"""What a yuan invested returns, by sector: yield as recorded, dividends of households, idle assets."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.means import mean
from analysis.estimates.ratios import Quotient, quotient, ratio
from analysis.estimates.shares import Share, share_of

FULL_AFTER = 2
"""Years from the first benefit until a project pays in full."""
PLACE = "place"


@dataclass(frozen=True, slots=True)
class SectorReturns:
    """Returns of one sector, or of all where `sector` is empty; shares a year of the money invested.

    `kept` is the yield paid over the one guaranteed, `dividend` what `n_households` households report for
    each yuan.
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
    n_households: int


def returns_of(sector: str, projects: pd.DataFrame, dividends: pd.DataFrame | NotApplicable) -> SectorReturns:
    """Return what the projects of a sector return; `dividends` as `dividends_of` gives them."""
    money = projects.assign(
        paid=projects["investment"] * column(projects, "paid_yield"),
        due=projects["investment"] * column(projects, "guaranteed_yield"),
    )
    weighted = {"weights": "investment"}
    silent = NotApplicable("Idle assets", "the ledger does not say whether assets are idle")
    idle = projects["asset_idle"] == "yes" if "asset_idle" in projects else None
    rows = dividends if isinstance(dividends, NotApplicable) else of_sector(dividends, sector)
    return SectorReturns(
        sector=sector,
        n_projects=len(projects),
        money=float(projects["investment"].sum()),
        paid=attempted("Yield paid", lambda: mean(money, "paid_yield", **weighted)),
        guaranteed=attempted("Yield guaranteed", lambda: mean(money, "guaranteed_yield", **weighted)),
        kept=attempted("Yield kept", lambda: ratio(money, "paid", "due")),
        idle=silent if idle is None else share_of(idle),
        idle_money=silent if idle is None else share_of(idle, weights=projects["investment"]),
        dividend=rows if isinstance(rows, NotApplicable) else dividend_ratio(rows),
        n_households=0 if isinstance(rows, NotApplicable) else int(rows["household_id"].nunique()),
    )


def column(projects: pd.DataFrame, name: str) -> pd.Series:
    """Return a column, missing throughout where the ledger has none."""
    return projects[name] if name in projects else pd.Series(np.nan, index=projects.index)


def of_sector(dividends: pd.DataFrame, sector: str) -> pd.DataFrame:
    """Return the dividends of one sector, all where none is named."""
    return dividends[dividends["sector"] == sector] if sector else dividends


def dividends_of(
    households: pd.DataFrame, projects: pd.DataFrame, beneficiaries: pd.DataFrame | None, village: str | None
) -> pd.DataFrame | NotApplicable:
    """Return dividends of household-years with one project only, which alone can be laid to it.

    `project_id, sector, household_id, year, dividend, share, place`: `share` is the investment divided by
    the households of the project; from the third year of benefit on, when a project pays in full. Errors
    are clustered by `place`, the village, or the project where no village is known.
    """
    if beneficiaries is None or "dividend_income" not in households:
        return NotApplicable("Dividends", "the records hold no beneficiaries or no dividends")
    members = beneficiaries.groupby("project_id")["household_id"].size().rename("members")
    single = beneficiaries.drop_duplicates("household_id", keep=False)
    ledger = projects.set_index("project_id")[["project_sector", "investment"]].join(members)
    rows = single.merge(ledger, left_on="project_id", right_index=True, validate="many_to_one")
    paid = households[["household_id", "year", "dividend_income"]]
    paid = paid if village is None else paid.assign(**{PLACE: households[village]})
    rows = rows.merge(paid, on="household_id", how="inner", validate="one_to_many")
    rows = rows if village is not None else rows.assign(**{PLACE: rows["project_id"]})
    rows = rows[rows["year"] >= rows["benefit_from_year"] + FULL_AFTER]
    return rows.assign(
        sector=rows["project_sector"].astype(str),
        dividend=rows["dividend_income"],
        share=rows["investment"] / rows["members"],
    )[["project_id", "sector", "household_id", "year", "dividend", "share", PLACE]]


def dividend_ratio(dividends: pd.DataFrame) -> IndexEstimate | NotApplicable:
    """Return dividends a year for each yuan invested."""
    return attempted("Dividends", lambda: ratio(dividends, "dividend", "share", clusters=PLACE))


def pays_less(dividends: pd.DataFrame | NotApplicable, main: str) -> Quotient | NotApplicable:
    """Return one less the dividend of a yuan in the main sector over that of a yuan elsewhere."""
    if isinstance(dividends, NotApplicable):
        return dividends
    rows = dividends.assign(main=(dividends["sector"] == main).astype(float))
    found = attempted("Dividends", lambda: quotient(rows, "dividend", "share", "main", clusters=PLACE))
    if isinstance(found, NotApplicable):
        return found
    low, high = 1 - found.conf_high, 1 - found.conf_low
    return Quotient(1 - found.estimate, low, high, found.n_obs, found.n_clusters)

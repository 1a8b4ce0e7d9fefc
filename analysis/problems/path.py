"""Large investment on a single path: mix, returns, risk, and what more money or another path adds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.designs.all_designs import not_recorded
from analysis.designs.attempts import attempted
from analysis.designs.doses import DoseEffect
from analysis.designs.project_doses import project_doses
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.index_estimate import IndexEstimate
from analysis.estimates.ratios import quotient, ratio
from analysis.estimates.results import Estimate
from analysis.panel.build import Panel
from analysis.problems.mix import Mix, mix_of
from analysis.problems.path_risk import PathRisk, path_risk
from analysis.problems.sector_returns import SectorReturns, dividends_of, returns_of
from analysis.region import Region


@dataclass(frozen=True, slots=True)
class SinglePath:
    """What the records say about the path of investment.

    `returns` has all sectors together first; `pays_less` is one less the dividend of a yuan in the main
    sector over that of a yuan elsewhere; `more_money` and `more_paths` are effects on income per capita of
    ten thousand yuan a household more, and of one sector more in the village.
    """

    mix: Mix
    returns: tuple[SectorReturns, ...]
    pays_less: IndexEstimate | NotApplicable
    risk: PathRisk | NotApplicable
    more_money: Estimate | NotApplicable
    more_paths: Estimate | NotApplicable


def measure_path(
    panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region
) -> SinglePath | NotApplicable:
    """Return the measurements, or that there is no ledger of projects with money and sectors."""
    needed = {"investment", "project_sector", "project_year"}
    if "projects" not in tables or not needed <= set(tables["projects"].columns):
        return NotApplicable("Path", "the records hold no ledger of projects with sector and investment")
    return attempted("Path", lambda: measured(panel, tables, region))


def measured(panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region) -> SinglePath:
    """Return the measurements of a region that keeps a ledger of projects."""
    projects = tables["projects"]
    beneficiaries = tables.get("beneficiaries")
    mix = mix_of(projects, beneficiaries)
    dividends = dividends_of(panel.frame, projects, beneficiaries)
    money = projects.groupby(projects["project_sector"].astype(str))["investment"].sum()
    by_sector = [(sector, projects[projects["project_sector"] == sector]) for sector in mix.sectors]
    more_money, more_paths = more_of(panel, tables, region)
    return SinglePath(
        mix=mix,
        returns=tuple(returns_of(name, rows, dividends) for name, rows in [("", projects), *by_sector]),
        pays_less=attempted("Dividends", lambda: pays_less(dividends, mix.main)),
        risk=attempted("Risk", lambda: path_risk(dividends, money)),
        more_money=more_money,
        more_paths=more_paths,
    )


def pays_less(dividends: pd.DataFrame | NotApplicable, main: str) -> IndexEstimate | NotApplicable:
    """Return one less the dividend of a yuan in the main sector over that of a yuan elsewhere."""
    if isinstance(dividends, NotApplicable):
        return dividends
    ratios = [
        ratio(rows, "dividend", "share", clusters="project_id")
        for rows in (dividends[dividends["sector"] == main], dividends[dividends["sector"] != main])
    ]
    against = quotient("dividend in the main sector over elsewhere", *ratios)
    return replace(
        against,
        estimate=1 - against.estimate,
        conf_low=1 - against.conf_high,
        conf_high=1 - against.conf_low,
    )


def more_of(
    panel: Panel, tables: Mapping[str, pd.DataFrame], region: Region
) -> tuple[Estimate | NotApplicable, Estimate | NotApplicable]:
    """Return what ten thousand yuan a household more and a sector more add to income, or why not."""
    if "projects" not in panel.instruments or "beneficiaries" not in tables:
        gap = NotApplicable("More projects", "the records do not say whom projects reach")
        return gap, gap
    reason = not_recorded("projects", panel, region)
    if reason:
        return NotApplicable("More projects", reason), NotApplicable("More projects", reason)
    money, paths = project_doses(panel, tables, region)
    return slope(money), slope(paths)


def slope(found: DoseEffect | NotApplicable) -> Estimate | NotApplicable:
    """Return the effect of one unit more, which is the last row of a dose."""
    return found if isinstance(found, NotApplicable) else found.rows[-1].estimate

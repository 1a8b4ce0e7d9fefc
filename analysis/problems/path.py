"""Large investment on a single path: mix, returns, risk, and what more money or another path adds."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.designs.attempts import attempted
from analysis.estimates.hypotheses import NotApplicable
from analysis.estimates.ratios import Quotient
from analysis.panel.build import Panel
from analysis.problems.claims import Measured, measured_figure
from analysis.problems.mix import Mix, mix_of
from analysis.problems.other_path import OtherPath, other_path
from analysis.problems.path_risk import PathRisk, path_risk
from analysis.problems.sector_returns import SectorReturns, dividends_of, pays_less, returns_of
from analysis.region import Region

CLAIMS = ("single_path", "path_pays_less", "path_risk", "other_path")


@dataclass(frozen=True, slots=True)
class SinglePath:
    """What the records say about the path of investment.

    `returns` has all sectors together first; `pays_less` is one less the dividend of a yuan in the main
    sector over that of a yuan elsewhere.
    """

    mix: Mix
    returns: tuple[SectorReturns, ...]
    pays_less: Quotient | NotApplicable
    risk: PathRisk | NotApplicable
    other_path: OtherPath | NotApplicable


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
    mix = mix_of(projects, beneficiaries, tuple(region.codebook.variable("project_sector").values))
    dividends = dividends_of(panel.frame, projects, beneficiaries, panel.fine_cluster)
    money = projects.groupby(projects["project_sector"].astype(str))["investment"].sum()
    by_sector = [(sector, projects[projects["project_sector"] == sector]) for sector in mix.sectors]
    return SinglePath(
        mix=mix,
        returns=tuple(returns_of(name, rows, dividends) for name, rows in [("", projects), *by_sector]),
        pays_less=pays_less(dividends, mix.main),
        risk=attempted("Risk", lambda: path_risk(dividends, money)),
        other_path=other_path(panel, tables, region),
    )


def claims_of(found: SinglePath | NotApplicable) -> dict[str, Measured | NotApplicable]:
    """Return the figure of each claim, or why there is none."""
    if isinstance(found, NotApplicable):
        return dict.fromkeys(CLAIMS, found)
    county, pays, other = found.mix.county, found.pays_less, found.other_path
    ratio = found.risk if isinstance(found.risk, NotApplicable) else found.risk.ratio
    share = other if isinstance(other, NotApplicable) else other.against_income
    return {
        "single_path": measured_figure(county.beyond, county.n_obs),
        "path_pays_less": pays if isinstance(pays, NotApplicable) else measured_figure(pays, pays.n_obs),
        "path_risk": ratio if isinstance(ratio, NotApplicable) else measured_figure(ratio, ratio.n_obs),
        "other_path": share if isinstance(share, NotApplicable) else measured_figure(share, share.n_obs),
    }

"""What the process plants for the claims on the path of investment."""

import numpy as np

from analysis.problems.mix import mix_of
from analysis.problems.other_path import added, with_both
from analysis.region import Region
from analysis.simulation.counties import KnownCounty, with_planted
from analysis.synthetic.projects import IDLE_OTHER, IDLE_SINGLE, other_sectors
from analysis.synthetic.streams import Floats

MAIN = "photovoltaic"


def planted_path(county: KnownCounty, region: Region) -> dict[str, float]:
    """Return the planted figure of each claim.

    The single path and what a yuan pays follow from how likely each sector is in each township and what a
    place in it costs; another path from what projects really added to incomes, compared as the claim does.
    What sectors swing by over the years is not planted.
    """
    projects = county.tables["projects"]
    sectors = tuple(region.codebook.variable("project_sector").values)
    chances = chances_of(county, sectors)
    prices = np.where(np.array(sectors) == MAIN, county.county.truth.path_price, 1.0)
    main = mix_of(projects, None, sectors).main
    frame = with_both(with_planted(county.panel.study, county), county.tables, region)
    gain = added(frame, county.panel, "planted_projects").effects[1].estimate
    income = added(frame, county.panel, county.panel.outcome).mean
    return {
        "single_path": beyond_equal(expected_places(county, chances) * prices),
        "path_pays_less": less_paid(county, chances.mean(axis=0), prices, sectors, main),
        "other_path": gain / income,
    }


def chances_of(county: KnownCounty, sectors: tuple[str, ...]) -> Floats:
    """Return how likely each sector is for each project, projects by sectors."""
    setting, truth = county.county.setting, county.county.truth
    single = setting.townships.single_path[setting.villages.township[setting.projects.village]]
    others = other_sectors(truth)
    total = sum(others.values())
    return np.column_stack(
        [single if sector == MAIN else (1 - single) * others[sector] / total for sector in sectors]
    )


def expected_places(county: KnownCounty, chances: Floats) -> Floats:
    """Return the places that each sector is expected to get, large projects weighing more."""
    setting = county.county.setting
    members = np.bincount(setting.shares.project, minlength=len(chances))
    return (np.maximum(members, 2) * setting.projects.size_factor) @ chances


def beyond_equal(money: Floats) -> float:
    """Return the Herfindahl of money (K) between an equal split and a single kind."""
    shares, equal = money / money.sum(), 1 / len(money)
    return float(((shares**2).sum() - equal) / (1 - equal))


def less_paid(
    county: KnownCounty, chance: Floats, prices: Floats, sectors: tuple[str, ...], main: str
) -> float:
    """Return by how much less a yuan in one sector pays than elsewhere: assets stand idle, places cost."""
    lost = 1 - county.county.truth.idle_factor
    pays = 1 - lost * np.where(np.array(sectors) == MAIN, IDLE_SINGLE, IDLE_OTHER)
    elsewhere = np.array(sectors) != main
    own = sectors.index(main)
    other = float((chance * pays)[elsewhere].sum() / (chance * prices)[elsewhere].sum())
    return 1 - float(pays[own] / prices[own]) / other
